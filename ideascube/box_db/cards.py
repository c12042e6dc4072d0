"""Learners' cards and the phones that have one open. What opens a card is here only as a keyed hash (HMAC)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from content_packs.errors import NoSpace
from ideascube.box_db.days import days_so_far
from ideascube.box_db.secret import mac

MOST_CARDS = 5000
MOST_PHONES = 10  # that have one card open; the first is then closed


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens a card: five pictures in an order, as text, or the long secret of its square code."""

    pictures: str
    secret: str


def add_card(connection: sqlite3.Connection, key: bytes, keys: Keys) -> int | None:
    """A new card's number; None where these pictures are another card's. Raises NoSpace where there are too many."""
    _make_room(connection)
    values = (mac(key, "pictures", keys.pictures), mac(key, "secret", keys.secret), days_so_far(connection))
    added = connection.execute("INSERT OR IGNORE INTO card (pictures, secret, used) VALUES (?, ?, ?)", values)
    return added.lastrowid if added.rowcount else None


def _make_room(connection: sqlite3.Connection) -> None:
    """Of too many cards, those on which nothing was ever noted go first, the longest unused one before the others."""
    if connection.execute("SELECT count(*) FROM card").fetchone()[0] < MOST_CARDS:
        return
    empty = "SELECT id FROM card WHERE id NOT IN (SELECT card FROM card_place) ORDER BY used, id LIMIT 1"
    if not connection.execute(f"DELETE FROM card WHERE id IN ({empty})").rowcount:  # noqa: S608 - our own
        raise NoSpace(f"This box keeps {MOST_CARDS} cards, and no more: erase some that nobody uses.")


def change_keys(connection: sqlite3.Connection, key: bytes, card: int, keys: Keys) -> bool:
    """Give the card other pictures and another secret; False where these pictures are another card's."""
    values = (mac(key, "pictures", keys.pictures), mac(key, "secret", keys.secret), card)
    return bool(connection.execute("UPDATE OR IGNORE card SET pictures = ?, secret = ? WHERE id = ?", values).rowcount)


def card_by_pictures(connection: sqlite3.Connection, key: bytes, pictures: str) -> int | None:
    return _one(connection, "SELECT id FROM card WHERE pictures = ?", mac(key, "pictures", pictures))


def card_by_secret(connection: sqlite3.Connection, key: bytes, secret: str) -> int | None:
    return _one(connection, "SELECT id FROM card WHERE secret = ?", mac(key, "secret", secret))


def card_of_phone(connection: sqlite3.Connection, key: bytes, token: str) -> int | None:
    """The card that the phone with this cookie has open."""
    return _one(connection, "SELECT card FROM card_phone WHERE token = ?", mac(key, "phone", token))


def _one(connection: sqlite3.Connection, query: str, value: object) -> int | None:
    row = connection.execute(query, (value,)).fetchone()
    return int(row[0]) if row else None


def open_on_phone(connection: sqlite3.Connection, key: bytes, card: int, token: str) -> None:
    """Let the phone with this cookie have the card open."""
    turn = connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM card_phone WHERE card = ?", (card,)).fetchone()[0]
    connection.execute("INSERT INTO card_phone VALUES (?, ?, ?)", (mac(key, "phone", token), card, turn))
    oldest = "SELECT token FROM card_phone WHERE card = ? ORDER BY turn DESC LIMIT -1 OFFSET ?"
    connection.execute(f"DELETE FROM card_phone WHERE token IN ({oldest})", (card, MOST_PHONES))  # noqa: S608 - our own


def close_on_phone(connection: sqlite3.Connection, key: bytes, token: str) -> None:
    connection.execute("DELETE FROM card_phone WHERE token = ?", (mac(key, "phone", token),))


def close_on_phones(connection: sqlite3.Connection, card: int) -> None:
    connection.execute("DELETE FROM card_phone WHERE card = ?", (card,))


def touch(connection: sqlite3.Connection, card: int) -> None:
    """Note that the card is in use, to the day."""
    today = days_so_far(connection)
    connection.execute("UPDATE card SET used = ?1 WHERE id = ?2 AND used <> ?1", (today, card))


def is_touched(connection: sqlite3.Connection, card: int) -> bool:
    """Whether it is known that the card was used today."""
    return _one(connection, "SELECT used FROM card WHERE id = ?", card) == days_so_far(connection)


def erase(connection: sqlite3.Connection, card: int) -> None:
    """The card with everything on it."""
    connection.execute("DELETE FROM card WHERE id = ?", (card,))


def erase_unused(connection: sqlite3.Connection, days: int) -> int:
    """Erase the cards that were not used on the last `days` days on which the box ran; how many those were."""
    return connection.execute("DELETE FROM card WHERE used <= ?", (days_so_far(connection) - days,)).rowcount


def wipe(connection: sqlite3.Connection) -> None:
    """Take what was erased out of SQLite's write-ahead log as well, as far as nobody is reading in it."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
