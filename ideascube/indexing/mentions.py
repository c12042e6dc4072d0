"""What a pack's pages say of its documents: the words of the links to them, and which page shows which subtitles."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from content_packs.links import resolve

# A tag ends where the next one begins, so that a page is gone through once, whatever it holds.
_LINK, _TRACK = (re.compile(rb"<%s\b([^<>]{0,2000})>" % name, re.IGNORECASE) for name in (b"a", b"track"))
_HREF, _SRC = (
    re.compile(rb"""\b%s\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""" % name, re.IGNORECASE)
    for name in (b"href", b"src")
)
_END = re.compile(rb"</a\b", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_LONGEST = 200  # letters of a title
_WORDS_LENGTH = 1000  # bytes of a link's words and what marks them up


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
    """The address and the words of each link."""
    for tag in _LINK.finditer(content):
        end = _END.search(content, tag.end(), tag.end() + _WORDS_LENGTH)
        if end is not None and (address := _address(_HREF, tag[1])):
            words = html.unescape(_TAG.sub(" ", content[tag.end() : end.start()].decode("utf-8", "replace")))
            yield address, " ".join(words.split())[:_LONGEST]


def _tracks(content: bytes) -> Iterator[str]:
    return (_address(_SRC, tag[1]) for tag in _TRACK.finditer(content))


def _address(attribute: re.Pattern[bytes], tag: bytes) -> str:
    found = attribute.search(tag)
    value = found and (found[1] or found[2] or found[3])
    return html.unescape(value.decode("utf-8", "replace")).strip() if value else ""
