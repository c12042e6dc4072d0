"""Cards that nobody uses fade: once a day, in the jobs process.

What a day is, on a box whose clock cannot be trusted: `ideascube.box_db.days`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from content_packs.store.data_folder import DataFolder
from ideascube.box_clock import today_text
from ideascube.box_db.cards import erase_unused, wipe
from ideascube.box_db.database import NAME, box_database, transaction
from ideascube.box_db.days import count_day
from ideascube.box_db.tries import forget_forgiven
from ideascube.once_a_day import OnceADay

log = logging.getLogger(__name__)


class CardKeeper(OnceADay):
    """Counts the days on which the box ran, and erases cards that `days` of them did not see."""

    def __init__(self, data: DataFolder, days: int, today: Callable[[], str] = today_text) -> None:
        super().__init__(data.root / NAME, "Cards that nobody uses could not be looked for.", today)
        self._days = days

    def _tidy(self, today: str) -> None:
        with box_database(self._database) as connection:
            count_day(connection, today)
            with transaction(connection):
                erased = erase_unused(connection, self._days)
                forget_forgiven(connection, int(time.time()))
            if erased:
                wipe(connection)
                log.info("Learners' cards that faded: %d.", erased)
