"""The contents of an article, made of its headings: each gets an id that a link can lead to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

from ideascube.reading.headings import NAMES
from ideascube.reading.sanitising import anchor

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
    headings = [(each, title) for each in root.iter(*NAMES) if (title := _title(each))]
    levels = sorted({heading.tag for heading, _ in headings})[:2]
    shown = ((heading, title) for heading, title in headings if heading.tag in levels)
    found = []
    for number, (heading, title) in enumerate(islice(shown, _MOST)):
        if not heading.get("id"):
            heading.set("id", f"section-{number}")
        found.append(Section(title, levels.index(heading.tag) + 1, anchor(heading.get("id"))))
    return found


def _title(heading: Any) -> str:
    """Its first words: a hostile page has headings in headings around all of its text."""
    pieces = islice(heading.itertext(etree.Element), _LONGEST)
    return " ".join("".join(piece[: 4 * _LONGEST] for piece in pieces).split())[:_LONGEST]
