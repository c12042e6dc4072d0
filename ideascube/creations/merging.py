"""Two people changed one version: what can be put together by itself, and what somebody has to decide. Pure.

Where only one of them changed a field or a paragraph, that change stands; where both did, differently, nothing is put
together: a person is shown both.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec

from ideascube.creations.body import Block, Blocks
from ideascube.creations.body_html import to_html
from ideascube.creations.cleaning import read_body
from ideascube.creations.differences import aligned
from ideascube.creations.model import Fields, Words

T = TypeVar("T", bound=Hashable)

_LINES = ("kind", "language", "licence", "source", "author", "consent", "audience", "ends")


class Part(NamedTuple):
    """A run of blocks: `agreed`, or None where somebody has to choose between `mine` and `theirs`."""

    agreed: Blocks | None
    mine: Blocks
    theirs: Blocks


class Merged(NamedTuple):
    """`fields`: with all that could be put together, and what is `mine` in the others. `both`: the names of these."""

    fields: Fields
    both: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to be decided."""
        return not self.both


def merge(base: Fields, mine: Fields, theirs: Fields) -> Merged:
    """Put together what `mine` and `theirs` each made of `base`. Names are as in `Fields`, of texts `title.fr`."""
    both: list[str] = []
    changed: dict[str, Any] = {}
    for name in _LINES:
        changed[name] = _one(name, getattr(base, name), getattr(mine, name), getattr(theirs, name), both)
    changed["texts"] = _texts(base, mine, theirs, both)
    changed["tags"] = _set(base.tags, mine.tags, theirs.tags)
    changed["media"] = _set(base.media, mine.media, theirs.media)
    changed["body"] = _body(base.body, mine.body, theirs.body, both)
    return Merged(msgspec.structs.replace(mine, **changed), tuple(both))


def _one(name: str, base: T, mine: T, theirs: T, both: list[str]) -> T:
    if mine in (base, theirs):
        return theirs
    if theirs != base:
        both.append(name)
    return mine


def _texts(base: Fields, mine: Fields, theirs: Fields, both: list[str]) -> dict[str, Words]:
    codes = dict.fromkeys((*mine.texts, *theirs.texts))
    merged = {
        code: Words(*(_word(code, name, base, mine, theirs, both) for name in ("title", "summary"))) for code in codes
    }
    return {code: words for code, words in merged.items() if words.title or words.summary}


def _word(code: str, name: str, base: Fields, mine: Fields, theirs: Fields, both: list[str]) -> str:
    said = [str(getattr(fields.texts.get(code), name, "")) for fields in (base, mine, theirs)]
    return _one(f"{name}.{code}", said[0], said[1], said[2], both)


def _set(base: Sequence[T], mine: Sequence[T], theirs: Sequence[T]) -> tuple[T, ...]:
    """What either of them took out is out, what either put in is in."""
    kept = [each for each in mine if each in theirs or each not in base]
    return (*kept, *(each for each in theirs if each not in base and each not in kept))


def _body(base: str, mine: str, theirs: str, both: list[str]) -> str:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    blocks = merge_blocks(read_body(base), read_body(mine), read_body(theirs))
    if blocks is None:
        both.append("body")
        return mine
    return to_html(blocks)


def merge_blocks(base: Blocks, mine: Blocks, theirs: Blocks) -> Blocks | None:
    """All changes of both, or None where both changed the same paragraph.

    What both put in one place stands there twice: theirs, which was saved first, and mine.
    """
    merged: list[Block] = []
    for part in parts(base, mine, theirs):
        if part.agreed is None:
            return None
        merged += part.agreed
    return tuple(merged)


def parts(base: Blocks, mine: Blocks, theirs: Blocks) -> Iterator[Part]:
    """The text in its order, for who is to choose where both changed the same paragraph."""
    for was, one, other in _chunks(base, mine, theirs):
        agreed = _chosen(was, one, other)
        if agreed is None and len(was) > 1 and _stay(was, one) and _stay(was, other):
            for a, b, c in zip(was, one, other, strict=True):
                yield Part(_chosen((a,), (b,), (c,)), (b,), (c,))
        else:
            yield Part(agreed, one, other)


def _chosen(was: Blocks, mine: Blocks, theirs: Blocks) -> Blocks | None:
    if mine in (was, theirs):
        return theirs
    if theirs == was:
        return mine
    if not was:
        return (*theirs, *mine)
    return None


def _stay(was: Blocks, now: Blocks) -> bool:
    """Whether paragraphs were changed where they stand, and none came, went or moved."""
    return len(was) == len(now) and all(each == here or each not in now for each, here in zip(was, now, strict=True))


def _chunks(base: Blocks, mine: Blocks, theirs: Blocks) -> Iterator[tuple[Blocks, Blocks, Blocks]]:
    """The three texts cut where all of them have the same block, and what lies between such places."""
    places, other_places = _kept(base, mine), _kept(base, theirs)
    at = at_mine = at_theirs = 0
    for place, block in enumerate(base):
        if place not in places or place not in other_places:
            continue
        here, there = places[place], other_places[place]
        yield base[at:place], mine[at_mine:here], theirs[at_theirs:there]
        yield (block,), (block,), (block,)
        at, at_mine, at_theirs = place + 1, here + 1, there + 1
    yield base[at:], mine[at_mine:], theirs[at_theirs:]


def _kept(base: Blocks, other: Blocks) -> dict[int, int]:
    """Where the blocks of `base` are in `other`, by their places; those that are gone are left out."""
    found: dict[int, int] = {}
    for tag, start, end, other_start, _ in aligned(base, other):
        if tag == "equal":
            found.update(zip(range(start, end), range(other_start, other_start + end - start), strict=True))
    return found
