"""Brings what was published into the box's own index, and publishes what is due: part of the jobs process.

What was withdrawn, is for staff alone, or is a notice whose last day is over, is found no more.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from content_packs.errors import IdeascubeError
from content_packs.store.data_folder import DataFolder
from ideascube.box_clock import today_text
from ideascube.box_db.creation_index import changed_since, latest_change, next_due, shown_ids, tag_words, with_end
from ideascube.box_db.creations import load_shown, publish_due
from ideascube.box_db.database import NAME, box_database, database_stamps, transaction
from ideascube.creations.documents import FAMILY, document_id, document_of
from ideascube.creations.spoken import words_of
from ideascube.own_index import FOLDER as OWN_INDEX
from ideascube.own_index.documents import OwnDocument
from ideascube.own_index.index import OwnIndex
from ideascube.own_index.writing import written_apart

Documents = list[OwnDocument]
Gone = list[str]  # ids of documents

log = logging.getLogger(__name__)

_LONGEST = 300  # seconds for one part of what is brought
_PART = 8_000_000  # characters that are brought at once
_SURELY = 60  # looks after which the database is opened whether its files changed or not
_PAUSE = 30.0  # seconds after a failure, before it is tried again


class CreationKeeper:
    """Call `look` often: while nothing changes it only looks at two files' times."""

    def __init__(self, data: DataFolder, today: Callable[[], str] = today_text, index: OwnIndex | None = None) -> None:
        self._data = data
        self._database = data.root / NAME
        self._index = index or OwnIndex(data.root / OWN_INDEX)
        self._today = today
        self._stamps: object = None
        self._seen = ("", -1, "")  # the index's birth, the last change that is in it, the day
        self._due: int | None = None
        self._looks, self._not_before = 0, 0.0
        self._problem = ""

    def look(self) -> bool:
        """Do what there is to do; whether anything was changed."""
        if time.monotonic() < self._not_before or not self._is_to_do():
            return False
        try:
            changed = self._work()
            self._problem = ""
        except IdeascubeError as error:
            self._complain(str(error))
            return False
        return changed

    def _is_to_do(self) -> bool:
        """Whether the database was written to, something is due, or the index was born anew."""
        if not self._database.exists():
            return False
        self._looks += 1
        stamps = database_stamps(self._database)
        is_quiet = stamps == self._stamps and self._seen[::2] == (self._index.birth(), self._today())
        if is_quiet and not self._is_due() and self._looks % _SURELY:
            return False
        self._stamps = stamps
        return True

    def _is_due(self) -> bool:
        return self._due is not None and self._due <= time.time()

    def _work(self) -> bool:
        with box_database(self._database) as connection:
            self._due = next_due(connection)
            if self._is_due():
                with transaction(connection):
                    publish_due(connection)
                self._due = next_due(connection)
            latest, today = latest_change(connection), self._today()
        birth, known, day = self._seen
        is_whole = bool(birth) and birth == self._index.birth()
        changed = self._bring_changes(known, day != today) if is_whole else self._bring_all()
        self._seen = (self._index.birth(), latest, today)
        return changed

    def _bring_changes(self, known: int, is_new_day: bool) -> bool:
        """What changed since then; on a new day also what has a last day."""
        with box_database(self._database) as connection:
            ids = [*changed_since(connection, known), *(with_end(connection) if is_new_day else ())]
        return self._bring(ids, None) if ids else False

    def _bring_all(self) -> bool:
        """All of them, and what is no longer shown goes: for an index that was born anew, or that nobody knows yet."""
        with box_database(self._database) as connection:
            ids = shown_ids(connection)
        there = written_apart(lambda: self._index.known(FAMILY), _LONGEST)
        names = dict.fromkeys([*ids, *(each.partition(":")[2] for each in there)])
        return self._bring(names, there) if names else False

    def _bring(self, ids: Iterable[str], there: Mapping[str, str] | None) -> bool:
        """Put or remove these. `there`: the digests of what is in the index already, where that is known."""
        changed = False
        for new, gone in self._parts(ids, there):
            changed = written_apart(partial(_write, self._index, new, gone), _LONGEST) or changed
        return changed

    def _parts(self, ids: Iterable[str], there: Mapping[str, str] | None) -> Iterator[tuple[Documents, Gone]]:
        """What is to be put and removed, in parts that fit into memory."""
        new, gone, size = [], [], 0
        with box_database(self._database) as connection:
            for each in ids:
                document = self._document(connection, each)
                if document is None:
                    gone += [document_id(each)] if there is None or document_id(each) in there else []
                elif there is None or there.get(document.id) != document.digest:
                    new.append(document)
                    size += len(document.text)
                if size > _PART:
                    yield new, gone
                    new, gone, size = [], [], 0
        if new or gone:
            yield new, gone

    def _document(self, connection: sqlite3.Connection, name: str) -> OwnDocument | None:
        """None for what nobody is to find."""
        creation = load_shown(connection, name)
        if creation is None or creation.audience != "all" or "" < creation.ends < self._today():
            return None
        return document_of(
            creation, [*tag_words(connection, creation.tags), *words_of(connection, self._data, creation)]
        )

    def _complain(self, problem: str) -> None:
        self._not_before = time.monotonic() + _PAUSE
        self._stamps = None
        if problem != self._problem:
            log.warning("What was made here could not be made ready for searching. %s", problem)
        self._problem = problem


def _write(index: OwnIndex, new: Documents, gone: Gone) -> bool:
    if new:
        index.put(new)
    if gone:
        index.remove(gone)
    return True
