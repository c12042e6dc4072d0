"""Files as people bring them, taken in and converted by the program's own worker and its processes."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import box_database, transaction
from ideascube.box_media.converting import convert_media
from ideascube.box_media.model import Media
from ideascube.box_media.store import Taken, examine, load_media, take_in
from ideascube.working.worker import Worker

AMINA = 7


def bring(data: DataFolder, file: Path, name: str = "", person: int = AMINA) -> Taken:
    """Take in a copy of the file, as the upload of it does."""
    received = data.media / f"{file.name}.part"
    shutil.copyfile(file, received)
    try:
        arrived = examine(received, name or file.name)
        with box_database(data.root / "box.db") as connection, transaction(connection):
            return take_in(connection, data, received, arrived, person)
    finally:
        received.unlink()


def media_now(data: DataFolder, media_id: str) -> Media:
    with box_database(data.root / "box.db") as connection:
        media = load_media(connection, media_id)
    assert media is not None
    return media


def do_all(data: DataFolder, within: float = 60.0) -> None:
    """Let the worker do everything that waits and can be done."""
    worker = Worker(data)
    until = time.monotonic() + within
    worker.work(time.monotonic() + 0.01)
    worker.look()
    while worker.has_work:
        assert time.monotonic() < until, "the work came to no end"
        worker.work(time.monotonic() + 0.2)
        worker.look()


def converted(data: DataFolder, file: Path, name: str = "") -> Media:
    """What becomes of the file."""
    media = bring(data, file, name).media
    do_all(data)
    return media_now(data, media.id)


def made_of(data: DataFolder, file: Path) -> Media:
    """The same without a process apart, for what is asked of what was made."""
    media = bring(data, file).media
    convert_media({"about": media.id}, lambda done, total: None, data)
    return media_now(data, media.id)
