"""Creations and their versions as rows, and the faces by which lists find them. For the deeds beside this module."""

from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

from content_packs.errors import BadInput
from content_packs.text import fold
from ideascube.box_db.tags import present_tags
from ideascube.creations.checking import out_of_bounds
from ideascube.creations.media_inside import media_inside
from ideascube.creations.model import Creation, Fields, State

_COLUMNS = "id, work, owner, state, newest, shown, publish_at, made_at, changed_at, shown_at"
NEWEST_FACE, SHOWN_FACE = 0, 1

_decoder = msgspec.json.Decoder(Fields)


def write_fields(fields: Fields) -> str:
    """As they are kept. Raises BadInput for what is beyond its bounds, whoever should have said so before."""
    wrong = next(iter(out_of_bounds(fields)), None)
    if wrong is not None:
        raise BadInput(f"“{wrong.field}” cannot be kept as it is ({wrong.wrong}): change it, and save again.")
    return msgspec.json.encode(fields, order="deterministic").decode()


def read_fields(written: str) -> Fields:
    return _decoder.decode(written)


def now(connection: sqlite3.Connection) -> int:
    """Seconds since 1970, as the box's clock has it."""
    return int(connection.execute("SELECT unixepoch()").fetchone()[0])


def next_turn(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM creation").fetchone()[0])


def creation_row(connection: sqlite3.Connection, creation: str) -> dict[str, Any] | None:
    """The row of a creation by its columns' names."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM creation WHERE id = ?", (creation,)).fetchone()  # noqa: S608 - our own
    return dict(zip(_COLUMNS.split(", "), row, strict=True)) if row else None


def at_version(connection: sqlite3.Connection, row: dict[str, Any], number: int) -> Creation | None:
    """The creation of a row at one of its versions, or None where that is not kept."""
    written = connection.execute(
        "SELECT fields FROM creation_version WHERE creation = ? AND number = ?", (row["id"], number)
    ).fetchone()
    if written is None:
        return None
    said = read_fields(written[0])
    said = msgspec.structs.replace(said, tags=present_tags(connection, said.tags))
    return Creation(
        **{name: getattr(said, name) for name in Fields.__struct_fields__},
        **{**row, "state": State(row["state"]), "version": number},
    )


def put_version(
    connection: sqlite3.Connection, creation: str, number: int, base: int, fields: Fields, person: int
) -> None:
    """A version with the files that it uses."""
    values = (creation, number, base, person, now(connection), write_fields(fields))
    connection.execute("INSERT INTO creation_version VALUES (?, ?, ?, ?, ?, 0, ?)", values)
    used = {*((use.media, use.role, use.language) for use in fields.media)}
    used |= {(media, "inside", "") for media in media_inside(fields.body)}
    connection.executemany(
        "INSERT OR IGNORE INTO creation_media (creation, version, media, role, language) VALUES (?, ?, ?, ?, ?)",
        [(creation, number, *use) for use in sorted(used)],
    )


def put_face(connection: sqlite3.Connection, creation: str, face: int, fields: Fields | None) -> None:
    """What lists show of the newest version, or of the one that readers see; None for nothing."""
    connection.execute("DELETE FROM creation_face WHERE creation = ? AND shown = ?", (creation, face))
    connection.execute("DELETE FROM creation_tag WHERE creation = ? AND shown = ?", (creation, face))
    if fields is None:
        return
    folded = fold(" ".join(f"{words.title} {words.summary}" for words in fields.texts.values()))
    texts = msgspec.json.encode(fields.texts).decode()
    turn = connection.execute("SELECT turn FROM creation WHERE id = ?", (creation,)).fetchone()[0]
    connection.execute(
        "INSERT INTO creation_face VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            creation,
            face,
            fields.kind,
            fields.language,
            fields.audience,
            fields.ends,
            fields.author,
            texts,
            folded,
            turn,
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO creation_tag (creation, shown, tag) VALUES (?, ?, ?)",
        [(creation, face, tag) for tag in present_tags(connection, fields.tags)],
    )
