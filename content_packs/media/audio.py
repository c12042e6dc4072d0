"""Sound files: what their tags say, their duration and cover."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import mutagen
from mutagen.flac import FLAC, Picture
from mutagen.id3 import ID3
from mutagen.mp4 import MP4

from content_packs.errors import BadInput
from content_packs.media.apart import read_apart
from content_packs.media.described import Described, day, language_tag, one_line, paragraphs, several
from content_packs.media.films import describe
from content_packs.media.licences import licence_id
from content_packs.media.probe import probe

SECONDS = 20
MEMORY = 256 * 1024 * 1024
COVER_LIMIT = 20_000_000  # bytes

_FRONT_COVER = 3  # ID3v2.4, section 4.14; FLAC and Vorbis have taken the number over

# Where each kind of tag keeps a field: ID3, MP4, ASF (Windows Media), and the names that Vorbis and APE share.
_KEYS = {
    "title": ("TIT2", "\xa9nam", "Title", "title"),
    "artist": ("TPE1", "\xa9ART", "Author", "artist"),
    "others": ("TPE2", "TCOM", "aART", "\xa9wrt", "WM/AlbumArtist", "albumartist", "composer", "performer"),
    "language": ("TLAN", "WM/Language", "language"),
    "date": ("TDRC", "TDOR", "\xa9day", "WM/Year", "date", "year"),
    "comment": ("COMM", "desc", "\xa9cmt", "Description", "description", "comment"),
    "rights": ("WCOP", "TCOP", "cprt", "Copyright", "license", "copyright"),
    "publisher": ("TPUB", "WM/Publisher", "organization", "publisher"),
    "genre": ("TCON", "\xa9gen", "WM/Genre", "genre"),
    "album": ("TALB", "\xa9alb", "WM/AlbumTitle", "album"),
}


@dataclass(frozen=True, slots=True)
class Sound:
    """What was read of a sound file. `cover` is a picture's bytes as they lie in it, for `thumbnail`."""

    described: Described
    cover: bytes | None


def read_sound(path: Path) -> Sound:
    """The sound file's tags, read in a process of its own.

    Raises BadInput where it holds no sound that is known; MissingProgram where it is of a kind that only ffmpeg knows
    (old phones' AMR), and that is not installed.
    """
    found = read_apart(path, _read, SECONDS, MEMORY)
    if found is not None:
        return found
    try:
        return Sound(describe(probe(path)), cover=None)
    except BadInput as error:
        raise _no_sound(path) from error


def _read(path: Path) -> Sound | None:
    """None where mutagen does not know this kind of file."""
    opened = _opened(path)
    return None if opened is None else Sound(_described(opened), _cover(opened))


def _opened(path: Path) -> Any:
    try:
        opened = mutagen.File(path)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # mutagen lets out whatever its parsers meet
        raise _no_sound(path) from error
    if opened is not None and getattr(opened.info, "sketchy", False):
        raise _no_sound(path)
    return opened


def _no_sound(path: Path) -> BadInput:
    return BadInput(f"{path.name} is no sound that can be played: it is damaged or something else.")


def _described(opened: Any) -> Described:
    said = {field: _values(opened.tags, keys) for field, keys in _KEYS.items()}
    one = {field: one_line(next(iter(values), "")) for field, values in said.items()}
    length = float(getattr(opened.info, "length", 0) or 0)
    return Described(
        title=one["title"],
        creators=several(said["artist"] or said["others"]),
        language=language_tag(one["language"]),
        date=day(one["date"]),
        description=paragraphs(next(iter(said["comment"]), "")),
        licence=licence_id(one["rights"]) or one["rights"],
        publisher=one["publisher"],
        subjects=several(said["genre"]),
        part_of=one["album"],
        duration=length if isfinite(length) and length > 0 else None,
        has_sound=True,
    )


def _values(tags: Any, keys: tuple[str, ...]) -> list[str]:
    """The values of the first of these tags that there is."""
    for key in keys:
        value = _comment(tags) if key == "COMM" else _get(tags, key)
        if value := getattr(value, "text", value):
            return [str(each) for each in value] if isinstance(value, list) else [str(value)]
    return []


def _get(tags: Any, key: str) -> Any:
    """Vorbis comments refuse to look for a key that they cannot hold."""
    try:
        return tags.get(key) if tags is not None else None
    except (KeyError, ValueError):
        return None


def _comment(tags: Any) -> Any:
    """The comment without a name of its own: programs keep their numbers in the others."""
    comments: list[Any] = tags.getall("COMM") if isinstance(tags, ID3) else []
    return next((frame for frame in comments if not frame.desc), None)


def _cover(opened: Any) -> bytes | None:
    """The front's picture where one is marked as such, else the first."""
    pictures = [(kind, data) for kind, data in _pictures(opened) if data and len(data) <= COVER_LIMIT]
    pictures.sort(key=lambda picture: picture[0] != _FRONT_COVER)
    return pictures[0][1] if pictures else None


def _pictures(opened: Any) -> Iterator[tuple[int, bytes]]:
    """Each picture with its kind, wherever this kind of file keeps them."""
    if isinstance(opened.tags, ID3):
        yield from ((frame.type, frame.data) for frame in opened.tags.getall("APIC"))
    elif isinstance(opened, MP4):
        yield from ((_FRONT_COVER, bytes(data)) for data in (opened.tags or {}).get("covr", []))
    elif isinstance(opened, FLAC):
        yield from ((picture.type, picture.data) for picture in opened.pictures)
    elif opened.tags:
        for block in _values(opened.tags, ("metadata_block_picture",)):
            try:
                picture = Picture(base64.b64decode(block))
            except (mutagen.MutagenError, binascii.Error, ValueError):
                continue
            yield picture.type, picture.data
