"""Wrong tries at cards, counted for all web workers and over restarts; by whom is here only as a keyed hash."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ideascube.box_db.cards import mac
from ideascube.progress.throttle import ENTERING, TAKING, Level, Limit, level_at, raised, wait_left

_MOST = 2000  # addresses; more are some attacker's, whom the box's own level holds up


@dataclass(frozen=True, slots=True)
class Tries:
    """Those of one deed (`enter`, `take`) from one address, and of the box as a whole."""

    deed: str
    limits: tuple[Limit, Limit]
    address: str

    def who(self, key: bytes) -> tuple[bytes, bytes]:
        return mac(key, "try", self.deed, self.address), mac(key, "try", self.deed)


def entering(address: str) -> Tries:
    return Tries("enter", ENTERING, address)


def taking(address: str) -> Tries:
    return Tries("take", TAKING, address)


def seconds_to_wait(connection: sqlite3.Connection, key: bytes, tries: Tries, now: int) -> int:
    """0 where one more try may be made now. To be asked in the transaction in which the try is counted."""
    levels = [_level(connection, who, now) for who in tries.who(key)]
    return max(wait_left(level, now, limit) for level, limit in zip(levels, tries.limits, strict=True))


def count_try(connection: sqlite3.Connection, key: bytes, tries: Tries, now: int) -> None:
    for who, limit in zip(tries.who(key), tries.limits, strict=True):
        level = raised(_level(connection, who, now), now, limit)
        connection.execute("INSERT OR REPLACE INTO card_try VALUES (?, ?, ?)", (who, level.level, level.at))
    _forget_oldest(connection, tries.who(key))


def _level(connection: sqlite3.Connection, who: bytes, now: int) -> Level:
    """A try in the future was made before the clock was set back: from now on it counts as made now."""
    row = connection.execute("SELECT level, at FROM card_try WHERE who = ?", (who,)).fetchone()
    level = Level(*row) if row else Level()
    if level.at > now:
        level = replace(level, at=now)
        connection.execute("UPDATE card_try SET at = ? WHERE who = ?", (now, who))
    return level


def _forget_oldest(connection: sqlite3.Connection, of_now: Sequence[bytes]) -> None:
    oldest = "SELECT who FROM card_try WHERE who NOT IN (?, ?) ORDER BY at DESC LIMIT -1 OFFSET ?"
    connection.execute(f"DELETE FROM card_try WHERE who IN ({oldest})", (*of_now, _MOST))  # noqa: S608 - our own


def forget_forgiven(connection: sqlite3.Connection, now: int) -> None:
    """Drop what time has forgiven: no address stays longer than its tries count."""
    slowest = max((*ENTERING, *TAKING), key=lambda limit: limit.forgiven)
    rows = connection.execute("SELECT who, level, at FROM card_try").fetchall()
    gone = [(who,) for who, level, at in rows if level_at(Level(level, at), now, slowest) <= 0]
    connection.executemany("DELETE FROM card_try WHERE who = ?", gone)
