"""What a pack's pages say of its documents: the words of the links to them, and which page shows which subtitles."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from content_packs.links import resolve

_ATTRIBUTE = rb"""[^>]{0,2000}?\b%s\s*=\s*(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s"'>]{1,2000}))"""
_LINK = re.compile(rb"<a\b" + _ATTRIBUTE % b"href" + rb"[^>]{0,2000}>(.{0,1000}?)</a", re.IGNORECASE | re.DOTALL)
_TRACK = re.compile(rb"<track\b" + _ATTRIBUTE % b"src", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_LONGEST = 200  # letters of a title


@dataclass
class Mentions:
    """`titles`: the words of the first link to each document; `shown_on`: the first page that shows each subtitles."""

    titles: dict[str, str] = field(default_factory=dict)
    shown_on: dict[str, str] = field(default_factory=dict)

    def see(self, page: str, content: bytes, documents: Collection[str]) -> None:
        for address, words in _links(content):
            target = resolve(page, address)
            if target is not None and target in documents and words:
                self.titles.setdefault(target, words)
        for address in _tracks(content):
            target = resolve(page, address)
            if target is not None and target in documents:
                self.shown_on.setdefault(target, page)


def read_mentions(pages: Iterable[tuple[str, bytes]], documents: Collection[str]) -> Mentions:
    """What these pages, path and HTML of each, say of the documents at these paths."""
    found = Mentions()
    for page, content in pages:
        found.see(page, content, documents)
    return found


def _links(content: bytes) -> Iterator[tuple[str, str]]:
    for found in _LINK.finditer(content):
        words = html.unescape(_TAG.sub(" ", found[4].decode("utf-8", "replace")))
        yield _address(found), " ".join(words.split())[:_LONGEST]


def _tracks(content: bytes) -> Iterator[str]:
    return map(_address, _TRACK.finditer(content))


def _address(found: re.Match[bytes]) -> str:
    return html.unescape((found[1] or found[2] or found[3]).decode("utf-8", "replace")).strip()
