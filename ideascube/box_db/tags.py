"""Tags in the database. Versions keep the id of one that is gone; what is loaded has those that there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

import msgspec

from content_packs.errors import NoSpace
from ideascube.box_db.creation_index import note_change
from ideascube.box_db.random_ids import new_id
from ideascube.creations.tags import MOST, Tag


def list_tags(connection: sqlite3.Connection) -> list[Tag]:
    """All of them, in their order."""
    names: dict[str, dict[str, str]] = {}
    for tag, language, name in connection.execute("SELECT tag, language, name FROM tag_name ORDER BY tag, language"):
        names.setdefault(tag, {})[language] = name
    uses = dict(connection.execute("SELECT tag, count(*) FROM creation_tag WHERE shown = 0 GROUP BY tag"))
    rows = connection.execute("SELECT id FROM tag ORDER BY place, id")
    return [Tag(tag, names.get(tag, {}), uses.get(tag, 0)) for (tag,) in rows]


def present_tags(connection: sqlite3.Connection, tags: Sequence[str]) -> tuple[str, ...]:
    """Those of them that there are; in the place of one that was merged the one that it was merged into."""
    if not tags:
        return ()
    rows = connection.execute(
        "SELECT coalesce(merged.tag, asked.value) FROM json_each(?) AS asked LEFT JOIN tag_merged AS merged "
        "ON merged.gone = asked.value JOIN tag ON tag.id = coalesce(merged.tag, asked.value) ORDER BY asked.key",
        (msgspec.json.encode(tags).decode(),),
    )
    return tuple(dict.fromkeys(str(tag) for (tag,) in rows))


def add_tag(connection: sqlite3.Connection, names: Mapping[str, str]) -> str:
    """The id of a new one, the last in the order. Raises NoSpace where there are too many."""
    if connection.execute("SELECT count(*) FROM tag").fetchone()[0] >= MOST:
        raise NoSpace(f"There are {MOST} subjects, and no more: merge or remove some.")
    tag = new_id()
    connection.execute("INSERT INTO tag SELECT ?, coalesce(max(place), 0) + 1 FROM tag", (tag,))
    _put_names(connection, tag, names)
    return tag


def rename_tag(connection: sqlite3.Connection, tag: str, names: Mapping[str, str]) -> bool:
    """Give it these names and no others; False where there is no such tag."""
    if not _is_there(connection, tag):
        return False
    connection.execute("DELETE FROM tag_name WHERE tag = ?", (tag,))
    _put_names(connection, tag, names)
    _note(connection, tag)
    return True


def merge_tags(connection: sqlite3.Connection, gone: str, into: str) -> bool:
    """Let everything that has the one have the other instead; False where one of them is not there."""
    if gone == into or not _is_there(connection, gone) or not _is_there(connection, into):
        return False
    connection.execute(
        "INSERT OR IGNORE INTO creation_tag (creation, shown, tag) SELECT creation, shown, ? FROM creation_tag "
        "WHERE tag = ?",
        (into, gone),
    )
    connection.execute("UPDATE tag_merged SET tag = ? WHERE tag = ?", (into, gone))
    connection.execute("INSERT INTO tag_merged VALUES (?, ?)", (gone, into))
    remove_tag(connection, gone)
    _note(connection, into)
    return True


def remove_tag(connection: sqlite3.Connection, tag: str) -> bool:
    """Take it from everything that has it; False where there is no such tag."""
    _note(connection, tag)
    connection.execute("DELETE FROM creation_tag WHERE tag = ?", (tag,))
    return bool(connection.execute("DELETE FROM tag WHERE id = ?", (tag,)).rowcount)


def move_tag(connection: sqlite3.Connection, tag: str, by: int) -> bool:
    """Move it up (-1) or down (1) by one; False where there is no such tag. At the end it stays."""
    order = [each for (each,) in connection.execute("SELECT id FROM tag ORDER BY place, id")]
    if tag not in order:
        return False
    place = order.index(tag)
    order.insert(min(max(place + by, 0), len(order) - 1), order.pop(place))
    connection.executemany("UPDATE tag SET place = ? WHERE id = ?", list(enumerate(order, 1)))
    return True


def _is_there(connection: sqlite3.Connection, tag: str) -> bool:
    return connection.execute("SELECT 1 FROM tag WHERE id = ?", (tag,)).fetchone() is not None


def _put_names(connection: sqlite3.Connection, tag: str, names: Mapping[str, str]) -> None:
    rows = [(tag, language, name) for language, name in names.items()]
    connection.executemany("INSERT INTO tag_name VALUES (?, ?, ?)", rows)


def _note(connection: sqlite3.Connection, tag: str) -> None:
    """What has the tag is found by other words now."""
    tagged = connection.execute("SELECT creation FROM creation_tag WHERE tag = ? AND shown = 1", (tag,)).fetchall()
    for (creation,) in tagged:
        note_change(connection, creation)
