"""Keeps the box's own index true to the library: what the jobs process does at each look."""

from __future__ import annotations

import logging
from pathlib import Path

from content_packs.errors import IdeascubeError
from content_packs.store.library import Library
from ideascube.own_index.index import OwnIndex
from ideascube.own_index.packs import FAMILY, pack_documents
from ideascube.own_index.writing import written_apart

log = logging.getLogger(__name__)

_LONGEST = 600  # seconds for the packs of a library, which take one
_PAUSE = 60  # looks after a failure, before it is tried again
_ENDED_BADLY = "Writing the index in {} ended badly: look whether its disk is sound."


class OwnIndexKeeper:
    """Call `look` with the library as it is; `problem` is a sentence while the index cannot be written, or empty."""

    def __init__(self, folder: Path, pause: int = _PAUSE, index: OwnIndex | None = None) -> None:
        self._folder = folder
        self._index = index or OwnIndex(folder)
        self._kept: tuple[Library, str] | None = None
        self._pause, self._left = pause, 0
        self.problem = ""

    def look(self, library: Library) -> bool:
        """Bring the packs into the index where they, or the index, are others than before; whether it was changed.

        Takes no time while nothing changes, else about a second. Packs that are not for everyone are not found.
        """
        self._left = max(0, self._left - 1)
        if self._left or self._kept == (library, self._index.birth()):
            return False
        changed, problem = False, ""
        try:
            changed = written_apart(lambda: self._bring(library), _LONGEST, _ENDED_BADLY.format(self._folder))
        except IdeascubeError as error:
            problem = str(error)
        self._tell(problem)
        if not problem:
            born = self._index.birth()
            # One that was damaged again meanwhile has none, and is made again at the next look; so has one of no packs.
            self._kept = (library, born) if born or not library.public else None
        return changed

    def _bring(self, library: Library) -> bool:
        return self._index.bring(FAMILY, pack_documents(library.public))

    def _tell(self, problem: str) -> None:
        if problem and problem != self.problem:
            log.warning("%s", problem)
        self.problem = problem
        self._left = self._pause if problem else 0
