"""The deed log: who did what to the library and to accounts. Bounded; the oldest deeds are dropped first.

What deeds there are, and how a page words them: `ideascube.people.deeds`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection
from dataclasses import dataclass

MOST_DEEDS = 10_000
_LONGEST = 200  # characters of what a deed is about


@dataclass(frozen=True, slots=True)
class LoggedDeed:
    """`name`: the person's as it was; empty for the command line. `at`: seconds since 1970, as the clock said."""

    turn: int
    at: int
    name: str
    deed: str
    about: str


def log_deed(connection: sqlite3.Connection, person_id: int | None, deed: str, about: str) -> None:
    """Write the deed down, in the transaction in which it is done. `person_id`: None for the command line."""
    row = connection.execute("SELECT name FROM person WHERE id = ?", (person_id,)).fetchone()
    values = (int(time.time()), person_id, row[0] if row else "", deed, about[:_LONGEST])
    added = connection.execute("INSERT INTO deed (at, person, name, deed, about) VALUES (?, ?, ?, ?, ?)", values)
    connection.execute("DELETE FROM deed WHERE turn <= ?", ((added.lastrowid or 0) - MOST_DEEDS,))


def deeds(
    connection: sqlite3.Connection, names: Collection[str], before: int | None = None, most: int = 50
) -> list[LoggedDeed]:
    """Deeds of these names, the newest first; `before`: only those with a smaller turn."""
    marks = ", ".join("?" * len(names))
    rows = connection.execute(
        f"SELECT turn, at, name, deed, about FROM deed WHERE deed IN ({marks}) AND turn < ? "  # noqa: S608 - our own
        "ORDER BY turn DESC LIMIT ?",
        (*names, before if before is not None else 2**62, most),
    )
    return [LoggedDeed(*row) for row in rows]
