"""Which file travels for one that people brought, and which one of this box a file that came is."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ideascube.box_media.model import Kind, Media, Role


@dataclass(frozen=True, slots=True)
class Travelling:
    """`sha256` of the file `file` below the folder of the media `media`, `size` in bytes."""

    media: str
    sha256: str
    file: str
    size: int


def travelling_file(media: Media) -> str:
    """The one file that travels, below its folder; empty where none is ready. Pure.

    Of a picture the largest: the other box makes the smaller ones of it. What came is never given on.
    """
    made = (media.file(Role.LARGE) if media.kind is Kind.PICTURE else None) or media.main
    return f"made/{made.name}" if made else ""


def travelling_of(connection: sqlite3.Connection, media: str) -> Travelling | None:
    row = connection.execute("SELECT media, sha256, file, size FROM sharing_media WHERE media = ?", (media,)).fetchone()
    return Travelling(*row) if row else None


def media_of_sum(connection: sqlite3.Connection, sha256: str) -> str | None:
    """The id here of the media for which this file travels."""
    row = connection.execute("SELECT media FROM sharing_media WHERE sha256 = ? LIMIT 1", (sha256,)).fetchone()
    return str(row[0]) if row else None


def put_travelling(connection: sqlite3.Connection, travelling: Travelling, *, came: bool) -> None:
    """`came`: from another box: then what came is kept, so that the same bytes go on."""
    values = (travelling.media, travelling.sha256, travelling.file, travelling.size, int(came))
    connection.execute("INSERT OR IGNORE INTO sharing_media VALUES (?, ?, ?, ?, ?)", values)


def has_come(connection: sqlite3.Connection, media: str) -> bool:
    """Whether the file came from another box, which made it without anything private."""
    return connection.execute("SELECT 1 FROM sharing_media WHERE media = ? AND came", (media,)).fetchone() is not None
