"""What mediators hid, as the jobs process follows it: read from the box's database when it changed there."""

from __future__ import annotations

import logging

from content_packs.errors import IdeascubeError
from content_packs.store.data_folder import DataFolder
from ideascube.box_db.arranging_changes import HIDDEN, changes
from ideascube.box_db.database import NAME
from ideascube.box_db.hidden import Hidden, all_hidden
from ideascube.box_db.kept_open import KeptOpen

log = logging.getLogger(__name__)

_PATIENCE = 0.2  # seconds for another process; the next look is soon


class HiddenKeeper:
    """Call `look` now and then: what is hidden, or None where that was never known."""

    def __init__(self, data: DataFolder) -> None:
        self._path = data.root / NAME
        self._database = KeptOpen(self._path, _PATIENCE)
        self._known: Hidden | None = None
        self._number = -1
        self._problem = ""

    def look(self) -> Hidden | None:
        try:
            if self._path.exists():
                self._read()
            self._problem = ""
        except IdeascubeError as error:
            self._tell(str(error))
        return self._known

    def _read(self) -> None:
        with self._database.connection() as connection:
            number = changes(connection, HIDDEN)
            if number != self._number or self._known is None:
                self._known, self._number = all_hidden(connection), number

    def _tell(self, problem: str) -> None:
        if problem != self._problem:
            log.warning("What mediators hid stays as it was. %s", problem)
        self._problem = problem
