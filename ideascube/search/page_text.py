"""A page of HTML as it is found in a pack, its title and language, HTML as plain text, and the bounded memory of pages.

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

_TITLE = re.compile(rb"<title\b[^<>]*>([^<]{0,1000})", re.IGNORECASE)
_ROOT = re.compile(rb"<html\b[^>]{0,1000}", re.IGNORECASE)
_LANGUAGE = re.compile(rb"""\slang\s*=\s*["']?([A-Za-z0-9-]{1,35})(?![A-Za-z0-9-])""", re.IGNORECASE)
_XML_LANGUAGE = re.compile(rb"""\sxml:lang\s*=\s*["']?([A-Za-z0-9-]{1,35})(?![A-Za-z0-9-])""", re.IGNORECASE)
_MARKUP = re.compile(r"(?:<!--.*?(?:-->|\Z)|</?[a-zA-Z!?][^>]*(?:>|\Z))+", re.DOTALL)


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
