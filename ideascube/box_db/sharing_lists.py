"""What the workspace shows of sharing: what leaves, what came, what is to be put together, what was refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from ideascube.box_db.creation_lists import Listing, listings
from ideascube.sharing.counters import are_sent

MOST = 200  # lines of one list

_LISTS = {
    # Of each: the rows that belong to it, those that changed last first.
    "beside": "creation IS NOT NULL AND name IN (SELECT name FROM sharing_other)",
    "leaving": "is_shared AND creation IS NOT NULL",
    "came": "box_name <> '' AND creation IS NOT NULL",
}


@dataclass(frozen=True, slots=True)
class SharingLine:
    """A creation at its newest version; `box_name`: of the box on which it was made, or which changed it as well.

    `is_ready`: what readers see of it lies ready to leave.
    """

    listing: Listing
    box_name: str
    is_ready: bool


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """`at`: seconds since 1970. `why` and `detail`: as in `sharing.refusals`."""

    at: int
    box_name: str
    name: str
    why: str
    detail: str


@dataclass(frozen=True, slots=True)
class Overview:
    """`counters`: whether a few numbers about the box are sent once a day. `totals`: how many each list has in all."""

    beside: list[SharingLine]
    leaving: list[SharingLine]
    came: list[SharingLine]
    refused: list[RefusedLine]
    totals: dict[str, int]
    counters: bool


def overview(connection: sqlite3.Connection) -> Overview:
    lists = {name: _lines(connection, name) for name in _LISTS}
    totals = {name: _count(connection, where) for name, where in _LISTS.items()}
    return Overview(**lists, refused=_refused(connection), totals=totals, counters=are_sent(connection))


def count_beside(connection: sqlite3.Connection) -> int:
    """Creations that were changed here and elsewhere. What two other boxes changed is for these to put together."""
    query = (
        "SELECT count(*) FROM sharing JOIN creation ON creation.id = sharing.creation "
        "WHERE name IN (SELECT name FROM sharing_other) AND (by = '' OR newest <> sharing.version)"
    )
    return int(connection.execute(query).fetchone()[0])


def boxes_of(connection: sqlite3.Connection, creations: Iterable[str]) -> dict[str, str]:
    """What the boxes call themselves on which these were made, by their ids; what was made here is left out."""
    query = (
        "SELECT creation, box_name FROM sharing WHERE box_name <> '' AND creation IN (SELECT value FROM json_each(?))"
    )
    return dict(connection.execute(query, (msgspec.json.encode([*creations]).decode(),)).fetchall())


def _lines(connection: sqlite3.Connection, name: str) -> list[SharingLine]:
    other = "(SELECT box_name FROM sharing_other o WHERE o.name = sharing.name ORDER BY o.turn LIMIT 1)"
    box = f"coalesce({other}, '')" if name == "beside" else "box_name"
    query = (
        f"SELECT creation, {box}, version, parcel <> '' FROM sharing WHERE {_LISTS[name]} ORDER BY turn DESC LIMIT ?"  # noqa: S608
    )
    rows = connection.execute(query, (MOST,)).fetchall()
    found = listings(connection, [row[0] for row in rows if row[0]], shown=False)
    return [
        SharingLine(found[creation], box_name, bool(sent) and version == found[creation].shown)
        for creation, box_name, version, sent in rows
        if creation in found
    ]


def _count(connection: sqlite3.Connection, where: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM sharing WHERE {where}").fetchone()[0])  # noqa: S608 - our own


def _refused(connection: sqlite3.Connection) -> list[RefusedLine]:
    rows = connection.execute(
        "SELECT at, iif(box_name = '', by, box_name), name, why, detail FROM sharing_refused "
        "ORDER BY turn DESC LIMIT 20"
    )
    return [RefusedLine(*row) for row in rows]
