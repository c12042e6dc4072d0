"""Watching the store: the library's file follows the folder of packs, and what mediators hid.

Watching is looking: the folder is listed each second, which works on every file system that a box may have, costs
little, and cannot miss what happened while nobody watched.
"""

from __future__ import annotations

import logging
import time

from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import file_stamp
from content_packs.store.found import find_packs
from content_packs.store.library import Library, load_library, save_library
from content_packs.store.scan import scan_store
from ideascube.arranging.visibility import hidden_in, with_hidden
from ideascube.box_db.hidden import Hidden

log = logging.getLogger(__name__)

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
