"""The words that are in a creation's files: what is said in a film, what stands in a document. Reads these files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from content_packs.media.subtitles import parse_subtitles
from content_packs.media.transcript import text_of, transcript
from content_packs.store.data_folder import DataFolder
from ideascube.box_db.media import load_media
from ideascube.box_media.addresses import made_folder
from ideascube.box_media.model import Kind, Media, Role
from ideascube.creations.model import Creation
from ideascube.creations.reading_files import read_file


def words_of(connection: sqlite3.Connection, data: DataFolder, creation: Creation) -> list[str]:
    """The text of each of its files that has one; what cannot be read has none."""
    used = [use.media for use in creation.media if use.role in ("main", "subtitles")]
    found = (load_media(connection, media) for media in dict.fromkeys(used))
    return [text for media in found if media is not None for text in _texts(data, media)]


def _texts(data: DataFolder, media: Media) -> Iterator[str]:
    folder = made_folder(data, media.id)
    if media.kind is Kind.SUBTITLES and media.main is not None:
        cues = parse_subtitles(read_file(folder / media.main.name)).cues
        yield "\n".join(text_of(paragraph) for paragraph in transcript(cues))
    elif (words := media.file(Role.WORDS)) is not None:
        yield read_file(folder / words.name).decode("utf-8", "replace")
