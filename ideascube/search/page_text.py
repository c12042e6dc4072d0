"""What a page of HTML says, as plain text without scripts and menus, and the bounded memory of such texts.

The text is for looking into, not for showing: between two pieces of markup stands a `SEAM`, since only whoever shows a
part of it needs to know whether a space belongs there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import zstandard
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ideascube.search.bounded_cache import BoundedCache

SEAM = "\u200b"

_HTML_LENGTH = 512 * 1024  # bytes
_OVERHEAD = 500  # bytes that one kept text takes besides its words
_TEXT_LENGTH = 60_000  # characters; what lies further down a page is found, but not shown in its snippet

# What is no part of a page's own words: programs, pictures, and the menus of the usual producers of ZIM files.
_ASIDES = (
    "script,style,noscript,template,svg,math,nav,footer,select,button,iframe,.navheader,.navfooter,.docnav,#banner,.toc,"
    "#toc,.navbox,.infobox,.mw-editsection,.reference,.hatnote,.sphinxsidebar,.related,[role=navigation]"
)


@dataclass(frozen=True, slots=True)
class PageText:
    """`title` and `lang` (BCP 47) as the page itself gives them, or empty."""

    text: str
    title: str = ""
    lang: str = ""


class _Packed(NamedTuple):
    text: bytes
    title: str
    lang: str


def read_page(html: bytes) -> PageText:
    """The words of a page. Broken markup and wrong encodings give some text or none, never an error."""
    if not html.strip():
        return PageText("")
    tree = LexborHTMLParser(html[:_HTML_LENGTH])
    if tree.body is None:
        return PageText("")
    title = tree.css_first("title")
    for node in tree.body.css(_ASIDES):
        node.decompose()
    text = tree.body.text(deep=True, separator=SEAM)
    return PageText(
        " ".join(text.split())[:_TEXT_LENGTH],
        " ".join(title.text().split())[:300] if title else "",
        _language(tree.root),
    )


def _language(root: LexborNode | None) -> str:
    attributes = root.attributes if root is not None else {}
    declared = attributes.get("lang") or attributes.get("xml:lang") or ""
    return declared if declared.replace("-", "").isalnum() and len(declared) <= 35 else ""


class TextCache:
    """Texts of the pages shown last, compressed, at most `limit` bytes; to parse a page takes ten times as long."""

    def __init__(self, limit: int) -> None:
        self._kept: BoundedCache[tuple[str, str], _Packed] = BoundedCache(limit)
        self._compressor = zstandard.ZstdCompressor(level=1)
        self._decompressor = zstandard.ZstdDecompressor()

    def get(self, key: tuple[str, str], read: Callable[[], PageText]) -> PageText:
        """The text kept under `key` (pack, path), else what `read` returns, which is kept."""
        packed = self._kept.get(key)
        if packed is not None:
            text, title, lang = packed
            return PageText(self._decompressor.decompress(text).decode(), title, lang)
        page = read()
        compressed = self._compressor.compress(page.text.encode("utf-8", "replace"))
        self._kept.put(key, _Packed(compressed, page.title, page.lang), len(compressed) + _OVERHEAD)
        return page

    def clear(self) -> None:
        self._kept.clear()
