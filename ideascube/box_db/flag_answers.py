"""What mediators do about flags: leave the page as it is, or take it away from learners."""

from __future__ import annotations

import sqlite3
from typing import Literal

from content_packs.store.library import NOBODY
from ideascube.box_db.creations import change_state, load
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.flags import answer_flags, load_flagged
from ideascube.box_db.hidden import show_to
from ideascube.creations.states import Deed
from ideascube.people.deeds import HID, WITHDREW
from ideascube.people.rights import Person
from ideascube.reviewing.flags import Page

FlagsAnswered = Literal["done", "late", "full"]


def answer_flagged(
    connection: sqlite3.Connection, page: Page, turn: int, person: Person, *, hide: bool
) -> FlagsAnswered:
    """The flags of a page are answered, as of `turn`; with `hide` learners see it no more.

    `late`: they were answered already, or more came since. `full`: no more pages can be hidden. Nothing changes then.
    """
    flagged = load_flagged(connection, page.pack, page.path)
    if flagged is None or flagged.turn != turn:
        return "late"
    if hide and not _hide(connection, flagged.page, person):
        return "full"
    answer_flags(connection, page.pack, page.path, turn, kept=not hide)
    return "done"


def _hide(connection: sqlite3.Connection, page: Page, person: Person) -> bool:
    """Withdraw what was made here, or hide the page of a pack. False where too much is hidden already."""
    if page.pack:
        is_room = show_to(connection, page.pack, page.path, NOBODY)
        if is_room:
            log_deed(connection, person.id, HID, f"{page.title}: {page.pack}")
        return is_room
    found = load(connection, page.creation)
    if found is not None and found.shown is not None:
        change_state(connection, found.id, Deed.WITHDRAW, found.version)
        log_deed(connection, person.id, WITHDREW, found.title)
    return True
