"""What the jobs process does for people with an account: counts the hours that the box runs, forgets sessions that have
lasted, keeps the file of the box's facts true to the database.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable

from content_packs.errors import IdeascubeError
from content_packs.store.data_folder import DataFolder
from ideascube.box_db.box_facts import all_facts
from ideascube.box_db.database import NAME, box_database, transaction
from ideascube.box_db.people_sessions import count_quarters, forget_over
from ideascube.live_facts import load_facts, save_facts
from ideascube.people.boot import this_boot

log = logging.getLogger(__name__)

_QUARTER = 900.0  # seconds
_FACTS_EVERY = 60.0  # seconds; who changes a fact writes the file, this is for what went wrong meanwhile


class PeopleKeeper:
    """`look` is to be called often; it does what is due, and nothing on a box without a database."""

    def __init__(self, data: DataFolder, seconds: Callable[[], float] = time.monotonic) -> None:
        self._data, self._seconds = data, seconds
        self._counted = seconds()
        self._next_facts = self._counted

    def look(self) -> None:
        if not (self._data.root / NAME).exists():
            return
        now = self._seconds()
        if now >= self._next_facts:
            self._next_facts = now + _FACTS_EVERY
            self._try(self._keep_facts)
        if quarters := int((now - self._counted) // _QUARTER):
            self._counted += quarters * _QUARTER
            self._try(lambda connection: self._count(connection, quarters))

    def _try(self, deed: Callable[[sqlite3.Connection], None]) -> None:
        try:
            with box_database(self._data.root / NAME) as connection:
                deed(connection)
        except (IdeascubeError, OSError) as error:
            log.warning("People's accounts could not be looked after. %s", error)

    def _count(self, connection: sqlite3.Connection, quarters: int) -> None:
        with transaction(connection):
            count_quarters(connection, quarters)
            forget_over(connection, this_boot())

    def _keep_facts(self, connection: sqlite3.Connection) -> None:
        facts = all_facts(connection)
        if facts != load_facts(self._data):
            save_facts(self._data, facts)
