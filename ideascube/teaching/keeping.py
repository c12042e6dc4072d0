"""Keeps the box's own index true to the courses that learners see: what the jobs process does at each look."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from content_packs.errors import IdeascubeError
from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import NAME, box_database, database_stamps
from ideascube.box_db.own_courses import published, published_courses
from ideascube.own_index import FOLDER as OWN_INDEX
from ideascube.own_index.documents import OwnDocument
from ideascube.own_index.index import OwnIndex
from ideascube.own_index.writing import written_apart
from ideascube.teaching.documents import FAMILY, document_of
from ideascube.teaching.settling import settled

log = logging.getLogger(__name__)

_LONGEST = 300  # seconds for all courses of a box
_PAUSE = 30.0  # seconds after a failure, before it is tried again


class CourseKeeper:
    """Call `look` often: while nothing changes it only looks at two files' times."""

    def __init__(self, data: DataFolder, index: OwnIndex | None = None) -> None:
        self._database = data.root / NAME
        self._index = index or OwnIndex(data.root / OWN_INDEX)
        self._stamps: object = None
        self._kept: object = None
        self._not_before = 0.0
        self._problem = ""

    def look(self) -> bool:
        """Bring the courses into the index where they, or the index, are others than before; whether it was changed."""
        stamps = (*database_stamps(self._database), self._index.birth())
        if stamps == self._stamps or time.monotonic() < self._not_before or not self._database.exists():
            return False
        try:
            changed = self._bring()
        except IdeascubeError as error:
            self._complain(str(error))
            return False
        self._stamps, self._problem = (*stamps[:2], self._index.birth()), ""
        return changed

    def _bring(self) -> bool:
        with box_database(self._database) as connection:
            there = published(connection)
        if self._kept == (there, self._index.birth()):
            return False
        changed = written_apart(lambda: self._index.bring(FAMILY, _documents(self._database)), _LONGEST)
        self._kept = (there, self._index.birth())
        return changed

    def _complain(self, problem: str) -> None:
        self._not_before, self._stamps = time.monotonic() + _PAUSE, None
        if problem != self._problem:
            log.warning("Courses made here could not be made ready for searching. %s", problem)
        self._problem = problem


def _documents(database: Path) -> Iterator[OwnDocument]:
    with box_database(database) as connection:
        for course_id, _version in published(connection):
            for own in published_courses(connection, [course_id]):
                yield document_of(replace(own, course=settled(own.course)))
