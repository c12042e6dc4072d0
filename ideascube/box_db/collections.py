"""Collections and their editions in the box's database. Each function is a deed for one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from content_packs.errors import BadInput, NoSpace
from ideascube.collecting.model import (
    MOST,
    MOST_EDITIONS,
    MOST_MEMBERS,
    About,
    Collection,
    Edition,
    EditionState,
    Held,
    Member,
)

_EDITION = "collection, number, state, day, holds, notes, size, sha256"


def add_collection(connection: sqlite3.Connection, collection: Collection) -> None:
    """A new one. Raises NoSpace where there are too many; one of this id changes nothing, for a form came twice."""
    if connection.execute("SELECT count(*) FROM collection").fetchone()[0] >= MOST:
        raise NoSpace(f"This box has {MOST} collections, and no more: use one of those that nobody needs for this.")
    values = (collection.id, collection.pack, collection.state, *_written(collection), 1, _next_turn(connection))
    connection.execute("INSERT OR IGNORE INTO collection VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def load_collection(connection: sqlite3.Connection, collection_id: str) -> Collection | None:
    row = connection.execute("SELECT * FROM collection WHERE id = ?", (collection_id,)).fetchone()
    return _collection(connection, row) if row else None


def list_collections(connection: sqlite3.Connection) -> list[Collection]:
    """All, the one that was changed last first."""
    rows = connection.execute("SELECT * FROM collection ORDER BY turn DESC").fetchall()
    return [_collection(connection, row) for row in rows]


def save_collection(connection: sqlite3.Connection, collection: Collection) -> bool:
    """Keep what it says of itself, not its members; False, and nothing changed, where its version is not this one."""
    changed = connection.execute(
        "UPDATE collection SET language = ?, texts = ?, licence = ?, cover = ?, version = version + 1, turn = ? "
        "WHERE id = ? AND version = ?",
        (*_written(collection), _next_turn(connection), collection.id, collection.version),
    )
    return bool(changed.rowcount)


def set_state(connection: sqlite3.Connection, collection_id: str, state: str) -> None:
    connection.execute(
        "UPDATE collection SET state = ?, version = version + 1, turn = ? WHERE id = ?",
        (state, _next_turn(connection), collection_id),
    )


def add_members(connection: sqlite3.Connection, collection_id: str, members: Iterable[Member]) -> None:
    """At the end, in this order; those that are in it stay where they are. Raises BadInput beyond MOST_MEMBERS."""
    query = "SELECT count(*), coalesce(max(place), 0) FROM collection_member WHERE collection = ?"
    count, place = connection.execute(query, (collection_id,)).fetchone()
    for step, member in enumerate(members, 1):
        row = (collection_id, member.kind, member.id, place + step)
        count += connection.execute("INSERT OR IGNORE INTO collection_member VALUES (?, ?, ?, ?)", row).rowcount
    if count > MOST_MEMBERS:
        raise BadInput(f"A collection holds {MOST_MEMBERS} things at most: make a second one.")
    _changed(connection, collection_id)


def remove_member(connection: sqlite3.Connection, collection_id: str, member: Member) -> None:
    query = "DELETE FROM collection_member WHERE collection = ? AND kind = ? AND member = ?"
    connection.execute(query, (collection_id, *member))
    _changed(connection, collection_id)


def order_members(connection: sqlite3.Connection, collection_id: str, members: Sequence[Member]) -> None:
    """Put its members in this order; what is not a member is passed over."""
    query = "UPDATE collection_member SET place = ? WHERE collection = ? AND kind = ? AND member = ?"
    connection.executemany(query, [(place, collection_id, *member) for place, member in enumerate(members, 1)])
    _changed(connection, collection_id)


def begin_edition(connection: sqlite3.Connection, collection_id: str, today: str) -> Edition | None:
    """The next edition, which is to be built; None where one is being built already."""
    before = editions(connection, collection_id)
    if any(edition.state == "building" for edition in before):
        return None
    number = before[0].number + 1 if before else 1
    day = max([today, *(edition.day for edition in before)])
    new = Edition(collection_id, number, "building", day, (), (), 0, "")
    connection.execute(
        "INSERT INTO edition VALUES (?, ?, ?, ?, '[]', '[]', 0, '')", (collection_id, number, "building", day)
    )
    oldest = "DELETE FROM edition WHERE collection = ? AND number <= ?"
    connection.execute(oldest, (collection_id, number - MOST_EDITIONS))
    return new


def finish_edition(connection: sqlite3.Connection, edition: Edition) -> None:
    """Keep what came of it: its state, what it holds, notes, size and hash."""
    connection.execute(
        "UPDATE edition SET state = ?, holds = ?, notes = ?, size = ?, sha256 = ? WHERE collection = ? AND number = ?",
        (
            edition.state, json.dumps(edition.holds), json.dumps(edition.notes), edition.size, edition.sha256,
            edition.collection, edition.number,
        ),
    )  # fmt: skip


def edition_failed(connection: sqlite3.Connection, collection_id: str, problem: str) -> None:
    """Write down why the edition that was begun could not be built."""
    for edition in editions(connection, collection_id):
        if edition.state == "building":
            finish_edition(connection, replace(edition, state="failed", notes=(problem,)))


def withdraw_editions(connection: sqlite3.Connection, collection_id: str) -> None:
    """None of them is given out any more."""
    query = "UPDATE edition SET state = 'withdrawn' WHERE collection = ? AND state IN ('published', 'building')"
    connection.execute(query, (collection_id,))


def editions(connection: sqlite3.Connection, collection_id: str) -> list[Edition]:
    """The newest first."""
    query = f"SELECT {_EDITION} FROM edition WHERE collection = ? ORDER BY number DESC"  # noqa: S608 - our own columns
    return [_edition(row) for row in connection.execute(query, (collection_id,))]


def latest_editions(connection: sqlite3.Connection) -> dict[str, Edition]:
    """Of each collection that has any, the newest one, by the collection's id."""
    query = f"SELECT {_EDITION}, max(number) FROM edition GROUP BY collection"  # noqa: S608 - our own columns
    return {row[0]: _edition(row[:-1]) for row in connection.execute(query)}


def _written(collection: Collection) -> tuple[str, str, str, str]:
    texts = json.dumps(collection.texts, ensure_ascii=False)
    return collection.language, texts, collection.licence, collection.cover


def _collection(connection: sqlite3.Connection, row: Sequence[Any]) -> Collection:
    query = "SELECT kind, member FROM collection_member WHERE collection = ? ORDER BY place, kind, member"
    members = tuple(Member(*found) for found in connection.execute(query, (row[0],)))
    texts: Mapping[str, Sequence[str]] = json.loads(row[4])
    about = {language: About(*text) for language, text in texts.items()}
    return Collection(row[0], row[1], row[2], row[3], about, row[5], row[6], row[7], members)


def _edition(row: Sequence[Any]) -> Edition:
    state: EditionState = row[2]
    holds = tuple(Held(*held) for held in json.loads(row[4]))
    return Edition(row[0], row[1], state, row[3], holds, tuple(json.loads(row[5])), row[6], row[7])


def _changed(connection: sqlite3.Connection, collection_id: str) -> None:
    query = "UPDATE collection SET version = version + 1, turn = ? WHERE id = ?"
    connection.execute(query, (_next_turn(connection), collection_id))


def _next_turn(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM collection").fetchone()[0])
