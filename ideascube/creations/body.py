"""The body of a creation as a tree of a few kinds of blocks: docs/formats/creation-body.md. No input or output.

Every body has one form: what is read from HTML or Markdown and says the same is the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Mark = Literal["strong", "em"]

DEEPEST_LIST = 4  # levels; what lies deeper is on the last one


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """The line ends, and the paragraph goes on."""


@dataclass(frozen=True, slots=True)
class Marked:
    mark: Mark
    parts: Parts


@dataclass(frozen=True, slots=True)
class Link:
    """`address`: a path of this box, or an address on the internet: `creations.links`."""

    address: str
    parts: Parts


Inline = Text | Break | Marked | Link
Parts = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    parts: Parts


@dataclass(frozen=True, slots=True)
class Heading:
    level: int  # 2 or 3
    parts: Parts


@dataclass(frozen=True, slots=True)
class Item:
    """Of a list: a line, and lists below it."""

    parts: Parts
    below: tuple[List, ...] = ()


@dataclass(frozen=True, slots=True)
class List:
    ordered: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Paragraph | List, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across, between parts."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of as many cells each; the first one names the columns."""

    rows: tuple[tuple[Parts, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, sound or film of this box, by its address; which of them, its name's ending says (`element_of`)."""

    address: str
    alt: str = ""  # what is to be seen, for who does not see it
    caption: Parts = ()


Block = Paragraph | Heading | List | Quote | Rule | Table | Figure
Blocks = tuple[Block, ...]

_WORDS = re.compile(r"([^ \t\n\r\f]+)|[ \t\n\r\f]+")
_FILMS, _SOUNDS = ("mp4", "webm", "m4v", "mov"), ("m4a", "mp3", "ogg", "oga", "opus", "wav", "aac")


def element_of(address: str) -> Literal["img", "audio", "video"]:
    """The HTML element that shows the file at an address."""
    ending = address.rpartition(".")[2].lower()
    return "video" if ending in _FILMS else "audio" if ending in _SOUNDS else "img"


def tidied(parts: Iterable[Inline], *, breaks: bool = True) -> Parts:
    """The one form of what stands in a line: blanks once and not at the ends, nothing empty, no mark within itself.

    `breaks`: whether lines may end in it; otherwise a blank stands there.
    """
    return _nested(_between_words(_words(_spread(parts, breaks=breaks))))


def plain_text(parts: Iterable[Inline]) -> str:
    """The words alone; a line's end is a blank."""
    return "".join(_plain(part) for part in parts)


def _plain(part: Inline) -> str:
    if isinstance(part, Text):
        return part.text
    return " " if isinstance(part, Break) else plain_text(part.parts)


# A piece of text or a line's end, with the marks and the link that it stands in.
_Piece = tuple[str | None, str, frozenset[Mark]]


def _spread(
    parts: Iterable[Inline], link: str = "", marks: frozenset[Mark] = frozenset(), *, breaks: bool = True
) -> Iterator[_Piece]:
    for part in parts:
        if isinstance(part, Text):
            yield part.text, link, marks
        elif isinstance(part, Break):
            yield (None if breaks else " "), "", frozenset()
        elif isinstance(part, Link):
            yield from _spread(part.parts, link or part.address, marks, breaks=breaks)
        else:
            yield from _spread(part.parts, link, marks | {part.mark}, breaks=breaks)


def _words(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Each word, and a blank wherever there are any."""
    for text, link, marks in pieces:
        if text is None:
            yield text, link, marks
        else:
            yield from ((word or " ", link, marks) for word in _WORDS.findall(text))


def _between_words(pieces: Iterable[_Piece]) -> list[_Piece]:
    """One blank between words, in the marks and the link that both of these have; one line's end between lines."""
    found: list[_Piece] = []
    is_apart = False
    for piece in pieces:
        text, link, marks = piece
        if text == " ":
            is_apart = True
        elif text is not None:
            if is_apart and found and found[-1][0] is not None:
                _, other_link, other_marks = found[-1]
                found.append((" ", link if link == other_link else "", marks & other_marks))
            found.append(piece)
            is_apart = False
        elif found and found[-1][0] is not None:
            found.append(piece)
    return found[:-1] if found and found[-1][0] is None else found


def _nested(pieces: Iterable[_Piece]) -> Parts:
    """Links outside, in them `strong`, in it `em`."""
    parts: list[Inline] = []
    for (link,), group in groupby(pieces, lambda piece: (piece[1],)):
        within = _marked(list(group), ("strong", "em"))
        parts.extend([Link(link, within)] if link else within)
    return tuple(parts)


def _marked(pieces: list[_Piece], marks: tuple[Mark, ...]) -> Parts:
    if not marks:
        return _texts(pieces)
    parts: list[Inline] = []
    for has_mark, group in groupby(pieces, lambda piece: marks[0] in piece[2]):
        within = _marked(list(group), marks[1:])
        parts.extend([Marked(marks[0], within)] if has_mark else within)
    return tuple(parts)


def _texts(pieces: list[_Piece]) -> Parts:
    parts: list[Inline] = []
    for is_break, group in groupby(pieces, lambda piece: piece[0] is None):
        if is_break:
            parts.extend(Break() for _ in group)
        else:
            parts.append(Text("".join(text or "" for text, _, _ in group)))
    return tuple(parts)
