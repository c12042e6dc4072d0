"""Cards that nobody uses fade: once a day, in the jobs process.

What a day is, on a box whose clock cannot be trusted: `ideascube.box_db.days`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from content_packs.errors import IdeascubeError
from content_packs.store.data_folder import DataFolder
from ideascube.box_clock import today_text
from ideascube.box_db.cards import erase_unused, wipe
from ideascube.box_db.database import NAME, box_database, transaction
from ideascube.box_db.days import count_day
from ideascube.box_db.tries import forget_forgiven

log = logging.getLogger(__name__)

_AGAIN = 600.0  # seconds after a failure


class CardKeeper:
    """Counts the days on which the box ran, and erases cards that `days` of them did not see."""

    def __init__(self, data: DataFolder, days: int, today: Callable[[], str] = today_text) -> None:
        self._database = data.root / NAME
        self._days = days
        self._today = today
        self._done = ""
        self._not_before = 0.0

    def look(self) -> None:
        """Do what is due, if anything is; to be called often. A box without a database gets none."""
        today = self._today()
        if today == self._done or time.monotonic() < self._not_before or not self._database.exists():
            return
        try:
            self._tidy(today)
            self._done = today
        except IdeascubeError as error:
            self._not_before = time.monotonic() + _AGAIN
            log.warning("Cards that nobody uses could not be looked for. %s", error)

    def _tidy(self, today: str) -> None:
        with box_database(self._database) as connection:
            count_day(connection, today)
            with transaction(connection):
                erased = erase_unused(connection, self._days)
                forget_forgiven(connection, int(time.time()))
            if erased:
                wipe(connection)
                log.info("Learners' cards that faded: %d.", erased)
