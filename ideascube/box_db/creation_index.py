"""What the box's own index needs to know of creations: which of them changed, what is due, what has a last day."""

from __future__ import annotations

import sqlite3

import msgspec


def latest_change(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(change), 0) FROM creation_change").fetchone()[0])


def changed_since(connection: sqlite3.Connection, change: int) -> list[str]:
    """Those that changed for readers after that, also those that are there no longer."""
    return _ids(connection, "SELECT creation FROM creation_change WHERE change > ? ORDER BY change", change)


def shown_ids(connection: sqlite3.Connection) -> list[str]:
    """All that readers see."""
    return _ids(connection, "SELECT creation FROM creation_face WHERE shown = 1")


def with_end(connection: sqlite3.Connection) -> list[str]:
    """Notices that readers see and that have a last day."""
    return _ids(connection, "SELECT creation FROM creation_face WHERE shown = 1 AND ends <> ''")


def next_due(connection: sqlite3.Connection) -> int | None:
    """When the next one is to be published, seconds since 1970; None where none is."""
    found = connection.execute("SELECT min(publish_at) FROM creation WHERE publish_at IS NOT NULL").fetchone()[0]
    return None if found is None else int(found)


def note_change(connection: sqlite3.Connection, creation: str) -> None:
    """Have the box's own index look at it again."""
    grown = "INSERT OR REPLACE INTO creation_change SELECT ?, coalesce(max(change), 0) + 1 FROM creation_change"
    connection.execute(grown, (creation,))


def note_media_change(connection: sqlite3.Connection, media: str) -> None:
    """The same for all that readers see and that use a file: its words are ready now."""
    query = (
        "SELECT id FROM creation JOIN creation_media ON creation = id AND version = shown WHERE media = ? GROUP BY id"
    )
    for creation in _ids(connection, query, media):
        note_change(connection, creation)


def tag_words(connection: sqlite3.Connection, tags: tuple[str, ...]) -> list[str]:
    """The names of tags in all languages: what is tagged is found by them."""
    return _ids(
        connection,
        "SELECT name FROM tag_name WHERE tag IN (SELECT value FROM json_each(?)) ORDER BY tag, language",
        msgspec.json.encode(tags).decode(),
    )


def _ids(connection: sqlite3.Connection, query: str, *values: object) -> list[str]:
    return [str(row[0]) for row in connection.execute(query, values)]
