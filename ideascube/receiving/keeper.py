"""Keeps uploads in order, in the jobs process: takes in what came whole when the power went, and clears away what
nobody goes on with. What a day is, on a box whose clock cannot be trusted: `ideascube.box_db.days`.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

from content_packs.errors import IdeascubeError
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import file_stamp
from ideascube.box_db.database import NAME, box_database, transaction
from ideascube.box_db.uploads import State, Upload, Way, forget_old_uploads, forget_upload, open_uploads, set_whole
from ideascube.receiving.finishing import finish_upload
from ideascube.receiving.part_file import Locked, locked, part_path, parts, receiving_folder, remove_part, settled

log = logging.getLogger(__name__)

_EVERY = 10.0  # seconds
_AGAIN = 300.0  # seconds after a failure
_LEFT = 3600.0  # seconds


class UploadKeeper:
    def __init__(self, data: DataFolder) -> None:
        self._data = data
        self._not_before = 0.0
        self._finishing: Thread | None = None
        self._forms: dict[Path, tuple[object, float]] = {}

    def look(self) -> None:
        """Do what is due, if anything is; to be called often. A box to which nobody ever sent anything gets nothing."""
        if time.monotonic() < self._not_before or not receiving_folder(self._data).is_dir():
            return
        self._not_before = time.monotonic() + _EVERY
        try:
            self.tidy()
        except (IdeascubeError, OSError) as error:
            self._not_before = time.monotonic() + _AGAIN
            log.warning("Uploads could not be looked after. %s", error)

    def tidy(self) -> None:
        """Raises IdeascubeError and OSError."""
        files = [upload_id for upload_id, _ in parts(self._data)]  # before the rows: a row is written before its file
        with box_database(self._data.root / NAME) as connection:
            with transaction(connection):
                forgotten = forget_old_uploads(connection)
            if forgotten:
                log.info("Uploads that nobody went on with: %d.", forgotten)
            uploads = open_uploads(connection)
            self._forget_dead_forms(connection, uploads)
            self._note_whole(connection, uploads)
        for upload_id in set(files) - {upload.id for upload in uploads}:
            remove_part(self._data, upload_id)
        self._forget_left_forms()
        self._finish([upload.id for upload in uploads if upload.state is State.WHOLE])

    def _forget_dead_forms(self, connection: sqlite3.Connection, uploads: list[Upload]) -> None:
        """A form cannot go on: what nobody is receiving any more is thrown away."""
        for upload in uploads:
            path = part_path(self._data, upload.id)
            if upload.way is Way.FORM and upload.state is State.RECEIVING and path.exists():
                with suppress(Locked), locked(path), transaction(connection):
                    forget_upload(connection, upload.id)
                    path.unlink(missing_ok=True)

    def _note_whole(self, connection: sqlite3.Connection, uploads: list[Upload]) -> None:
        """Where the power went between the last byte and the note that it came."""
        for upload in uploads:
            if upload.way is Way.TUS and upload.state is State.RECEIVING:
                with suppress(Locked), transaction(connection):
                    if settled(self._data, upload.id, upload.piece) == upload.size:
                        set_whole(connection, upload.id, upload.size)

    def _forget_left_forms(self) -> None:
        """Files of forms that carry text as well (`web.forms`) have no row: those that did not grow for an hour go."""
        now = time.monotonic()
        seen: dict[Path, tuple[object, float]] = {}
        for path in receiving_folder(self._data).glob("form-*.part"):
            stamp = file_stamp(path)
            known, since = self._forms.get(path, (stamp, now))
            if known == stamp and now - since > _LEFT:
                path.unlink(missing_ok=True)
            else:
                seen[path] = (stamp, since if known == stamp else now)
        self._forms = seen

    def _finish(self, upload_ids: list[str]) -> None:
        """Beside the other work, since a film is read from its beginning to its end."""
        if upload_ids and (self._finishing is None or not self._finishing.is_alive()):
            self._finishing = Thread(target=self._finish_all, args=(upload_ids,), name="finishing", daemon=True)
            self._finishing.start()

    def _finish_all(self, upload_ids: list[str]) -> None:
        for upload_id in upload_ids:
            try:
                finish_upload(self._data, upload_id)
            except (IdeascubeError, OSError) as error:
                log.warning("The upload %s could not be taken in: %s", upload_id, error)
