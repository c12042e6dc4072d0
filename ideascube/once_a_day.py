"""What the jobs process tidies once on each day on which the box runs. What a day is: `ideascube.box_db.days`."""

from __future__ import annotations

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

from content_packs.errors import IdeascubeError

log = logging.getLogger(__name__)

_AGAIN = 600.0  # seconds after a failure


class OnceADay(ABC):
    """`failed` is what the log says where the day's work could not be done, before why; `today` gives a text that each
    day has another one of.
    """

    def __init__(self, database: Path, failed: str, today: Callable[[], str]) -> None:
        self._database, self._failed, self._today = database, failed, today
        self._done = ""
        self._not_before = 0.0

    @abstractmethod
    def _tidy(self, today: str) -> None:
        """The work of the day. Raises IdeascubeError or OSError where it is to be tried again later."""

    def look(self) -> None:
        """Do what is due, if anything is; to be called often. A box without a database gets none."""
        today = self._today()
        if today == self._done or time.monotonic() < self._not_before or not self._database.exists():
            return
        try:
            self._tidy(today)
            self._done = today
        except (IdeascubeError, OSError) as error:
            self._not_before = time.monotonic() + _AGAIN
            log.warning("%s %s", self._failed, error)
