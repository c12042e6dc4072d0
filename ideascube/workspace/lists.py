"""Creations as lists of the workspace show them, with their state, who made them and what was answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from aiohttp import web

from ideascube.box_db.creation_lists import PAGE, Filter, Listed, Listing, list_creations
from ideascube.box_db.person_names import person_names
from ideascube.box_db.reviews import Review, last_words
from ideascube.box_db.sharing_lists import boxes_of
from ideascube.creations.cards import CreationCard, creation_card
from ideascube.creations.model import State
from ideascube.reviewing.wording import StateWord, state_words
from ideascube.web.i18n import interface_language

# Whose last answer is still of use to who made it.
_ANSWERED = (State.RETURNED, State.REFUSED)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, with the names of the owners, the last answers to what was sent back or refused, and
    the names of the boxes from which something came.
    """

    listed: Listed
    names: dict[int, str] = field(default_factory=dict)
    answers: dict[str, Review] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)

    def around(self, number: int) -> tuple[int, int]:
        """The numbers of the pages before and after this one; 0 where there is none."""
        return max(number - 1, 0), number + 1 if number * PAGE < self.listed.total else 0


@dataclass(frozen=True, slots=True)
class Line:
    """`by`: the name of who made it, or of the box from which it came. `answer`: what a reviewer said, where that
    still matters.
    """

    listing: Listing
    card: CreationCard
    state: StateWord
    by: str
    answer: Review | None


def page_number(request: web.Request) -> int:
    """The page of a list that is asked for, from 1; what is no number is the first."""
    asked = request.query.get("page", "")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 6 else 1


def load_page(connection: sqlite3.Connection, wanted: Filter, page: int) -> Page:
    listed = list_creations(connection, wanted, page)
    answered = [line.id for line in listed.lines if line.state in _ANSWERED]
    return Page(
        listed,
        person_names(connection, (line.owner for line in listed.lines)),
        last_words(connection, answered),
        boxes_of(connection, [line.id for line in listed.lines if not line.owner]),
    )


def lines_of(request: web.Request, page: Page) -> Sequence[Line]:
    words = state_words(interface_language(request))
    return [
        Line(
            listing,
            creation_card(request, listing),
            words["scheduled" if listing.publish_at else listing.state],
            page.names.get(listing.owner, "") or page.boxes.get(listing.id, ""),
            page.answers.get(listing.id),
        )
        for listing in page.listed.lines
    ]
