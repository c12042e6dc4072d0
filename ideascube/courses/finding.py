"""The courses of open packs, remembered as long as a pack's files stay as they are, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict

from content_packs.courses.model import Course
from content_packs.courses.reading import course_ids, load_course
from content_packs.zim.reader import PackReader

_KEPT = 4 * 1024 * 1024  # bytes of JSON; a course of ten lessons in four languages is some 50 KB

Key = tuple[str, str]


class Remembered:
    """Courses by the state of their pack's files and their id; the one not asked for the longest is let go first."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._courses: OrderedDict[Key, tuple[Course, int]] = OrderedDict()
        self._size = 0

    def find(self, reader: PackReader, course_id: str) -> Course | None:
        """The course of that id, or None. Raises BadInput for what is no course, BrokenEntry for what is damaged."""
        key = (reader.fingerprint, course_id)
        if key not in self._courses:
            loaded = load_course(reader, course_id)
            if loaded is None:
                return None
            self._keep(key, *loaded)
        self._courses.move_to_end(key)
        return self._courses[key][0]

    def _keep(self, key: Key, course: Course, size: int) -> None:
        self._courses[key] = (course, size)
        self._size += size
        while self._size > self._kept and len(self._courses) > 1:
            _, (_, left) = self._courses.popitem(last=False)
            self._size -= left


_REMEMBERED = Remembered()
_IDS: OrderedDict[str, tuple[str, ...]] = OrderedDict()
_IDS_KEPT = 512  # packs


def find_course(reader: PackReader, course_id: str) -> Course | None:
    """The course of that id in an open pack, or None. Raises what `Remembered.find` does."""
    return _REMEMBERED.find(reader, course_id) if course_id in ids_of(reader) else None


def courses_of(reader: PackReader) -> tuple[Course, ...]:
    """All courses of an open pack. Raises what `find_course` does."""
    found = (find_course(reader, course_id) for course_id in ids_of(reader))
    return tuple(course for course in found if course is not None)


def ids_of(reader: PackReader) -> tuple[str, ...]:
    """The ids of a pack's courses."""
    ids = _IDS.get(reader.fingerprint)
    if ids is None:
        ids = _IDS[reader.fingerprint] = course_ids(reader)
        if len(_IDS) > _IDS_KEPT:
            _IDS.popitem(last=False)
    return ids
