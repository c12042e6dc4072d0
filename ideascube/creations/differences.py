"""What changed between two versions of a creation, for people: words in paragraphs, titles, files, tags. Pure."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from types import ModuleType
from typing import Literal, NamedTuple

from ideascube.creations.body import Block, Blocks, Figure, Item, List, Quote, Rule, Table, plain_text
from ideascube.creations.cleaning import read_body
from ideascube.creations.model import Fields

Change = Literal["same", "added", "removed"]

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_WORDS = 3000  # of a paragraph that is compared word by word; the table for it has the square of that in bits
_NEAR = 20  # paragraphs that are looked at for the one that was changed
_ALIKE = 0.4  # of the words: below, a paragraph is another one, and no changed one

# What is shown beside titles and body, in the order of the form; files and tags one by one.
_LINES = ("kind", "language", "licence", "source", "author", "audience", "ends")


class Piece(NamedTuple):
    """Words that are in both, in the later one alone, or in the earlier one alone."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the body, in pieces. `kind`: p, h2, h3, list, quote, table, hr, or the element of a figure."""

    change: Literal["same", "added", "removed", "changed"]
    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field beside the body: `name` as in `Fields`, with the language of a title or summary (`title.fr`)."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`fields`: those that changed. `body`: all of its blocks; empty where nothing in it changed."""

    fields: tuple[Field, ...]
    body: tuple[Paragraph, ...]

    @property
    def is_none(self) -> bool:
        return not self.fields and not self.body


def difference(before: Fields, after: Fields) -> Difference:
    """From one version to another. Slow for long texts: for a thread."""
    body = () if before.body == after.body else tuple(_paragraphs(read_body(before.body), read_body(after.body)))
    return Difference(tuple(_fields(before, after)), body)


def words_changed(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of a text, the removed ones before those that came in their place."""
    first, second = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(first), len(second)) > _MOST_WORDS:
        return _whole(before, after)
    pieces: list[Piece] = []
    for change, words in _steps(first, second):
        if pieces and pieces[-1].change == change:
            pieces[-1] = Piece(change, pieces[-1].text + "".join(words))
        else:
            pieces.append(Piece(change, "".join(words)))
    return tuple(pieces)


def aligned(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[tuple[str, int, int, int, int]]:
    """Runs that both have (`equal`), and between them what only one of them has (`replace`), by their places."""
    at_first = at_second = 0
    for step in _indel().opcodes(before, after):
        if step.tag == "equal":
            if (step.src_start, step.dest_start) != (at_first, at_second):
                yield "replace", at_first, step.src_start, at_second, step.dest_start
            yield "equal", step.src_start, step.src_end, step.dest_start, step.dest_end
            at_first, at_second = step.src_end, step.dest_end
    if (len(before), len(after)) != (at_first, at_second):
        yield "replace", at_first, len(before), at_second, len(after)


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Change, Sequence[str]]]:
    for tag, start, end, other_start, other_end in aligned(before, after):
        if tag == "equal":
            yield "same", before[start:end]
            continue
        if start < end:
            yield "removed", before[start:end]
        if other_start < other_end:
            yield "added", after[other_start:other_end]


def _whole(before: str, after: str) -> tuple[Piece, ...]:
    both: tuple[Piece, ...] = (Piece("removed", before), Piece("added", after))
    return tuple(piece for piece in both if piece.text)


def _paragraphs(before: Blocks, after: Blocks) -> Iterator[Paragraph]:
    for tag, start, end, other_start, other_end in aligned(before, after):
        if tag == "equal":
            yield from (Paragraph("same", kind_of(each), (Piece("same", text_of(each)),)) for each in before[start:end])
        else:
            yield from _replaced(before[start:end], after[other_start:other_end])


def _replaced(before: Blocks, after: Blocks) -> Iterator[Paragraph]:
    """Blocks that stand in the place of others: those that are alike are the same one, changed."""
    left = deque((block, _words_of(block)) for block in before)
    for block in after:
        words = _words_of(block)
        near = islice(left, _NEAR)
        place = next((place for place, (each, its) in enumerate(near) if _are_alike(each, its, block, words)), None)
        if place is None:
            yield Paragraph("added", kind_of(block), (Piece("added", text_of(block)),))
            continue
        yield from (_removed(left.popleft()[0]) for _ in range(place))
        yield Paragraph("changed", kind_of(block), words_changed(text_of(left.popleft()[0]), text_of(block)))
    yield from (_removed(each) for each, _ in left)


def _removed(block: Block) -> Paragraph:
    return Paragraph("removed", kind_of(block), (Piece("removed", text_of(block)),))


def _indel() -> ModuleType:
    from rapidfuzz.distance import Indel  # loaded by web workers only once somebody compares versions

    return Indel


def _words_of(block: Block) -> list[str]:
    return text_of(block).split()[:_MOST_WORDS]


def _are_alike(one: Block, words: list[str], other: Block, others: list[str]) -> bool:
    return kind_of(one) == kind_of(other) and _indel().normalized_similarity(words, others, score_cutoff=_ALIKE) > 0


def kind_of(block: Block) -> str:
    """What a block is, for who shows it."""
    names = {List: "list", Quote: "quote", Table: "table", Rule: "hr", Figure: "figure"}
    return names.get(type(block), f"h{block.level}" if hasattr(block, "level") else "p")


def text_of(block: Block) -> str:
    """The words of a block, a line for each item and row."""
    if isinstance(block, List):
        return "\n".join(_item_text(item) for item in block.items)
    if isinstance(block, Quote):
        return "\n".join(text_of(each) for each in block.blocks)
    if isinstance(block, Table):
        return "\n".join(" | ".join(plain_text(cell) for cell in row) for row in block.rows)
    if isinstance(block, Figure):
        return " – ".join(filter(None, (block.address.rpartition("/")[2], block.alt, plain_text(block.caption))))
    return "" if isinstance(block, Rule) else plain_text(block.parts)


def _item_text(item: Item) -> str:
    below = "\n".join(text_of(each) for each in item.below).replace("\n", "\n  ")
    return f"• {plain_text(item.parts)}" + (f"\n  {below}" if below else "")


def _fields(before: Fields, after: Fields) -> Iterator[Field]:
    for code in dict.fromkeys((after.language, *before.texts, *after.texts)):
        for name in ("title", "summary"):
            first, second = _said(before, code, name), _said(after, code, name)
            if first != second:
                yield Field(f"{name}.{code}", words_changed(first, second))
    for name in _LINES:
        first, second = getattr(before, name), getattr(after, name)
        if first != second:
            yield Field(name, _whole(first, second))
    if before.consent != after.consent:
        yield Field("consent", _whole(before.consent.answer, after.consent.answer))
    yield from _one_by_one("tags", before.tags, after.tags)
    yield from _one_by_one("media", [use.media for use in before.media], [use.media for use in after.media])


def _said(fields: Fields, code: str, name: str) -> str:
    return str(getattr(fields.texts.get(code), name, ""))


def _one_by_one(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Field]:
    gone = [Piece("removed", each) for each in before if each not in after]
    new = [Piece("added", each) for each in after if each not in before]
    if gone or new:
        yield Field(name, (*gone, *new))
