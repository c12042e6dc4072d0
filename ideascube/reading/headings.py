"""The levels of headings, put in order below a page's own: none left out on the way down (WCAG 2.2, 1.3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

LOWEST = 6
NAMES = tuple(f"h{level}" for level in range(1, LOWEST + 1))


def ordered(levels: Iterable[int], top: int = 2) -> list[int]:
    """For each heading's level the one that it gets: the first is `top`, one below another is one more than that."""
    above: list[int] = []
    found = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        found.append(min(LOWEST, top + len(above) - 1))
    return found


def order_headings(root: Any, top: int = 2) -> None:
    """Rename the headings of a tree so that the highest of them has the level `top`."""
    headings = list(root.iter(*NAMES))
    for heading, level in zip(headings, ordered((int(each.tag[1]) for each in headings), top), strict=True):
        heading.tag = f"h{level}"
