"""What the lists of what was made here can be narrowed by; and taking it back from learners."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ideascube.box_db.creations import change_state, load
from ideascube.box_db.deeds import log_deed
from ideascube.creations.model import Creation
from ideascube.creations.states import Deed, may_follow
from ideascube.people.deeds import WITHDREW
from ideascube.people.rights import Person


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are in each state; `scheduled`: those that will be published by themselves."""

    by_state: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_state.values())


def counted(connection: sqlite3.Connection, owner: int | None = None) -> Counted:
    """Of everybody, or of one owner."""
    rows = connection.execute(
        "SELECT iif(publish_at IS NULL, state, 'scheduled') AS word, count(*) FROM creation "
        "WHERE ?1 IS NULL OR owner = ?1 GROUP BY word",
        (owner,),
    )
    return Counted(dict(rows.fetchall()))


def languages_used(connection: sqlite3.Connection) -> list[str]:
    """Those in which anything was made here."""
    return [code for (code,) in connection.execute("SELECT DISTINCT language FROM creation_face ORDER BY language")]


def take_back(connection: sqlite3.Connection, creation: str, person: Person) -> Creation | None:
    """Learners see it no more, or it waits for no answer any more. None where this person may not, or there is nothing.

    Raises LookupError where there is no such creation.
    """
    found = load(connection, creation)
    if found is None:
        raise LookupError(creation)
    if not can_take_back(found, person):
        return None
    changed = change_state(connection, creation, Deed.WITHDRAW, found.version)
    assert isinstance(changed, Creation)  # the version is the newest: it was loaded in this transaction
    if found.shown is not None:
        log_deed(connection, person.id, WITHDREW, found.title)
    return changed


def can_take_back(creation: Creation, person: Person) -> bool:
    """Whether there is something to take back, and this person may."""
    is_out = creation.shown is not None or creation.state == "waiting" or creation.publish_at is not None
    return is_out and may_follow(creation.state, Deed.WITHDRAW, person, creation.owner)
