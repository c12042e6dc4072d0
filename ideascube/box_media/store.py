"""Taking files in: from wherever they were received into their place, which their hash gives, and into the database.

docs/formats/media-store.md says what a crash leaves after each step. Who wants it converted queues the job; `take_in`
does so by itself.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from content_packs.errors import BadInput
from content_packs.media.described import one_line
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import flush_file, flush_folder, link_file, make_folder
from ideascube.box_db.jobs import drop_jobs, queue_job
from ideascube.box_db.media import Arrived, add_media, load_media, make_waiting, remove_media
from ideascube.box_media.addresses import media_folder
from ideascube.box_media.kinds import kind_of
from ideascube.box_media.model import Media, State

__all__ = ["CONVERT", "Arrived", "Media", "Taken", "examine", "load_media", "remove", "take_in"]

CONVERT = "convert"  # the kind of job
SIZE_LIMIT = 4 * 1024**3  # bytes of one file
NAME_LIMIT = 120  # letters
_PIECE = 1024 * 1024


class Taken(NamedTuple):
    """A file that was taken in. `is_new`: False where the box had the same already, whatever it was called."""

    media: Media
    is_new: bool


def examine(path: Path, name: str, digest: str = "", told: Callable[[int], None] = lambda done: None) -> Arrived:
    """What the file at `path` is, which its owner calls `name`; its bytes are on the disk afterwards. Slow.

    `digest`: its SHA-256 in hexadecimal, where somebody computed it already; `told` hears how many bytes were read.
    Raises BadInput, with a sentence, for what a box does not take.
    """
    name = clean_name(name)
    size = path.stat().st_size
    if size > SIZE_LIMIT:
        raise BadInput(f"“{name}” has more than {SIZE_LIMIT // 1024**3} GB: cut it into parts, and send those.")
    found = kind_of(path, name)
    flush_file(path)
    digest = digest or _digest_of(path, told)
    return Arrived(digest, found.kind, name, size, found.mimetype, f"original{found.ending}")


def clean_name(name: str) -> str:
    """What a phone called the file, on one line and without folders, as it is shown to people."""
    short = one_line(name.replace("\\", "/").rpartition("/")[2], NAME_LIMIT)
    return short or "file"


def _digest_of(path: Path, told: Callable[[int], None]) -> str:
    digest, done = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            done += len(piece)
            told(done)
    return digest.hexdigest()


def take_in(connection: sqlite3.Connection, data: DataFolder, path: Path, arrived: Arrived, person: int) -> Taken:
    """Give the file its place and its row, and have it converted. A deed: call it within a transaction.

    `path` has to be on the data folder's file system. Whoever calls deletes it once the transaction has ended: until
    then it stays, where the file system knows links, so that nothing is lost if the power goes. Raises NoSpace.
    """
    known = load_media(connection, arrived.id)
    if known is None:
        _put_in_place(path, media_folder(data, arrived.id) / arrived.original)
        add_media(connection, arrived, person)
    elif known.state is State.FAILED:
        make_waiting(connection, arrived.id)
    if known is None or known.state is State.FAILED:
        queue_job(connection, CONVERT, arrived.id)
    media = load_media(connection, arrived.id)
    assert media is not None
    return Taken(media, known is None)


def _put_in_place(path: Path, place: Path) -> None:
    make_folder(place.parent)
    if place.exists():
        if place.samefile(path) or place.stat().st_size == path.stat().st_size:
            return  # of a try that the power ended: its name is its hash
        place.unlink()
    if not link_file(path, place):
        path.replace(place)
    flush_folder(place.parent)


def remove(connection: sqlite3.Connection, data: DataFolder, media_id: str) -> None:
    """Forget the file and delete it; a deed. A crash before the transaction has ended leaves a row without files,
    which the next look of the jobs process says.
    """
    remove_media(connection, media_id)
    drop_jobs(connection, CONVERT, media_id)
    shutil.rmtree(media_folder(data, media_id), ignore_errors=True)
