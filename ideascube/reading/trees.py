"""From a page that anyone may have written to a tree, and back to HTML; bounded in depth, whatever is nested in it.

libxml2 stops at 256 levels, so that what is made of a tree is never nested deeper, and no later parser, whose time
grows with the depth, has much to do. https://gitlab.gnome.org/GNOME/libxml2/-/blob/master/include/libxml/parserInternals.h
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from content_packs.media.xml_reading import careful_parser
from ideascube.reading.tags import ATTRIBUTES, with_plain_tags

# Elements that HTML knows no short form of: `<title/>` in a page that is no XML would swallow all that follows.
_SHORT = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)"
    r"([a-zA-Z][\w:-]*)((?:\s[^<>]*)?)/>"
)


def html_tree(html: str) -> Any:
    """The root of a page or of a piece of one; None where there is nothing in it."""
    # Marked so, since only then libxml2 does not ask the page for its encoding.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return etree.fromstring(with_plain_tags(html).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def xhtml_tree(data: bytes) -> Any:
    """The root of a well-formed page, without namespaces; None where it is not well-formed.

    No entity is resolved and nothing fetched.
    """
    try:
        root = etree.fromstring(data, careful_parser(recover=False))
    except (etree.XMLSyntaxError, ValueError):
        return None
    _drop_namespaces(root)
    return root


def with_long_forms(html: str) -> str:
    """The page with `<p/>` written as `<p></p>`, as XHTML that is not well-formed has it."""
    return _SHORT.sub(r"<\1\2></\1>", html)


def html_of(root: Any) -> str:
    """What the tree is as HTML: the body alone where it has one."""
    body = root if root.tag == "body" else root.find(".//body")
    return str(etree.tostring(root if body is None else body, method="html", encoding="unicode", with_tail=False))


def line_of(element: Any) -> str:
    """All text in the element, on one line."""
    return " ".join("".join(element.itertext(etree.Element)).split())


def drop(element: Any) -> None:
    """Take out of a tree what the element is and holds; what follows it stays.

    An empty one is left in its place, which cleaning drops: to join the text behind to that before takes, for the many
    of a long page, time that grows with the square of their number.
    """
    if element.getparent() is not None:
        element.clear(keep_tail=True)
        element.tag = "template"


def _drop_namespaces(root: Any) -> None:
    for element in root.iter(etree.Element):
        if len(element.attrib) > ATTRIBUTES:
            element.attrib.clear()  # one by one would take as long as comparing them
        element.tag = element.tag.rpartition("}")[2]
        for name, value in [*element.attrib.items()]:
            if "}" in name:
                del element.attrib[name]
                element.set(name.rpartition("}")[2], value)
    etree.cleanup_namespaces(root)
