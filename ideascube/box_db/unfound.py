"""Searches that found nothing or little, counted: which ones, and on how many days. Never by whom, and never when.

A search is on the list only after DAYS different days had it. Before that its text is not on the disk at all, only a
keyed hash (HMAC) that tells whether it is the same search as another one, and whether the day is the same. The key lies
outside of the database, so that copies of the database cannot be tried with lists of words.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from dataclasses import dataclass
from typing import NamedTuple

from ideascube.box_db.database import transaction

DAYS = 3
FEW = 3  # results; fewer are few


class Most(NamedTuple):
    """How many searches are kept: those that wait for further days (some 100 bytes each), and those on the list."""

    pending: int = 20_000
    listed: int = 1000


MOST = Most()


@dataclass(frozen=True, slots=True)
class Unfound:
    """A search as it was typed, on how many days, and how many results it had the last time (0 to FEW - 1)."""

    text: str
    days: int
    results: int


@dataclass(frozen=True, slots=True)
class Search:
    """A search that found little: its text, the same folded, by which searches are compared, and its results."""

    text: str
    folded: str
    results: int


def note(connection: sqlite3.Connection, key: bytes, search: Search, day: str, most: Most = MOST) -> None:
    """Count a search for a `day`, which is any text that each day has another one of. Again on one day: no change."""
    mac = _mac(key, "search", search.folded)
    day_mac = _mac(key, "day", search.folded, day)
    if _is_counted(connection, mac, day_mac):
        return
    with transaction(connection):
        if not _is_counted(connection, mac, day_mac) and not _count_listed(connection, mac, day_mac, search):
            _count_pending(connection, mac, day_mac, search)
            _forget_oldest(connection, "unfound_pending", most.pending)
            _forget_oldest(connection, "unfound", most.listed)


def _mac(key: bytes, *parts: str) -> bytes:
    return hmac.digest(key, "\0".join(parts).encode("utf-8", "replace"), hashlib.sha256)[:16]


def _is_counted(connection: sqlite3.Connection, mac: bytes, day: bytes) -> bool:
    both = "SELECT day FROM unfound WHERE mac = ?1 UNION ALL SELECT day FROM unfound_pending WHERE mac = ?1"
    return any(known == day for (known,) in connection.execute(both, (mac,)))


def _count_listed(connection: sqlite3.Connection, mac: bytes, day: bytes, search: Search) -> bool:
    counted = connection.execute(
        "UPDATE unfound SET day = ?, days = days + 1, place = ?, results = ? WHERE mac = ?",
        (day, _next_place(connection, "unfound"), search.results, mac),
    )
    return counted.rowcount > 0


def _count_pending(connection: sqlite3.Connection, mac: bytes, day: bytes, search: Search) -> None:
    known = connection.execute("SELECT days FROM unfound_pending WHERE mac = ?", (mac,)).fetchone()
    days = known[0] + 1 if known else 1
    if days < DAYS:
        values = (mac, day, days, _next_place(connection, "unfound_pending"))
        connection.execute("INSERT OR REPLACE INTO unfound_pending VALUES (?, ?, ?, ?)", values)
        return
    connection.execute("DELETE FROM unfound_pending WHERE mac = ?", (mac,))
    listed = (mac, day, days, _next_place(connection, "unfound"), search.text, search.results)
    connection.execute("INSERT INTO unfound VALUES (?, ?, ?, ?, ?, ?)", listed)


def _next_place(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(place), 0) + 1 FROM {table}").fetchone()[0])  # noqa: S608 - our own


def _forget_oldest(connection: sqlite3.Connection, table: str, most: int) -> None:
    connection.execute(
        f"DELETE FROM {table} WHERE mac IN (SELECT mac FROM {table} ORDER BY place DESC LIMIT -1 OFFSET ?)",  # noqa: S608
        (most,),
    )


def listed(connection: sqlite3.Connection) -> list[Unfound]:
    """The list, what most days had first."""
    rows = connection.execute("SELECT text, days, results FROM unfound ORDER BY days DESC, text")
    return [Unfound(*row) for row in rows]


def pending(connection: sqlite3.Connection) -> int:
    """How many searches fewer days had."""
    return int(connection.execute("SELECT count(*) FROM unfound_pending").fetchone()[0])
