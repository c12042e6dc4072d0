"""What a page of HTML says, as plain text without scripts and menus, and the bounded memory of pages.

No tree is built: a results page shows a few words of each page, and to parse them all takes longer than to find them.
So all of this is text looked through once, whatever the markup: a page nested 100,000 deep costs no more than another.
The text is for looking into, not for showing: between two pieces of markup stands a `SEAM`, since only whoever shows a
part of it needs to know whether a space belongs there.
"""

from __future__ import annotations

import html as entities
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import zstandard

from ideascube.search.bounded_cache import BoundedCache

SEAM = "\u200b"

_HTML_LENGTH = 512 * 1024  # bytes; what lies further down a page is found, but not shown in its snippet
_HEAD_LENGTH = 64 * 1024  # bytes that are looked through for a title
_OVERHEAD = 500  # bytes that one kept page takes besides its HTML

# What is no part of a page's own words: programs, pictures, and the menus of the usual producers of ZIM files.
_ASIDE = re.compile(rb"<(?:script|style|noscript|template|svg|math|nav|footer|select|button|iframe)\b")
_ASIDE_NAMED = re.compile(
    rb'="(?:navheader|navfooter|docnav|banner|toc|navbox|infobox|mw-editsection|reference|hatnote|sphinxsidebar|related'
    rb'|navigation)["\s]'
)
_ELEMENT = re.compile(rb"<([a-z][a-z0-9]*)\b[^>]*>")
_BODY = re.compile(rb"<body\b[^>]*>")
_TITLE = re.compile(rb"<title\b[^>]*>([^<]{0,1000})", re.IGNORECASE)
_ROOT = re.compile(rb"<html\b[^>]{0,1000}", re.IGNORECASE)
_LANGUAGE = re.compile(rb"""\slang\s*=\s*["']?([A-Za-z0-9-]{1,35})(?![A-Za-z0-9-])""", re.IGNORECASE)
_XML_LANGUAGE = re.compile(rb"""\sxml:lang\s*=\s*["']?([A-Za-z0-9-]{1,35})(?![A-Za-z0-9-])""", re.IGNORECASE)
_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z!?][^>]*(?:>|\Z)", re.DOTALL)

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PageText:
    """`title` and `lang` (BCP 47) as the page itself gives them, or empty. The words are in `text`, or still in `html`.

    A page may still have to be read: `read` does it, in any thread, and gives the page with all its fields.
    """

    text: str
    title: str = ""
    lang: str = ""
    html: bytes = b""
    later: Callable[[], PageText] | None = None

    def read(self) -> PageText:
        return self.later() if self.later else self


class _Packed(NamedTuple):
    html: bytes
    text: str
    title: str
    lang: str


def read_page(html: bytes) -> PageText:
    """A page, its words not yet taken out. Broken markup and wrong encodings give some text or none, never an error."""
    html = html[:_HTML_LENGTH]
    if not html.strip():
        return PageText("")
    title = _TITLE.search(html, 0, _HEAD_LENGTH)
    return PageText("", plain_text(title[1])[:300] if title else "", _language(html), html)


def _language(html: bytes) -> str:
    root = _ROOT.search(html, 0, _HEAD_LENGTH)
    declared = root and (_LANGUAGE.search(root[0]) or _XML_LANGUAGE.search(root[0]))
    return declared[1].decode() if declared else ""


def plain_text(html: bytes) -> str:
    """The words of a part of a page, with a SEAM for each piece of markup."""
    text = entities.unescape(_MARKUP.sub(SEAM, html.decode("utf-8", "replace")))
    return " ".join(text.split())


class Body:
    """The part of a page that is shown: `html`, from `start` on, without the `asides`.

    `lower` is the HTML with its ASCII letters small; places in both are the same.
    """

    def __init__(self, html: bytes) -> None:
        self.html = html
        self.lower = html.lower()
        opening = _BODY.search(self.lower)
        self.start = opening.end() if opening else 0
        self.asides = _asides(self.lower, self.start)

    def text(self, start: int, end: int) -> str:
        """The words between two places in the HTML."""
        edges = [start, *(edge for aside in self.asides for edge in aside if start < aside[1] and aside[0] < end), end]
        kept = [(edges[number], edges[number + 1]) for number in range(0, len(edges), 2)]
        return plain_text(b"<!>".join(self.html[first:last] for first, last in kept if first < last))

    def holds(self, place: int) -> bool:
        """Whether there is text at this place, and neither markup nor an aside."""
        if self.lower.rfind(b"<", 0, place) > self.lower.rfind(b">", 0, place):
            return False
        return not any(start <= place < end for start, end in self.asides)

    def between_markup(self, place: int) -> int:
        """The first place from here on that is not within a tag."""
        end = self.lower.find(b">", place)
        begin = self.lower.find(b"<", place)
        return end + 1 if 0 <= end and not 0 <= begin < end else place


def _asides(lower: bytes, start: int) -> list[Range]:
    """Where the asides lie, in order; none within another."""
    begins = [match.start() for match in _ASIDE.finditer(lower, start)]
    begins += [lower.rfind(b"<", start, match.start()) for match in _ASIDE_NAMED.finditer(lower, start)]
    asides: list[Range] = []
    for begin in sorted(begins):
        if begin >= (asides[-1][1] if asides else start):
            asides.append((begin, _end_of(lower, begin)))
    return asides


def _end_of(lower: bytes, begin: int) -> int:
    """Where the element that begins here ends; at the page's end where it is not closed."""
    opening = _ELEMENT.match(lower, begin)
    if opening is None or opening[0].endswith(b"/>"):
        return opening.end() if opening else begin + 1
    depth = 0
    for tag in re.finditer(rb"<(/?)%b\b[^>]*>" % opening[1], lower[begin:]):
        depth += -1 if tag[1] else not tag[0].endswith(b"/>")
        if depth == 0:
            return begin + tag.end()
    return len(lower)


class _Packing(threading.local):
    """Neither may be used by two threads at once."""

    def __init__(self) -> None:
        self.compress = zstandard.ZstdCompressor(level=1).compress
        self.decompress = zstandard.ZstdDecompressor().decompress


class TextCache:
    """The pages shown last, compressed, at most `limit` bytes; threads may share it."""

    def __init__(self, limit: int) -> None:
        self._kept: BoundedCache[tuple[str, str], _Packed] = BoundedCache(limit)
        self._packing = _Packing()

    def get(self, key: tuple[str, str], read: Callable[[], PageText]) -> PageText:
        """The page kept under `key` (pack, path), else the one that `read` returns, which is kept: once it is read."""
        return PageText("", later=partial(self._get, key, read))

    def _get(self, key: tuple[str, str], read: Callable[[], PageText]) -> PageText:
        packed = self._kept.get(key)
        if packed is not None:
            return PageText(packed.text, packed.title, packed.lang, self._packing.decompress(packed.html))
        page = read()
        packed = _Packed(self._packing.compress(page.html), page.text, page.title, page.lang)
        self._kept.put(key, packed, len(packed.html) + 4 * len(page.text) + _OVERHEAD)
        return page

    def clear(self) -> None:
        self._kept.clear()
