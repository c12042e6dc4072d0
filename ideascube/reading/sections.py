"""The contents of an article, made of its headings: each gets an id that a link can lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ideascube.reading.headings import NAMES
from ideascube.reading.sanitising import anchor
from ideascube.reading.trees import line_of

_LONGEST = 120  # characters of a heading in the contents
_MOST = 200


@dataclass(frozen=True, slots=True)
class Section:
    """A heading; `level` is 1 for the highest, `anchor` what a link to it ends with."""

    title: str
    level: int
    anchor: str


def sections_of(root: Any) -> list[Section]:
    """The headings of the two highest levels in the text, in its order. Those without an id get one."""
    headings = [each for each in root.iter(*NAMES) if line_of(each)]
    levels = sorted({each.tag for each in headings})[:2]
    found = []
    for number, heading in enumerate(each for each in headings if each.tag in levels):
        if number >= _MOST:
            break
        if not heading.get("id"):
            heading.set("id", f"section-{number}")
        title = line_of(heading)[:_LONGEST]
        found.append(Section(title, levels.index(heading.tag) + 1, anchor(heading.get("id"))))
    return found
