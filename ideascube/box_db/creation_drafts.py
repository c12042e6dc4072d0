"""What is being written and was not saved yet, so that an empty battery costs seconds. One for each open page."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ideascube.box_db.creation_rows import now, read_fields, write_fields
from ideascube.creations.model import Fields

MOST = 10_000  # of the box
MOST_OF_ONE = 20  # of one person for one creation


@dataclass(frozen=True, slots=True)
class Draft:
    """`device`: the page that was open; `base_version`: what it began with; `at`: seconds since 1970."""

    device: str
    base_version: int
    turn: int
    at: int
    fields: Fields


def keep_draft(
    connection: sqlite3.Connection,
    creation: str,
    person: int,
    device: str,
    base_version: int,
    turn: int,
    fields: Fields,
) -> bool:
    """Keep what one page has at its `turn`; False where a later turn is there already, or no such creation is."""
    if connection.execute("SELECT 1 FROM creation WHERE id = ?", (creation,)).fetchone() is None:
        return False
    place = connection.execute("SELECT coalesce(max(place), 0) + 1 FROM creation_draft").fetchone()[0]
    kept = connection.execute(
        "INSERT INTO creation_draft VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "based_on = excluded.based_on, turn = excluded.turn, at = excluded.at, place = excluded.place, "
        "fields = excluded.fields WHERE excluded.turn > turn",
        (creation, person, device, base_version, turn, now(connection), place, write_fields(fields)),
    )
    _drop_oldest(connection, creation, person)
    return kept.rowcount > 0


def load_drafts(connection: sqlite3.Connection, creation: str, person: int) -> list[Draft]:
    """What this person was writing, the newest first."""
    rows = connection.execute(
        "SELECT device, based_on, turn, at, fields FROM creation_draft WHERE creation = ? AND person = ? "
        "ORDER BY place DESC",
        (creation, person),
    )
    return [Draft(device, base, turn, at, read_fields(written)) for device, base, turn, at, written in rows]


def load_draft(connection: sqlite3.Connection, creation: str, person: int) -> Draft | None:
    """The newest of these."""
    return next(iter(load_drafts(connection, creation, person)), None)


def drop_drafts(connection: sqlite3.Connection, creation: str, person: int, device: str | None = None) -> None:
    """What this person was writing is saved or thrown away: of one page, or of all."""
    connection.execute(
        "DELETE FROM creation_draft WHERE creation = ?1 AND person = ?2 AND coalesce(device = ?3, 1)",
        (creation, person, device),
    )


def _drop_oldest(connection: sqlite3.Connection, creation: str, person: int) -> None:
    connection.execute(
        "DELETE FROM creation_draft WHERE creation = ?1 AND person = ?2 AND place NOT IN (SELECT place "
        "FROM creation_draft WHERE creation = ?1 AND person = ?2 ORDER BY place DESC LIMIT ?3)",
        (creation, person, MOST_OF_ONE),
    )
    connection.execute(
        "DELETE FROM creation_draft WHERE place <= (SELECT place FROM creation_draft ORDER BY place DESC "
        "LIMIT 1 OFFSET ?)",
        (MOST,),
    )
