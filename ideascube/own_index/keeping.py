"""Keeps the box's own index true to the library: what the jobs process does at each look."""

from __future__ import annotations

import logging
from pathlib import Path

from content_packs.errors import IdeascubeError
from content_packs.store.library import Library
from ideascube.own_index.index import OwnIndex
from ideascube.own_index.packs import FAMILY, pack_documents

log = logging.getLogger(__name__)


class OwnIndexKeeper:
    """Call `look` with the library as it is; `problem` is a sentence while the index cannot be written, or empty."""

    def __init__(self, folder: Path) -> None:
        self._index = OwnIndex(folder, patience=0.0)  # it is called again in a second
        self._kept: tuple[Library, str] | None = None
        self.problem = ""

    def look(self, library: Library) -> bool:
        """Bring the packs into the index where they, or the index, are others than before; whether it was changed.

        Loads Whoosh and takes some seconds for many packs, then nearly no time while nothing changes.
        """
        try:
            if self._kept == (library, self._index.birth()):
                return False
            changed = self._index.bring(FAMILY, pack_documents(library.packs))
            self._kept, self.problem = (library, self._index.birth()), ""
        except IdeascubeError as error:
            self._complain(str(error))
            return False
        return changed

    def _complain(self, sentence: str) -> None:
        if sentence != self.problem:
            log.warning("%s", sentence)
        self.problem = sentence
