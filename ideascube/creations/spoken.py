"""The words that are in a creation's files: what is said in a film, what stands in a document. Reads these files."""

from __future__ import annotations

import sqlite3

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.media import load_media
from ideascube.box_media.addresses import made_folder
from ideascube.box_media.model import Media, Role
from ideascube.creations.model import Creation
from ideascube.creations.reading_files import read_file


def words_of(connection: sqlite3.Connection, data: DataFolder, creation: Creation) -> list[str]:
    """The text of each of its files that has one; what cannot be read has none."""
    used = dict.fromkeys(use.media for use in creation.media if use.role in ("main", "subtitles"))
    return [text for media in used if (text := _text(data, load_media(connection, media)))]


def _text(data: DataFolder, media: Media | None) -> str:
    words = media.file(Role.WORDS) if media is not None else None
    if media is None or words is None:
        return ""
    return read_file(made_folder(data, media.id) / words.name).decode("utf-8", "replace")
