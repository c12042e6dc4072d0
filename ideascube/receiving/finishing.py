"""What happens with a file that came whole: it is looked at, and gets its place in the media store, or is refused.

Slow: it reads the whole file. Done by the web worker that received the end of it, and after a power cut by the jobs
process; a lock on the file keeps them from doing it twice. docs/formats/uploads.md
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import NAME, box_database, transaction
from ideascube.box_db.uploads import (
    State,
    Upload,
    keep_newest_finished,
    load_upload,
    set_arrived,
    set_refused,
)
from ideascube.box_media.store import Arrived, examine, take_in
from ideascube.receiving.part_file import Locked, locked, part_path, remove_part
from ideascube.receiving.said import sha256_of
from ideascube.receiving.wording import DAMAGED


def finish_upload(data: DataFolder, upload_id: str) -> None:
    """Take a whole upload in; nothing where it is not whole, or where somebody else is at it.

    Raises IdeascubeError and OSError; it stays whole then, and can be tried again.
    """
    path = part_path(data, upload_id)
    with suppress(Locked), locked(path), box_database(data.root / NAME) as connection:
        upload = load_upload(connection, upload_id)
        if upload is not None and upload.state is State.WHOLE:
            _finish(connection, data, upload, path)
            remove_part(data, upload_id)


def _finish(connection: sqlite3.Connection, data: DataFolder, upload: Upload, path: Path) -> None:
    try:
        arrived = examine(path, upload.name)
    except BadInput as error:
        _refuse(connection, upload, str(error))
        return
    expected = sha256_of(upload)
    if expected not in ("", arrived.id):
        _refuse(connection, upload, DAMAGED)
        return
    _take_in(connection, data, upload, path, arrived)


def _refuse(connection: sqlite3.Connection, upload: Upload, problem: str) -> None:
    with transaction(connection):
        set_refused(connection, upload.id, problem)
        keep_newest_finished(connection, upload.person)


def _take_in(connection: sqlite3.Connection, data: DataFolder, upload: Upload, path: Path, arrived: Arrived) -> None:
    """In one transaction, so that the store and its owner's list never differ."""
    with transaction(connection):
        taken = take_in(connection, data, path, arrived, upload.person)
        set_arrived(connection, upload.id, taken.media.id)
        keep_newest_finished(connection, upload.person)
