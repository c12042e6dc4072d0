"""Which searches are worth noting for mediators, and noting them, for the process that answered them.

What may say something about a person is never noted, nor what was not wholly searched for. How they are counted
without anybody being known by it: `ideascube.box_db.unfound`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

from content_packs.errors import IdeascubeError
from content_packs.store.data_folder import DataFolder
from content_packs.text import fold
from ideascube.box_clock import today_text
from ideascube.box_db.database import NAME, box_database
from ideascube.box_db.secret import box_secret
from ideascube.box_db.unfound import FEW, Search, note
from ideascube.search.client import SearchAnswer, SearchQuery

log = logging.getLogger(__name__)

KEY = "unfound.key"

_LONGEST = 60  # letters; what is longer was pasted, or tells a story
_FEWEST = 2  # letters
_MANY_DIGITS = 6  # a telephone number, a date of birth, the number of a card
_PATIENCE = 1.0  # seconds for another process's writing
_WAITING = 32  # searches that wait to be noted; more are not


def search_to_note(query: SearchQuery, answer: SearchAnswer) -> Search | None:
    """The search, if it found little and may be counted. Filtered and unfinished ones say nothing about the library."""
    filtered = query.lang or query.kind or query.pack or query.licence
    unfinished = answer.partial or answer.preparing or answer.left_out or answer.has_more
    if filtered or unfinished or answer.page != 1:
        return None
    found = 0 if answer.relaxed == "any" else len(answer.results)  # some of the words were there, and not all
    text = " ".join(answer.query.split())
    if found >= FEW or is_private(text):
        return None
    return Search(text, " ".join(fold(text).split()), found)


def is_private(text: str) -> bool:
    """Whether a search may say something about a person, or is no words at all: addresses, numbers, long texts."""
    digits = sum(letter.isdecimal() for letter in text)
    letters = sum(letter.isalpha() for letter in text)
    return (
        len(text) > _LONGEST or letters < _FEWEST or digits >= _MANY_DIGITS
        or "@" in text or "://" in text or not text.isprintable()
    )  # fmt: skip


class UnfoundSearches:
    """Notes searches in the box's database, in a thread; nobody waits for it."""

    def __init__(self, data: DataFolder, day: Callable[[], str] = today_text) -> None:
        self._database, self._key = data.root / NAME, data.cache / KEY
        self._day = day
        self._thread = ThreadPoolExecutor(1, "unfound")  # begins the thread when there is work for it
        self._room = BoundedSemaphore(_WAITING)
        self._complained: set[str] = set()

    def take(self, query: SearchQuery, answer: SearchAnswer) -> None:
        """Note the search if it is one to be noted. Never fails."""
        search = search_to_note(query, answer)
        if search is not None and self._room.acquire(blocking=False):
            self._thread.submit(self._note, search).add_done_callback(lambda done: self._room.release())

    def _note(self, search: Search) -> None:
        try:
            key = box_secret(self._key)
            with box_database(self._database, _PATIENCE) as connection:
                note(connection, key, search, self._day())
        except IdeascubeError as error:
            self._complain(str(error))

    def _complain(self, sentence: str) -> None:
        """Once for each process: the box goes on without this list."""
        if sentence not in self._complained:
            self._complained.add(sentence)
            log.warning("Searches that find nothing are not counted. %s", sentence)

    def close(self) -> None:
        """Finish what waits."""
        self._thread.shutdown()
