"""The places on a card: a bounded number, the oldest go first."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from ideascube.progress.places import Key, Place, as_kind, merged, without_oldest

MOST_PLACES = 500

_COLUMNS = 'kind, pack, path, at, "of", title, day'


def places_of(connection: sqlite3.Connection, card: int) -> list[Place]:
    """Oldest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM card_place WHERE card = ? ORDER BY turn", (card,))  # noqa: S608
    return [Place(kind, *rest) for name, *rest in rows if (kind := as_kind(name)) is not None]


def put_place(connection: sqlite3.Connection, card: int, place: Place, most: int = MOST_PLACES) -> None:
    """Keep the place as the card's newest."""
    kept = merged(_place(connection, card, place.key), place)
    turn = connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM card_place WHERE card = ?", (card,)).fetchone()[0]
    values = (card, kept.kind, kept.pack, kept.path, kept.at, kept.of, kept.title, kept.day, turn)
    connection.execute("INSERT OR REPLACE INTO card_place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    _drop_oldest(connection, card, most)


def put_places(connection: sqlite3.Connection, card: int, places: Sequence[Place]) -> None:
    """Keep several, given oldest first."""
    for place in places:
        put_place(connection, card, place)


def drop_place(connection: sqlite3.Connection, card: int, key: Key) -> None:
    connection.execute("DELETE FROM card_place WHERE card = ? AND kind = ? AND pack = ? AND path = ?", (card, *key))


def _place(connection: sqlite3.Connection, card: int, key: Key) -> Place | None:
    query = f"SELECT {_COLUMNS} FROM card_place WHERE card = ? AND kind = ? AND pack = ? AND path = ?"  # noqa: S608
    row = connection.execute(query, (card, *key)).fetchone()
    return Place(*row) if row else None


def _drop_oldest(connection: sqlite3.Connection, card: int, most: int) -> None:
    if connection.execute("SELECT count(*) FROM card_place WHERE card = ?", (card,)).fetchone()[0] <= most:
        return
    places = places_of(connection, card)
    left = {place.key for place in without_oldest(places)}
    for place in places:
        if place.key not in left:
            drop_place(connection, card, place.key)
