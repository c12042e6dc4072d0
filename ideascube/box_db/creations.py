"""Creations in the database: made, saved in versions, led from state to state. Lists: `creation_lists`.

Every deed runs within a transaction of its caller. Who may do what is asked of `creations.states` before.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from content_packs.errors import NoSpace
from ideascube.box_db.creation_drafts import keep_draft, load_draft
from ideascube.box_db.creation_index import note_change
from ideascube.box_db.creation_lists import Filter, Listed, Listing, list_creations, translations
from ideascube.box_db.creation_rows import (
    NEWEST_FACE,
    SHOWN_FACE,
    at_version,
    creation_row,
    next_turn,
    now,
    put_face,
    put_version,
)
from ideascube.box_db.random_ids import new_id
from ideascube.creations.model import Creation, Fields, State, fields_of
from ideascube.creations.states import Deed, state_after
from ideascube.people.rights import Person, Right

__all__ = [
    "Conflict", "Filter", "Listed", "Listing", "Saved", "Version", "change_state", "erase", "keep_draft",
    "list_creations", "load", "load_draft", "load_shown", "load_version", "new_creation", "publish_due", "save_version",
    "translations", "versions",
]  # fmt: skip

MOST_CREATIONS = 20_000
MOST_VERSIONS = 200  # of one creation: the first, every one that readers saw (of these the newest 100), the newest
_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Saved:
    """It is kept as this version."""

    version: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was written: this is the newest version, which somebody saved meanwhile."""

    newest: Creation


@dataclass(frozen=True, slots=True)
class Version:
    """`at`: seconds since 1970; `person`: the number of who saved it; `is_shown`: readers see it now."""

    number: int
    based_on: int
    person: int
    at: int
    was_shown: bool
    is_shown: bool


def new_creation(
    connection: sqlite3.Connection, fields: Fields, person: Person, work: str = "", wanted: str = ""
) -> str:
    """The id of a new draft of this person; `work` is that of what it translates. Raises NoSpace where all is full.

    `wanted`: the id that it has on another box, so that links to it hold; it gets another one where that is taken.
    """
    if connection.execute("SELECT count(*) FROM creation").fetchone()[0] >= MOST_CREATIONS:
        raise NoSpace(f"This box keeps {MOST_CREATIONS} things that were made on it: erase some that nobody needs.")
    creation = wanted if wanted and creation_row(connection, wanted) is None else new_id()
    moment, turn = now(connection), next_turn(connection)
    connection.execute(
        "INSERT INTO creation (id, work, owner, state, newest, made_at, changed_at, turn) "
        "VALUES (?, ?, ?, ?, 1, ?, ?, ?)",
        (creation, work or creation, person.id, State.DRAFT, moment, moment, turn),
    )
    put_version(connection, creation, 1, 0, fields, person.id)
    put_face(connection, creation, NEWEST_FACE, fields)
    return creation


def load(connection: sqlite3.Connection, creation: str) -> Creation | None:
    """Its newest version; None where there is no such creation."""
    row = creation_row(connection, creation)
    return at_version(connection, row, row["newest"]) if row else None


def load_shown(connection: sqlite3.Connection, creation: str) -> Creation | None:
    """The version that readers see; None where they see none."""
    row = creation_row(connection, creation)
    return at_version(connection, row, row["shown"]) if row and row["shown"] else None


def load_version(connection: sqlite3.Connection, creation: str, number: int) -> Creation | None:
    row = creation_row(connection, creation)
    return at_version(connection, row, number) if row else None


def versions(connection: sqlite3.Connection, creation: str) -> list[Version]:
    """Those that are kept, the newest first."""
    rows = connection.execute(
        "SELECT number, based_on, person, at, was_shown, number IS shown FROM creation_version JOIN creation "
        "ON creation = id WHERE creation = ? ORDER BY number DESC",
        (creation,),
    )
    return [Version(number, base, person, at, bool(was), bool(now)) for number, base, person, at, was, now in rows]


def save_version(
    connection: sqlite3.Connection, creation: str, base_version: int, fields: Fields, person: Person
) -> Saved | Conflict:
    """Keep `fields`, which were made of `base_version`, as the newest version; nothing where that is not the newest.

    What says the same as the newest version is that version. Raises LookupError where there is no such creation.
    """
    newest = load(connection, creation)
    if newest is None:
        raise LookupError(creation)
    if fields_of(newest) == fields:
        return Saved(newest.version)
    if newest.version != base_version:
        return Conflict(newest)
    number = newest.version + 1
    put_version(connection, creation, number, base_version, fields, person.id)
    connection.execute(
        "UPDATE creation SET newest = ?, changed_at = ?, turn = ? WHERE id = ?",
        (number, now(connection), next_turn(connection), creation),
    )
    if person.may(Right.WRITE):  # what was scheduled is what they see before them
        connection.execute("UPDATE creation SET due = ? WHERE id = ? AND due IS NOT NULL", (number, creation))
    put_face(connection, creation, NEWEST_FACE, fields)
    _drop_oldest(connection, creation)
    return Saved(number)


def _drop_oldest(connection: sqlite3.Connection, creation: str) -> None:
    """Of too many versions: the oldest that nobody saw but the first and those in use, then of those that were seen."""
    kept = "number NOT IN (1, newest, coalesce(shown, 0), coalesce(due, 0))"
    rank = "row_number() OVER (PARTITION BY was_shown ORDER BY number DESC)"
    rows = (
        f"SELECT number FROM (SELECT number, was_shown, {rank} AS rank, newest, shown, due FROM creation_version "  # noqa: S608 - our own
        f"JOIN creation ON creation = id WHERE creation = ?1) WHERE {kept} "
        f"AND rank > CASE was_shown WHEN 1 THEN {_MOST_SHOWN} ELSE {MOST_VERSIONS - _MOST_SHOWN} - 4 END"
    )
    connection.execute(f"DELETE FROM creation_version WHERE creation = ?1 AND number IN ({rows})", (creation,))  # noqa: S608


def change_state(
    connection: sqlite3.Connection, creation: str, deed: Deed, version: int, publish_at: int | None = None
) -> Creation | Conflict:
    """Do it with the version that a person saw, and give the creation as it is now. Nothing where it has a newer one.

    `publish_at`: when, for `schedule`. Raises LookupError where there is no such creation.
    """
    newest = load(connection, creation)
    if newest is None:
        raise LookupError(creation)
    if newest.version != version:
        return Conflict(newest)
    after = state_after(newest.state, deed, is_shown=newest.shown is not None)
    is_due = deed is Deed.SCHEDULE
    connection.execute(
        "UPDATE creation SET state = ?, publish_at = ?, due = ?, turn = ? WHERE id = ?",
        (after, publish_at if is_due else None, version if is_due else None, next_turn(connection), creation),
    )
    if deed is Deed.PUBLISH:
        _show(connection, creation, version)
    elif deed is Deed.WITHDRAW:
        _hide(connection, creation)
    changed = load(connection, creation)
    assert changed is not None
    return changed


def _show(connection: sqlite3.Connection, creation: str, version: int) -> None:
    connection.execute(
        "UPDATE creation SET shown = ?1, shown_at = coalesce(shown_at, ?2) WHERE id = ?3",
        (version, now(connection), creation),
    )
    connection.execute(
        "UPDATE creation_version SET was_shown = 1 WHERE creation = ? AND number = ?", (creation, version)
    )
    shown = load_shown(connection, creation)
    put_face(connection, creation, SHOWN_FACE, fields_of(shown) if shown else None)
    note_change(connection, creation)


def _hide(connection: sqlite3.Connection, creation: str) -> None:
    if connection.execute("UPDATE creation SET shown = NULL WHERE id = ? AND shown", (creation,)).rowcount:
        put_face(connection, creation, SHOWN_FACE, None)
        note_change(connection, creation)


def publish_due(connection: sqlite3.Connection) -> list[str]:
    """Publish what is due by the box's clock; their ids."""
    due = connection.execute("SELECT id, due FROM creation WHERE publish_at <= unixepoch() AND due").fetchall()
    for creation, version in due:
        _make_due_shown(connection, creation, version)
    return [creation for creation, _ in due]


def _make_due_shown(connection: sqlite3.Connection, creation: str, version: int) -> None:
    connection.execute(
        "UPDATE creation SET publish_at = NULL, due = NULL, turn = ?, "
        "state = CASE WHEN newest = ? THEN 'published' ELSE state END WHERE id = ?",
        (next_turn(connection), version, creation),
    )
    _show(connection, creation, version)


def erase(connection: sqlite3.Connection, creation: str) -> None:
    """The creation with all of its versions, drafts and what says which files it used. Only of what nobody sees."""
    connection.execute("DELETE FROM creation WHERE id = ? AND shown IS NULL", (creation,))
