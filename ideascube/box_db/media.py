"""Files that people brought, as rows: what came, how far it is, what was made of it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from content_packs.errors import NoSpace
from ideascube.box_db.creation_index import note_media_change
from ideascube.box_db.days import days_so_far
from ideascube.box_media.model import Kind, Made, Media, State, decode_made, encode_made

MOST = 100_000  # files of one box

_RUNNING = "SELECT 1 FROM job WHERE job.kind = 'convert' AND job.about = media.id AND job.state = 'running'"
_COLUMNS = (
    "id, turn, media.kind, name, size, mimetype, "
    f"CASE WHEN media.state = 'waiting' AND EXISTS ({_RUNNING}) THEN 'working' ELSE media.state END, "
    "media.problem, made, original, media.at, by"
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is known of a file that has just come. `original`: the name that it gets in its folder."""

    id: str
    kind: Kind
    name: str
    size: int
    mimetype: str
    original: str


def load_media(connection: sqlite3.Connection, media_id: str) -> Media | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM media WHERE id = ?", (media_id,)).fetchone()  # noqa: S608 - our own
    return None if row is None else _media(row)


def load_several(connection: sqlite3.Connection, media_ids: list[str]) -> dict[str, Media]:
    """Those of them that there are, by their ids."""
    found = (load_media(connection, media_id) for media_id in media_ids)
    return {media.id: media for media in found if media is not None}


def list_media(connection: sqlite3.Connection, by: int | None, offset: int, limit: int) -> list[Media]:
    """What came last, first; `by`: only what this account brought."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM media WHERE ?1 IS NULL OR by = ?1 ORDER BY turn DESC LIMIT ?2 OFFSET ?3",  # noqa: S608
        (by, limit, offset),
    )
    return [_media(row) for row in rows]


def count_media(connection: sqlite3.Connection, by: int | None) -> int:
    return int(connection.execute("SELECT count(*) FROM media WHERE ?1 IS NULL OR by = ?1", (by,)).fetchone()[0])


def _media(row: tuple[Any, ...]) -> Media:
    media_id, turn, kind, name, size, mimetype, state, problem, made, original, at, by = row
    return Media(
        *(media_id, turn, Kind(kind), name, size, mimetype),
        *(State(state), problem, decode_made(made), original, at, by),
    )


def add_media(connection: sqlite3.Connection, arrived: Arrived, by: int) -> None:
    """Raises NoSpace where a box has more files than it can look after."""
    if count_media(connection, None) >= MOST:
        raise NoSpace(f"This box keeps {MOST} files, and no more: remove some that nobody uses.")
    turn = connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM media").fetchone()[0]
    connection.execute(
        "INSERT INTO media (id, turn, kind, name, size, mimetype, state, problem, made, original, at, by, unused)"
        " VALUES (?, ?, ?, ?, ?, ?, 'waiting', '', ?, ?, ?, ?, ?)",
        (
            *(arrived.id, turn, arrived.kind, arrived.name, arrived.size, arrived.mimetype, encode_made(Made())),
            *(arrived.original, int(time.time()), by, max(days_so_far(connection), 1)),
        ),
    )


def make_ready(connection: sqlite3.Connection, media_id: str, kind: Kind, made: Made) -> None:
    """What was made is in its place. `kind`: what the file turned out to be."""
    connection.execute(
        "UPDATE media SET state = 'ready', problem = '', kind = ?, made = ? WHERE id = ?",
        (kind, encode_made(made), media_id),
    )
    connection.execute("DELETE FROM sharing_media WHERE media = ? AND NOT came", (media_id,))  # other bytes
    note_media_change(connection, media_id)  # searches find what is said and written in it from now on


def make_failed(connection: sqlite3.Connection, media_id: str, problem: str) -> None:
    connection.execute("UPDATE media SET state = 'failed', problem = ? WHERE id = ?", (problem, media_id))


def make_waiting(connection: sqlite3.Connection, media_id: str) -> None:
    """It is to be tried again."""
    connection.execute("UPDATE media SET state = 'waiting', problem = '' WHERE id = ?", (media_id,))


def forget_original(connection: sqlite3.Connection, media_id: str) -> None:
    """What came is dropped, what was made stays."""
    connection.execute("UPDATE media SET original = '' WHERE id = ?", (media_id,))


def remove_media(connection: sqlite3.Connection, media_id: str) -> None:
    connection.execute("DELETE FROM media WHERE id = ?", (media_id,))


# Clearing


class FileRow(NamedTuple):
    """What has to be on the disk for a file: what came, and what was made."""

    original: str
    is_ready: bool


def rows_of_files(connection: sqlite3.Connection) -> dict[str, FileRow]:
    """Of all files, by their ids."""
    rows = connection.execute("SELECT id, original, state = 'ready' FROM media")
    return {media_id: FileRow(original, bool(is_ready)) for media_id, original, is_ready in rows}


def mark_unused(connection: sqlite3.Connection, in_use: Collection[str], day: int) -> None:
    """Note since which day nothing uses a file. `in_use`: the ids of those that something does."""
    connection.execute("CREATE TEMP TABLE in_use (id TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.executemany("INSERT INTO in_use VALUES (?)", ((media_id,) for media_id in in_use))
    connection.execute("UPDATE media SET unused = 0 WHERE unused <> 0 AND id IN (SELECT id FROM in_use)")
    connection.execute("UPDATE media SET unused = ? WHERE unused = 0 AND id NOT IN (SELECT id FROM in_use)", (day,))
    connection.execute("DROP TABLE in_use")


def unused_since(connection: sqlite3.Connection, day: int) -> list[str]:
    """The ids of files that nothing uses since this day, or longer."""
    return [str(row[0]) for row in connection.execute("SELECT id FROM media WHERE unused BETWEEN 1 AND ?", (day,))]
