"""Long lists on several pages: no phone shows a page of ten thousand lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from content_packs.build.content import PageLink, Trail

PART_LENGTH = 500  # lines
GALLERY_LENGTH = 200  # pictures
Line = TypeVar("Line")


def in_parts(
    lines: Sequence[Line], length: int, language: str, path: Callable[[int], str]
) -> Iterator[tuple[str, Sequence[Line], Trail]]:
    """Each page's path, which `path` makes of its number from 1, its lines, and the way to the pages beside it.

    At least one page, `length` lines a page.
    """
    count = max(1, -(-len(lines) // length))
    for number in range(1, count + 1):
        beside = [PageLink(path(other), str(other), language) for other in (number - 1, number + 1)]
        previous, following = beside[0] if number > 1 else None, beside[1] if number < count else None
        trail = Trail(language, previous=previous, next=following)
        yield path(number), lines[(number - 1) * length : number * length], trail
