"""Files on their way to the box: what was announced, whose it is, how far it came. The bytes are not here.

docs/formats/uploads.md says in which order rows and files are written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ideascube.box_db.days import days_so_far
from ideascube.box_db.random_ids import new_id
from ideascube.receiving.bounds import (
    BOUNDS,
    Bounds,
    check_open,
    check_room,
    check_size,
    days_left,
    is_expired,
    room_for_more,
)


class State(StrEnum):
    """How far an upload is."""

    RECEIVING = "receiving"
    WHOLE = "whole"  # every byte is there, and it is not yet known what it is
    ARRIVED = "arrived"  # it is in the media store
    REFUSED = "refused"


class Way(StrEnum):
    """How it comes: in pieces, which can go on, or by a form, which comes whole or not at all."""

    TUS = "tus"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Announced:
    """What somebody wants to send. `size`: bytes; `metadata`: as the sender wrote it, empty for a form."""

    person: int
    name: str
    size: int
    metadata: str = ""
    way: Way = Way.TUS


@dataclass(frozen=True, slots=True)
class Disk:
    """Of the disk that uploads are on: its bytes, those that are free, and those that came of each open upload."""

    size: int
    free: int
    received: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Upload:
    """A row of `upload`."""

    id: str
    turn: int
    person: int
    name: str
    size: int
    metadata: str
    way: Way
    state: State
    piece: int | None
    media: str
    problem: str
    day: int

    @property
    def is_open(self) -> bool:
        return self.state in (State.RECEIVING, State.WHOLE)


def begin_upload(connection: sqlite3.Connection, wanted: Announced, disk: Disk, bounds: Bounds = BOUNDS) -> Upload:
    """Raises Refused with nothing changed: too large, too many, or no room beside those that are on their way."""
    check_size(wanted.size, bounds)
    check_open(len(open_of(connection, wanted.person)), bounds)
    check_room(wanted.size, room_left(connection, disk))
    turn = connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM upload").fetchone()[0]
    upload = Upload(
        new_id(), turn, wanted.person, wanted.name, wanted.size, wanted.metadata, wanted.way,
        State.RECEIVING, None, "", "", days_so_far(connection),
    )  # fmt: skip
    values = tuple(getattr(upload, name) for name in Upload.__slots__)
    connection.execute(f"INSERT INTO upload VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 - our own
    return upload


def room_left(connection: sqlite3.Connection, disk: Disk) -> int:
    """Bytes that one more upload may have."""
    expected = sum(max(each.size - disk.received.get(each.id, 0), 0) for each in open_uploads(connection))
    return room_for_more(disk.free, disk.size, expected)


def load_upload(connection: sqlite3.Connection, upload_id: str, person: int | None = None) -> Upload | None:
    """None where there is none, or where it is somebody else's than `person`'s."""
    found = next(iter(_rows(connection, "id = ?", upload_id)), None)
    return found if found and person in (None, found.person) else None


def days_left_of(connection: sqlite3.Connection, upload: Upload) -> int:
    """On how many days the box runs before it is thrown away, if nothing more comes; -1 where those are over."""
    today = days_so_far(connection)
    return -1 if is_expired(upload.day, today) else days_left(upload.day, today)


def open_uploads(connection: sqlite3.Connection) -> list[Upload]:
    """Of everybody."""
    return list(_rows(connection, "state IN ('receiving', 'whole')"))


def open_of(connection: sqlite3.Connection, person: int) -> list[Upload]:
    """Of this person, the oldest first."""
    return list(_rows(connection, "person = ? AND state IN ('receiving', 'whole')", person))


def uploads_of(connection: sqlite3.Connection, person: int) -> list[Upload]:
    """Everything that their list shows, the newest first."""
    return list(reversed(list(_rows(connection, "person = ?", person))))


def _rows(connection: sqlite3.Connection, where: str, *values: object) -> Iterable[Upload]:
    columns = ", ".join(Upload.__slots__)
    query = f"SELECT {columns} FROM upload WHERE {where} ORDER BY turn"  # noqa: S608 - our own
    for row in connection.execute(query, values):
        named = dict(zip(Upload.__slots__, row, strict=True))
        yield Upload(**(named | {"way": Way(named["way"]), "state": State(named["state"])}))


def touch_upload(connection: sqlite3.Connection, upload_id: str) -> None:
    """Something of it came today."""
    today = days_so_far(connection)
    connection.execute("UPDATE upload SET day = ?1 WHERE id = ?2 AND day <> ?1", (today, upload_id))


def set_piece(connection: sqlite3.Connection, upload_id: str, begins: int | None) -> None:
    """A piece that is checked when it is whole begins there; None: what came is good. See docs/formats/uploads.md."""
    connection.execute("UPDATE upload SET piece = ? WHERE id = ?", (begins, upload_id))


def set_whole(connection: sqlite3.Connection, upload_id: str, size: int) -> None:
    """Everything came: of a form it is known only now how much that is."""
    values = (size, upload_id)
    connection.execute(
        "UPDATE upload SET state = 'whole', size = ?, piece = NULL WHERE id = ? AND state = 'receiving'", values
    )


def set_whole_all(connection: sqlite3.Connection, sizes: Mapping[str, int]) -> None:
    """All files of a form, by their ids: together or none."""
    for upload_id, size in sizes.items():
        set_whole(connection, upload_id, size)


def set_size(connection: sqlite3.Connection, upload_id: str, size: int) -> None:
    """Of a file in a form, once it has come."""
    connection.execute("UPDATE upload SET size = ? WHERE id = ?", (size, upload_id))


def set_arrived(connection: sqlite3.Connection, upload_id: str, media: str) -> None:
    connection.execute("UPDATE upload SET state = 'arrived', media = ? WHERE id = ?", (media, upload_id))


def set_refused(connection: sqlite3.Connection, upload_id: str, problem: str) -> None:
    connection.execute("UPDATE upload SET state = 'refused', problem = ? WHERE id = ?", (problem, upload_id))


def forget_upload(connection: sqlite3.Connection, upload_id: str) -> None:
    """The row; who calls it removes the file."""
    connection.execute("DELETE FROM upload WHERE id = ?", (upload_id,))


def forget_uploads(connection: sqlite3.Connection, upload_ids: Iterable[str]) -> None:
    connection.executemany("DELETE FROM upload WHERE id = ?", [(each,) for each in upload_ids])


def forget_old_uploads(connection: sqlite3.Connection, bounds: Bounds = BOUNDS) -> int:
    """Those of which nothing came for so long, and finished ones that nobody made anything of; how many those were."""
    today = days_so_far(connection)
    old = [(each.id,) for each in _rows(connection, "1") if is_expired(each.day, today, bounds)]
    connection.executemany("DELETE FROM upload WHERE id = ?", old)
    return len(old)


def keep_newest_finished(connection: sqlite3.Connection, person: int, bounds: Bounds = BOUNDS) -> None:
    """Of finished uploads the list shows so many; the media themselves are not touched."""
    connection.execute(
        "DELETE FROM upload WHERE id IN (SELECT id FROM upload WHERE person = ? AND state IN ('arrived', 'refused') "
        "ORDER BY turn DESC LIMIT -1 OFFSET ?)",
        (person, bounds.kept),
    )
