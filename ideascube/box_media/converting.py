"""The job `convert`: what was made of a file takes its place at once, whole, and only then the database says so.

docs/formats/media-store.md has the order, and what a crash leaves after each step.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from content_packs.errors import BadInput, NoSpace
from content_packs.media.convert import EndedError
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import flush_folder
from ideascube.box_db.box_facts import ORIGINALS, fact
from ideascube.box_db.database import NAME, box_database, transaction
from ideascube.box_db.media import forget_original, load_media, make_ready
from ideascube.box_db.sharing_media import has_come
from ideascube.box_media.addresses import made_folder, media_folder, working_folder
from ideascube.box_media.making.folder import Maker, Source, Tell
from ideascube.box_media.model import Kind, Made, Media, State
from ideascube.box_media.wording import NAME_MARK

KEPT, DROPPED = "kept", "dropped"  # values of the fact `originals`
_SPARE = 64 * 1024 * 1024  # bytes that stay free beside what is made
_FULL = 8 * 1024 * 1024  # bytes; with fewer free, the disk is why a file could not be read

# Each is loaded with what it needs when there is something for it to do.
_MAKERS = {
    Kind.FILM: ("films", "make_film"),
    Kind.AUDIO: ("films", "make_film"),
    Kind.PICTURE: ("pictures", "make_picture"),
    Kind.DOCUMENT: ("documents", "make_document"),
    Kind.BOOK: ("books", "make_book"),
    Kind.SUBTITLES: ("subtitles", "make_subtitles"),
}


class NoRoomError(NoSpace):
    """`needed`: bytes that have to be free."""

    def __init__(self, needed: int) -> None:
        super().__init__("There is no room to make this ready for phones: it goes on when something was removed.")
        self.needed = needed


def convert_media(arguments: Mapping[str, Any], tell: Tell, data: DataFolder) -> None:
    """Make what every phone shows of the file `about`. Raises BadInput, with `NAME_MARK` for its name, and NoSpace."""
    media_id = str(arguments["about"])
    with box_database(data.root / NAME) as connection:
        media = load_media(connection, media_id)
    if media is None or media.state is State.READY or not media.original:
        return  # removed meanwhile, or done already when the power went
    path = media_folder(data, media_id) / media.original
    folder = working_folder(data, media_id)
    try:
        _need_room(media, data)
        kind, made = _make(Source(path, _emptied(folder), media.kind, tell))
        if path.exists():  # else it was removed meanwhile
            _put_in_place(folder, made_folder(data, media_id))
            _write_down(data, media, kind, made, path)
    except EndedError:
        raise
    except BadInput as error:
        if shutil.disk_usage(data.media).free < _FULL:
            raise NoRoomError(media.size + _SPARE) from error
        raise BadInput(str(error).replace(path.name, NAME_MARK)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _need_room(media: Media, data: DataFolder) -> None:
    """A film becomes about as large as it was at most; other files far smaller than what is spared."""
    needed = media.size + _SPARE
    if shutil.disk_usage(data.media).free < needed:
        raise NoRoomError(needed)


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _make(source: Source) -> tuple[Kind, Made]:
    if not source.path.exists():
        raise BadInput(f"{source.path.name} is not on the disk any more: send it again.")
    module, name = _MAKERS[source.kind]
    maker: Maker = getattr(import_module(f"ideascube.box_media.making.{module}"), name)
    return maker(source)


def _put_in_place(folder: Path, place: Path) -> None:
    """What an earlier try had put there goes first: nothing in the database leads to it."""
    flush_folder(folder)
    shutil.rmtree(place, ignore_errors=True)
    folder.replace(place)
    flush_folder(place.parent)


def _write_down(data: DataFolder, media: Media, kind: Kind, made: Made, original: Path) -> None:
    with box_database(data.root / NAME) as connection:
        with transaction(connection):
            make_ready(connection, media.id, kind, made)
            is_dropped = fact(connection, ORIGINALS) == DROPPED and not has_come(connection, media.id)
            if is_dropped:
                forget_original(connection, media.id)
        if is_dropped:
            original.unlink(missing_ok=True)
            flush_folder(original.parent)
