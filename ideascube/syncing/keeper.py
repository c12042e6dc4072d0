"""The part of the jobs process that begins a sync when a page asks for one. There are never two at once.

What was asked stays written until the sync says in `sync/state.json` that it runs, so that a page has always one of
both to show, and what was asked survives a cut of power.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from content_packs.store.data_folder import DataFolder
from ideascube.syncing.asking import STOP, Asked, forget_asked, is_running, read_asked
from ideascube.syncing.process import SyncProcess
from ideascube.syncing.said import read_state

log = logging.getLogger(__name__)


class Run(Protocol):
    """A sync under way; see `SyncProcess`."""

    @property
    def pid(self) -> int: ...
    def ended(self) -> int | None: ...
    def stop(self) -> None: ...


class SyncKeeper:
    """`look` is to be called once a second or so; `begin` starts a sync on a data folder."""

    def __init__(self, data: DataFolder, begin: Callable[[Path, Asked], Run] = SyncProcess) -> None:
        self._data, self._begin = data, begin
        self._run: Run | None = None
        self._begun: Asked | None = None  # what it was begun for, until it says that it runs

    def look(self) -> None:
        self._see_how_it_goes()
        asked = read_asked(self._data.sync)
        if asked is None or self._run is not None or is_running(read_state(self._data.sync)):
            return  # what was asked meanwhile waits
        if asked.do == STOP:
            forget_asked(self._data.sync)  # it ended by itself
        else:
            self._start(asked)

    def _start(self, asked: Asked) -> None:
        try:
            self._run, self._begun = self._begin(self._data.root, asked), asked
        except OSError as error:
            log.warning("A sync cannot be begun: %s. It is tried again.", error.strerror)

    def _see_how_it_goes(self) -> None:
        if self._run is None:
            return
        code = self._run.ended()
        if code is not None or read_state(self._data.sync).pid == self._run.pid:
            self._is_done_asking()
        if code is not None:
            self._run = None
            if code:
                log.warning("The sync that was asked for ended with %s.", code)

    def _is_done_asking(self) -> None:
        if self._begun is not None and read_asked(self._data.sync) == self._begun:
            forget_asked(self._data.sync)
        self._begun = None

    def stop(self) -> None:
        """End what runs, cleanly: it goes on where it was the next time that somebody asks. Slow."""
        if self._run is not None:
            self._run.stop()
            self._run = None
