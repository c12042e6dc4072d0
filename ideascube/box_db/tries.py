"""Tries that were wrong, counted for all web workers and over restarts; by whom is here only as a keyed hash.

Of cards, of passwords, of the code of the first start: what is tried says which counts it raises, and their limits.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ideascube.box_db.secret import mac
from ideascube.throttle import Level, Limit, level_at, raised, wait_left

_MOST = 2000  # counts; more are some attacker's, whom the counts of many addresses together hold up
_SLOWEST = Limit(0, 1800)  # the longest time in which any limit forgives one try


@dataclass(frozen=True, slots=True)
class Count:
    """One count that a try raises: of an address, of an account, of the whole box (`of` is empty then)."""

    limit: Limit
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tries:
    """Those of one deed (`enter`, `take`, `sign-in`): each of its counts must allow the next one."""

    deed: str
    counts: tuple[Count, ...]

    def who(self, key: bytes) -> tuple[bytes, ...]:
        return tuple(mac(key, "try", self.deed, *count.of) for count in self.counts)


def seconds_to_wait(connection: sqlite3.Connection, key: bytes, tries: Tries, now: int) -> int:
    """0 where one more try may be made now. To be asked in the transaction in which the try is counted."""
    levels = [_level(connection, who, now) for who in tries.who(key)]
    return max(wait_left(level, now, count.limit) for level, count in zip(levels, tries.counts, strict=True))


def count_try(connection: sqlite3.Connection, key: bytes, tries: Tries, now: int) -> None:
    for who, count in zip(tries.who(key), tries.counts, strict=True):
        level = raised(_level(connection, who, now), now, count.limit)
        connection.execute("INSERT OR REPLACE INTO wrong_try VALUES (?, ?, ?)", (who, level.level, level.at))
    _forget_oldest(connection, tries.who(key))


def uncount_try(connection: sqlite3.Connection, key: bytes, tries: Tries) -> None:
    """Take back the last try: it was counted before it was known whether it is right, and it was."""
    for who in tries.who(key):
        connection.execute("UPDATE wrong_try SET level = max(0, level - 1) WHERE who = ?", (who,))


def forget_tries(connection: sqlite3.Connection, key: bytes, tries: Tries) -> None:
    for who in tries.who(key):
        connection.execute("DELETE FROM wrong_try WHERE who = ?", (who,))


def _level(connection: sqlite3.Connection, who: bytes, now: int) -> Level:
    """A try in the future was made before the clock was set back: from now on it counts as made now."""
    row = connection.execute("SELECT level, at FROM wrong_try WHERE who = ?", (who,)).fetchone()
    level = Level(*row) if row else Level()
    if level.at > now:
        level = replace(level, at=now)
        connection.execute("UPDATE wrong_try SET at = ? WHERE who = ?", (now, who))
    return level


def _forget_oldest(connection: sqlite3.Connection, of_now: Sequence[bytes]) -> None:
    marks = ", ".join("?" * len(of_now))
    oldest = f"SELECT who FROM wrong_try WHERE who NOT IN ({marks}) ORDER BY at DESC LIMIT -1 OFFSET ?"  # noqa: S608
    connection.execute(f"DELETE FROM wrong_try WHERE who IN ({oldest})", (*of_now, _MOST))  # noqa: S608 - our own


def forget_forgiven(connection: sqlite3.Connection, now: int) -> None:
    """Drop what time has forgiven: no address stays longer than its tries count."""
    rows = connection.execute("SELECT who, level, at FROM wrong_try").fetchall()
    gone = [(who,) for who, level, at in rows if level_at(Level(level, at), now, _SLOWEST) <= 0]
    connection.executemany("DELETE FROM wrong_try WHERE who = ?", gone)
