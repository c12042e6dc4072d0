"""What is shared and what came, as rows: docs/formats/box-db.md, "Sharing". Each function is part of a deed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Literal

import msgspec

from ideascube.box_db.creation_rows import read_fields, write_fields
from ideascube.creations.model import Fields
from ideascube.sharing.versions import ancestors_of

MOST_OTHERS = 10  # versions of other boxes, of one creation
MOST_REFUSED = 200

State = Literal["shared", "withdrawn"]

_COLUMNS = "name, creation, work, is_shared, head, version, state, by, box_name, merged, parcel, turn"


@dataclass(frozen=True, slots=True)
class Shared:
    """A creation that other boxes know, or are to know. `creation`: its id here, None where it was erased.

    `head`: the version that was exchanged last, whose number here is `version` (0 for none), made by the box `by`
    (empty: this one). `box_name`: of the box on which it was made, empty for this one. `merged`: versions that were put
    together with the one here, each with the number of the first version here that has it. `parcel`: JSON, what this
    box sends of it; empty for nothing.
    """

    name: str
    creation: str | None
    work: str
    is_shared: bool = False
    head: str = ""
    version: int = 0
    state: State = "shared"
    by: str = ""
    box_name: str = ""
    merged: tuple[tuple[str, int], ...] = ()
    parcel: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Other:
    """A version of another box (its id `by`) that was made beside the one here. `base`: the number here of the version
    that both were made of, 0 where none is known. `turn` grows: what came later has more.
    """

    name: str
    hash: str
    by: str
    box_name: str
    base: int
    ancestors: tuple[str, ...]
    fields: Fields
    turn: int = 0


def sharing_of(connection: sqlite3.Connection, creation: str) -> Shared | None:
    """By the creation's id here."""
    return _one(connection, "creation = ?", creation)


def sharing_named(connection: sqlite3.Connection, name: str) -> Shared | None:
    return _one(connection, "name = ?", name)


def all_sharing(connection: sqlite3.Connection) -> list[Shared]:
    """Those of which this box sends something, or is to."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM sharing WHERE is_shared OR parcel <> '' ORDER BY name")  # noqa: S608
    return [_shared(row) for row in rows]


def may_have_changed(connection: sqlite3.Connection) -> set[str]:
    """Of these the names of those of which there may be something new to send."""
    rows = connection.execute(
        "SELECT name FROM sharing LEFT JOIN creation ON creation.id = sharing.creation "
        "WHERE NOT is_shared OR sharing.state = 'withdrawn' OR parcel = '' OR merged <> '[]' OR shown IS NULL "
        "OR shown > sharing.version"
    )
    return {name for (name,) in rows}


def put_sharing(connection: sqlite3.Connection, shared: Shared) -> None:
    """Keep it as it is now."""
    turn = connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM sharing").fetchone()[0]
    values = [*astuple(replace(shared, turn=turn))]
    values[9] = msgspec.json.encode(shared.merged).decode()
    marks = ", ".join("?" * len(values))
    changed = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[1:])
    connection.execute(f"INSERT INTO sharing VALUES ({marks}) ON CONFLICT (name) DO UPDATE SET {changed}", values)  # noqa: S608


def past_of(connection: sqlite3.Connection, name: str) -> dict[str, int]:
    """Versions on which the one here stands, the nearest first, with their numbers here."""
    rows = connection.execute("SELECT hash, version FROM sharing_past WHERE name = ? ORDER BY turn DESC", (name,))
    return dict(rows.fetchall())


def stand_on(connection: sqlite3.Connection, shared: Shared, versions: Sequence[str]) -> None:
    """From now on the version here stands on these, the nearest first, and on what it stood on."""
    numbers = {**past_of(connection, shared.name), **({shared.head: shared.version} if shared.head else {})}
    kept = ancestors_of(versions, [*numbers])
    connection.execute("DELETE FROM sharing_past WHERE name = ?", (shared.name,))
    rows = [(shared.name, each, numbers.get(each, 0), len(kept) - place) for place, each in enumerate(kept)]
    connection.executemany("INSERT INTO sharing_past VALUES (?, ?, ?, ?)", rows)


def others_of(connection: sqlite3.Connection, name: str) -> list[Other]:
    """Versions that wait to be put together with the one here, those that came first first."""
    rows = connection.execute("SELECT * FROM sharing_other WHERE name = ? ORDER BY turn", (name,))
    return [_other(row) for row in rows]


def put_other(connection: sqlite3.Connection, other: Other) -> bool:
    """Keep it; those that it stands on go. False where too many wait already."""
    drop_others(connection, other.name, other.ancestors)
    count = connection.execute("SELECT count(*) FROM sharing_other WHERE name = ?", (other.name,)).fetchone()[0]
    if count >= MOST_OTHERS:
        return False
    turn = connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM sharing_other").fetchone()[0]
    ancestors = msgspec.json.encode(other.ancestors).decode()
    values = (other.name, other.hash, other.by, other.box_name, other.base, ancestors, write_fields(other.fields), turn)
    connection.execute("INSERT OR IGNORE INTO sharing_other VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    return True


def drop_others(connection: sqlite3.Connection, name: str, versions: Iterable[str]) -> None:
    connection.executemany("DELETE FROM sharing_other WHERE name = ? AND hash = ?", [(name, each) for each in versions])


def note_refused(connection: sqlite3.Connection, by: str, box_name: str, name: str, why: str, detail: str) -> None:
    """Remember what was not taken in, and why."""
    values = (by, box_name[:200], name[:200], why, detail[:200])
    added = connection.execute(
        "INSERT INTO sharing_refused (at, by, box_name, name, why, detail) VALUES (unixepoch(), ?, ?, ?, ?, ?)", values
    )
    connection.execute("DELETE FROM sharing_refused WHERE turn <= ?", ((added.lastrowid or 0) - MOST_REFUSED,))


def _one(connection: sqlite3.Connection, where: str, value: str) -> Shared | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM sharing WHERE {where}", (value,)).fetchone()  # noqa: S608 - our own
    return _shared(row) if row else None


def _shared(row: Sequence[object]) -> Shared:
    values = list(row)
    values[3] = bool(values[3])
    values[9] = msgspec.json.decode(str(values[9]), type=tuple[tuple[str, int], ...])
    return Shared(*values)  # type: ignore[arg-type] # as the table has them


def _other(row: Sequence[object]) -> Other:
    values = list(row)
    values[5] = msgspec.json.decode(str(values[5]), type=tuple[str, ...])
    values[6] = read_fields(str(values[6]))
    return Other(*values)  # type: ignore[arg-type]
