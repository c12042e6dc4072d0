"""The home page as it was arranged: each change is a row, the newest is worked on, the newest published one is shown.

Rows are never changed, so that one can go back: `before` is the turn that taking a change back leads to. What changes
and what it means is decided in `ideascube.arranging`. Format: docs/formats/box-db.md
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

KEPT_PUBLISHED = 20
KEPT_STEPS = 50  # changes, newest first, that can be taken back or compared with


@dataclass(frozen=True, slots=True)
class Row:
    """`body` as JSON, empty for the default; turn 0 is the default of a box that nobody arranged."""

    turn: int = 0
    body: str = ""
    published: bool = False
    before: int | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else changed it meanwhile: nothing was written. `now` is as it is, `then` as it was on the page."""

    now: Row
    then: Row


_COLUMNS = "SELECT turn, body, published, before, at FROM arrangement"


def newest(connection: sqlite3.Connection) -> Row:
    """What is worked on."""
    return _first(connection, f"{_COLUMNS} ORDER BY turn DESC LIMIT 1")


def shown(connection: sqlite3.Connection) -> Row:
    """What learners see."""
    return _first(connection, f"{_COLUMNS} WHERE published = 1 ORDER BY turn DESC LIMIT 1")


def row_of(connection: sqlite3.Connection, turn: int) -> Row | None:
    """The row of a turn, if it is still kept; turn 0 always is."""
    if turn == 0:
        return Row()
    found = connection.execute(f"{_COLUMNS} WHERE turn = ?", (turn,)).fetchone()
    return _row(found) if found else None


def published(connection: sqlite3.Connection) -> list[Row]:
    """What learners saw, the newest first."""
    return [_row(found) for found in connection.execute(f"{_COLUMNS} WHERE published = 1 ORDER BY turn DESC")]


def change(connection: sqlite3.Connection, turn: int, body: str, now: int) -> Row | Conflict:
    """Put `body` after the turn that the page showed. The same again, from a form sent twice, changes nothing."""
    newest_row = newest(connection)
    if newest_row.turn != turn:
        is_again = newest_row.before == turn and newest_row.body == body and not newest_row.published
        return newest_row if is_again else _conflict(connection, turn, newest_row)
    return newest_row if body == newest_row.body else _put(connection, Row(0, body, False, turn, now))


def take_back(connection: sqlite3.Connection, turn: int, now: int) -> Row | Conflict:
    """What was there before the last change, and so on back; unchanged where nothing before it is kept."""
    newest_row = newest(connection)
    if newest_row.turn != turn:
        return _conflict(connection, turn, newest_row)
    earlier = row_of(connection, newest_row.before) if newest_row.before is not None else None
    if earlier is None:
        return newest_row
    return _put(connection, Row(0, earlier.body, False, earlier.before, now))


def publish(connection: sqlite3.Connection, turn: int, now: int) -> Row | Conflict:
    """Show learners what is worked on. What is shown already stays as it is."""
    newest_row = newest(connection)
    if newest_row.turn != turn:
        is_again = newest_row.published and newest_row.before == turn
        return newest_row if is_again else _conflict(connection, turn, newest_row)
    if newest_row.body == shown(connection).body:
        return newest_row
    return _put(connection, Row(0, newest_row.body, True, turn, now))


def show_again(connection: sqlite3.Connection, turn: int, earlier: int, now: int) -> Row | Conflict:
    """Show learners what they saw at an earlier turn (0: the default); what was worked on is one step back."""
    newest_row = newest(connection)
    if newest_row.turn != turn:
        return _conflict(connection, turn, newest_row)
    wanted = row_of(connection, earlier)
    if wanted is None or wanted.body == newest_row.body == shown(connection).body:
        return newest_row
    return _put(connection, Row(0, wanted.body, True, turn, now))


def _put(connection: sqlite3.Connection, row: Row) -> Row:
    turn = int(connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM arrangement").fetchone()[0])
    values = (turn, row.body, int(row.published), row.before, row.at)
    connection.execute("INSERT INTO arrangement VALUES (?, ?, ?, ?, ?)", values)
    _forget(connection, 1, KEPT_PUBLISHED)
    _forget(connection, 0, KEPT_STEPS)
    return replace(row, turn=turn)


def _forget(connection: sqlite3.Connection, published: int, most: int) -> None:
    connection.execute(
        "DELETE FROM arrangement WHERE turn IN "
        "(SELECT turn FROM arrangement WHERE published = ? ORDER BY turn DESC LIMIT -1 OFFSET ?)",
        (published, most),
    )


def _conflict(connection: sqlite3.Connection, turn: int, now: Row) -> Conflict:
    """Where what the page showed is no longer kept, all that can be told is what is there now."""
    return Conflict(now, row_of(connection, turn) or now)


def _first(connection: sqlite3.Connection, query: str) -> Row:
    found = connection.execute(query).fetchone()
    return _row(found) if found else Row()


def _row(found: tuple[int, str, int, int | None, int]) -> Row:
    turn, body, is_published, before, at = found
    return Row(turn, body, bool(is_published), before, at)
