"""The jobs process: what must not hold up a page. It watches the store, writes the library's file, has packs indexed,
erases learners' cards that nobody uses, counts how long people stay signed in, and looks after uploads.

Watching is looking: the folder is listed each second, which works on every file system that a box may have, costs
little, and cannot miss what happened while nobody watched.
"""

from __future__ import annotations

import logging
import signal
import time
from types import FrameType

from content_packs.store.clearing import clear_at_start
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import file_stamp
from content_packs.store.found import find_packs
from content_packs.store.library import Library, load_library, save_library
from content_packs.store.scan import scan_store
from ideascube.arranging.hidden_keeper import HiddenKeeper
from ideascube.arranging.visibility import hidden_in, with_hidden
from ideascube.box_db.hidden import Hidden
from ideascube.box_media.clearing import MediaKeeper
from ideascube.creations.publishing import CreationKeeper
from ideascube.indexing.index_room import IndexRoom, default_limit
from ideascube.indexing.indexer import Indexer
from ideascube.own_index import FOLDER as OWN_INDEX
from ideascube.own_index.keeping import OwnIndexKeeper
from ideascube.people.keeping import PeopleKeeper
from ideascube.progress.fading import CardKeeper
from ideascube.receiving.keeper import UploadKeeper
from ideascube.settings import Settings
from ideascube.teaching.keeping import CourseKeeper
from ideascube.working.turns import Turns
from ideascube.working.worker import Worker

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
_SAVE_EVERY = 0.5  # seconds, while a first scan goes on


class StoreWatcher:
    """Keeps `cache/library.json` true to `packs/`."""

    def __init__(self, data: DataFolder) -> None:
        self._data = data
        self._library = load_library(data.library_file)
        self._hidden = hidden_in(self._library)
        self._seen: object = None
        self._written: object = None
        self._saved_at = 0.0

    @property
    def library(self) -> Library:
        """As it was at the last look."""
        return self._library

    def look(self, hidden: Hidden | None = None) -> None:
        """Scan if anything in the folder, or what mediators hid, changed since the last look.

        While nobody knows what they hid (None), packs stay as they are in the file.
        """
        self._hidden = hidden if hidden is not None else self._hidden
        here = self._listing(), self._hidden
        is_written = self._written is not None and self._written == file_stamp(self._data.library_file)
        if here == self._seen and is_written and not self._library.problems:
            return
        scanned = scan_store(self._data.packs, self._library, self._save_sometimes)
        library = with_hidden(scanned, self._hidden)
        if library != self._library or not is_written:
            self._save(library)
        self._seen = here

    def _listing(self) -> object:
        try:
            return find_packs(self._data.packs)
        except OSError as error:
            return error.errno

    def _save_sometimes(self, library: Library) -> None:
        if time.monotonic() - self._saved_at > _SAVE_EVERY:
            self._save(with_hidden(library, self._hidden))

    def _save(self, library: Library) -> None:
        self._library = library
        self._saved_at = time.monotonic()
        try:
            save_library(library, self._data.library_file)
            self._written = file_stamp(self._data.library_file)
        except OSError as error:
            log.warning("The library's file %s cannot be written: %s.", self._data.library_file, error.strerror)


def run_jobs(settings: Settings) -> None:
    """Work until SIGTERM."""
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    signal.signal(signal.SIGTERM, stop)
    data = settings.data
    clear_at_start(data.packs)
    watcher, hidden = StoreWatcher(data), HiddenKeeper(data)
    indexer = Indexer(data, IndexRoom(data.index, settings.index_limit or default_limit(data.root)))
    own_index = OwnIndexKeeper(data.root / OWN_INDEX)
    cards = CardKeeper(data, settings.card_days)
    creations = CreationKeeper(data)
    courses = CourseKeeper(data)
    people = PeopleKeeper(data)
    uploads = UploadKeeper(data)
    media = MediaKeeper(data)
    worker = Worker(data)
    turns = Turns(worker, indexer)
    while not stopping:
        watcher.look(hidden.look())
        cards.look()
        people.look()
        uploads.look()
        media.look()
        own_index.look(watcher.library)
        creations.look()
        courses.look()
        indexer.look(watcher.library, own_index.problem)
        worker.look()
        turns.work(time.monotonic() + LOOK_EVERY)
    worker.stop()
    indexer.stop()
