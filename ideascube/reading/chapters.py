"""A chapter of a book as a tree: well-formed or not, in whatever encoding, its drawings made of pictures and words.

Rules only: bytes go in, a tree comes out. See `trees` for what bounds it.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from content_packs.languages import is_bcp47, to_bcp47
from content_packs.media.old_encodings import read_declared, read_text
from ideascube.reading.trees import html_tree, line_of, with_long_forms, xhtml_tree

_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def chapter_tree(data: bytes, language: str) -> Any:
    """The root of the chapter's tree, or None where nothing can be made of it. `language`: the book's, a BCP 47 tag."""
    root = xhtml_tree(data)
    if root is None:
        root = html_tree(with_long_forms(_DECLARATION.sub("", _decoded(data, language))))
    if root is not None:
        _open_drawings(root)
    return root


def words_and_pictures(root: Any) -> bool:
    """Whether there is anything to be seen in the tree."""
    body = root.find(".//body")
    body = root if body is None else body
    return body.find(".//img") is not None or bool(line_of(body))


def said_of(root: Any, name: str) -> str:
    """The `lang` (as BCP 47) or `dir` that the page says of itself as a whole; empty where it says none that counts."""
    body = root.find(".//body")
    said = (body.get(name, "") if body is not None else "") or root.get(name, "")
    if name == "dir":
        return said if said in ("ltr", "rtl") else ""
    tag = to_bcp47(said)
    return tag if is_bcp47(tag) else ""


def _decoded(data: bytes, language: str) -> str:
    """As it says of itself where that can be, else as books of its language were written."""
    declared = _DECLARED.search(data[:1024])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        text = read_declared(data, declared[1].decode("ascii"))
        if text is not None:
            return text
    return read_text(data, language)[0]


def _open_drawings(root: Any) -> None:
    """SVG, which may hold scripts, becomes the pictures and the words that are in it: pages of fixed layout are so."""
    for drawing in [each for each in root.iter("svg") if next(each.iterancestors("svg"), None) is None]:
        block = etree.Element("div")
        for part in drawing.iter("image", "text"):
            _carry_over(part, block)
        block.tail = drawing.tail
        parent = drawing.getparent()
        if parent is not None:
            drawing.tail = None
            parent.replace(drawing, block)


def _carry_over(part: Any, block: Any) -> None:
    if part.tag == "image":
        etree.SubElement(block, "img", src=part.get("href", ""), alt="")
    elif words := line_of(part):
        etree.SubElement(block, "p").text = words
