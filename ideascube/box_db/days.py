"""The days on which the box ran, counted: what "unused for a year" is measured by.

A box has no clock that one can trust: it may start in 1970 and be in 2041 a minute later. So no difference between two
dates is ever taken. A date that was not there before is one more day; a clock that jumps makes one day, not years, and
one that stands still makes none.
"""

from __future__ import annotations

import sqlite3

from ideascube.box_db.database import transaction

_KEPT = 4000  # dates; the oldest are forgotten


def count_day(connection: sqlite3.Connection, day: str) -> int:
    """The number of `day`, which is the newest unless it was counted before; in any case the count so far."""
    if _is_counted(connection, day):
        return days_so_far(connection)
    with transaction(connection):
        if not _is_counted(connection, day):
            number = days_so_far(connection) + 1
            connection.execute("INSERT INTO box_day VALUES (?, ?)", (day, number))
            connection.execute("DELETE FROM box_day WHERE number <= ?", (number - _KEPT,))
    return days_so_far(connection)


def _is_counted(connection: sqlite3.Connection, day: str) -> bool:
    return connection.execute("SELECT 1 FROM box_day WHERE day = ?", (day,)).fetchone() is not None


def days_so_far(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM box_day").fetchone()[0])
