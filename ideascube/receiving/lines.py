"""What somebody sent, as their page lists it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ideascube.box_db.creation_lists import Filter, Listing, list_creations
from ideascube.box_db.media import load_media
from ideascube.box_db.uploads import Disk, State, Upload, days_left_of, room_left, uploads_of
from ideascube.box_media.model import Kind, Media
from ideascube.box_media.wording import ICONS
from ideascube.receiving.said import target_of


@dataclass(frozen=True, slots=True)
class Line:
    """An upload. `came`: bytes; `days`: that are left to go on with it; `media`: what it became, if it did."""

    upload: Upload
    came: int
    days: int
    media: Media | None

    @property
    def icon(self) -> str:
        return ICONS[self.media.kind] if self.media else "upload"


@dataclass(frozen=True, slots=True)
class Sent:
    """All of one person. `room`: bytes that one more file may have; `films`: of theirs, that may get subtitles."""

    lines: list[Line]
    room: int
    films: list[Listing]

    def of(self, *states: State) -> list[Line]:
        return [line for line in self.lines if line.upload.state in states]


def sent_by(connection: sqlite3.Connection, person: int, disk: Disk) -> Sent:
    """What is not for a page that is being written, which lists it itself."""
    uploads = [each for each in uploads_of(connection, person) if not target_of(each)]
    lines = [_line(connection, each, disk) for each in uploads]
    has_subtitles = any(line.media and line.media.kind is Kind.SUBTITLES for line in lines)
    return Sent(lines, room_left(connection, disk), _films(connection, person) if has_subtitles else [])


def _line(connection: sqlite3.Connection, upload: Upload, disk: Disk) -> Line:
    size = disk.received.get(upload.id, 0)
    here = min(size, size if upload.piece is None else upload.piece) if upload.state is State.RECEIVING else upload.size
    media = load_media(connection, upload.media) if upload.media else None
    return Line(upload, here, max(days_left_of(connection, upload), 0), media)


def _films(connection: sqlite3.Connection, person: int) -> list[Listing]:
    found = [list_creations(connection, Filter(kind=kind, owner=person), 1).lines for kind in ("film", "audio")]
    return [line for lines in found for line in lines]
