"""Files that nothing uses any more go once the box ran on so many days: looked for once a day, by the jobs process.

What a day is, on a box whose clock cannot be trusted: `ideascube.box_db.days`. A file that any version of anything uses
stays, be it withdrawn or a draft: docs/formats/media-store.md
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from ideascube.box_clock import today_text
from ideascube.box_db.database import NAME, box_database, transaction
from ideascube.box_db.days import count_day
from ideascube.box_db.jobs import drop_jobs
from ideascube.box_db.media import make_failed, mark_unused, remove_media, rows_of_files, unused_since
from ideascube.box_db.media_uses import all_in_use
from ideascube.box_media.addresses import media_folder, working_folder
from ideascube.box_media.store import CONVERT
from ideascube.box_media.wording import NAME_MARK
from ideascube.once_a_day import OnceADay

log = logging.getLogger(__name__)

DAYS = 30  # on which the box ran, after which a file that nothing uses goes
GONE = f"{NAME_MARK} is not on the disk any more: send it again."
_THROWN_AWAY = "away-"  # begins the name of a folder that is being deleted


class MediaKeeper(OnceADay):
    """Looks once a day; `today` gives a text that each day has another one of."""

    def __init__(self, data: DataFolder, today: Callable[[], str] = today_text) -> None:
        super().__init__(data.root / NAME, "Files that nobody uses could not be looked for.", today)
        self._data = data

    def _tidy(self, today: str) -> None:
        with box_database(self._database) as connection:
            day = count_day(connection, today)
            in_use = all_in_use(connection)
            with transaction(connection):
                # Nobody takes a file in meanwhile, since that is one transaction with its row.
                mark_unused(connection, in_use, day)
                removed = list(self._remove_unused(connection, day - DAYS))
                self._throw_strangers_away(connection)
        if removed:
            log.info("Files that nothing used for %d days were removed: %d.", DAYS, len(removed))
        _clear_away(self._data)

    def _remove_unused(self, connection: sqlite3.Connection, day: int) -> Iterator[str]:
        for media_id in unused_since(connection, day):
            remove_media(connection, media_id)
            drop_jobs(connection, CONVERT, media_id)
            yield media_id

    def _throw_strangers_away(self, connection: sqlite3.Connection) -> None:
        """Folders that no row knows, and what came of files of which it is not to be kept; and the other way round."""
        rows = rows_of_files(connection)
        there = {folder.name: folder for folder in self._data.media.glob("[0-9a-f][0-9a-f]/*")}
        for media_id, folder in there.items():
            if media_id not in rows:
                _throw_away(self._data, folder)
            elif not rows[media_id].original:
                _drop_originals(folder)
        for media_id, row in rows.items():
            if row.is_ready and not (media_folder(self._data, media_id) / "made").is_dir():
                make_failed(connection, media_id, GONE)


def _throw_away(data: DataFolder, folder: Path) -> None:
    """Out of the way at once; it is deleted when nobody waits for it."""
    target = working_folder(data, f"{_THROWN_AWAY}{folder.name}")
    target.parent.mkdir(exist_ok=True)
    with suppress(OSError):
        folder.rename(target)


def _drop_originals(folder: Path) -> None:
    for original in folder.glob("original.*"):
        original.unlink()


def _clear_away(data: DataFolder) -> None:
    for folder in (data.media / "working").glob(f"{_THROWN_AWAY}*"):
        shutil.rmtree(folder, ignore_errors=True)
