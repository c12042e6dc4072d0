"""The folder that a maker writes to."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import BadInput
from content_packs.media.apart import read_apart
from content_packs.media.pictures import thumbnail
from content_packs.store.durable import flush_file
from ideascube.box_media.model import Kind, Made, MadeFile, Role

_SECONDS = 60  # for a cover, which may be made to take all of them
_MEMORY = 256 * 1024 * 1024  # bytes
POSTER_WIDTH, SMALL_WIDTH = 640, 320  # pixels
WORDS_LIMIT = 2_000_000  # bytes of text to be found by

Tell = Callable[[float, float], None]


@dataclass(frozen=True, slots=True)
class Source:
    """The file that came, and the folder for what is made of it."""

    path: Path
    folder: Path
    kind: Kind
    tell: Tell


Maker = Callable[[Source], tuple[Kind, Made]]


def written(
    source: Source, role: Role, name: str, mimetype: str, data: bytes, size: tuple[int, int] = (0, 0)
) -> MadeFile:
    """Write a file; on the disk when this returns. `size`: width and height in pixels."""
    path = source.folder / name
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return MadeFile(role, name, mimetype, len(data), *size)


def finished(source: Source, role: Role, name: str, mimetype: str) -> MadeFile:
    """A file that something else wrote there."""
    path = source.folder / name
    flush_file(path)
    return MadeFile(role, name, mimetype, path.stat().st_size)


def posters(source: Source, picture: bytes | None) -> tuple[MadeFile, ...]:
    """A picture of the file in two sizes; nothing where there is none, or none that can be shown."""
    if picture is None:
        return ()
    try:
        poster, small = read_apart(source.path, lambda path: _sizes(picture), _SECONDS, _MEMORY)
    except BadInput:  # a file is none the worse for a bad cover
        return ()
    return (
        written(source, Role.POSTER, "poster.webp", "image/webp", poster),
        written(source, Role.SMALL, "small.webp", "image/webp", small),
    )


def _sizes(picture: bytes) -> tuple[bytes, bytes]:
    poster = thumbnail(picture, POSTER_WIDTH)
    return poster, thumbnail(poster, SMALL_WIDTH)


def words(source: Source, text: str) -> tuple[MadeFile, ...]:
    """The file's text, where it has some."""
    data = text.encode("utf-8", "replace")[:WORDS_LIMIT]
    return (written(source, Role.WORDS, "words.txt", "text/plain; charset=utf-8", data),) if data.strip() else ()
