"""XML that anyone may have written: no entity is resolved, nothing is fetched, and mistakes are read past."""

from __future__ import annotations

import html
from typing import Any

from lxml import etree

from content_packs.careful_xml import CAREFUL
from content_packs.media.described import one_line, paragraphs

_UNSEEN = frozenset({"head", "script", "style", "template", "noscript", "rp"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "caption", "figcaption"})
_TABLES_AND_LISTS = frozenset({"table", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd"})
_PARTS = frozenset({"address", "article", "aside", "div", "figure", "footer", "form", "main", "nav", "section"})
_BLOCKS = _HEADINGS | _TABLES_AND_LISTS | _PARTS | {"blockquote", "p", "pre"}
_BREAKS = frozenset({"br", "hr"})


def parse_xml(data: bytes) -> Any:
    """The root element, or None where nothing can be made of it."""
    try:
        return etree.fromstring(data, careful_parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def careful_parser(*, recover: bool) -> Any:
    """For XML that a stranger wrote; `recover`: mistakes are read past, else what is not well-formed is refused."""
    return etree.XMLParser(recover=recover, **CAREFUL)


def elements(root: Any, name: str) -> list[Any]:
    """All elements below `root` of this local name, whatever their namespace."""
    return list(root.iter(f"{{*}}{name}")) if root is not None else []


def attribute(element: Any, name: str) -> str:
    """The attribute of this local name, whatever its namespace; empty where there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def local_name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def line_of(element: Any) -> str:
    """All text in the element, on one line."""
    return one_line(_text(element)) if element is not None else ""


def text_of(root: Any, limit: int) -> str:
    """The text that a page shows, a line for each block, at most `limit` characters."""
    return paragraphs(_text(root), limit)


def _text(root: Any) -> str:
    """Without recursion, since a hostile page nests as deep as it likes."""
    parts: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local_name(element)
        is_start = event == "start"
        if name in _UNSEEN:
            unseen += 1 if is_start else -1
        if name in _BLOCKS or (is_start and name in _BREAKS):
            parts.append("\n")
        if is_start and not unseen:
            parts.append(_entity(element) if element.tag is etree.Entity else _flat(element.text))
        elif not is_start and not unseen and element is not root:
            parts.append(_flat(element.tail))
    return "".join(parts)


def _flat(text: str | None) -> str:
    return " ".join(f"|{text}|".split())[1:-1] if text else ""


def _entity(element: Any) -> str:
    """Only what HTML names (`&nbsp;`): what a document declares by itself stays unread."""
    text = html.unescape(element.text or "")
    return text if len(text) <= 2 else ""
