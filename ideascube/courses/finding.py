"""The courses of open packs, remembered as long as a pack's files stay as they are, up to a number of bytes."""

from __future__ import annotations

from content_packs.bounded_cache import BoundedCache
from content_packs.courses.model import Course
from content_packs.courses.reading import course_ids, load_course
from content_packs.zim.reader import PackReader

_KEPT = 2 * 1024 * 1024  # bytes of JSON of a worker; a course of ten lessons in four languages is some 50 KB
_IDS_KEPT = 64 * 1024  # bytes

_courses: BoundedCache[tuple[str, str], Course] = BoundedCache(_KEPT)
_ids: BoundedCache[str, tuple[str, ...]] = BoundedCache(_IDS_KEPT)


def find_course(reader: PackReader, course_id: str) -> Course | None:
    """The course of that id in an open pack, or None.

    Raises BadInput for what is no course, BrokenEntry for what is damaged.
    """
    if course_id not in ids_of(reader):
        return None
    key = (_state(reader), course_id)
    course = _courses.get(key)
    if course is None and (loaded := load_course(reader, course_id)) is not None:
        course, size = loaded
        _courses.put(key, course, size)
    return course


def courses_of(reader: PackReader) -> tuple[Course, ...]:
    """All courses of an open pack. Raises what `find_course` does."""
    found = (find_course(reader, course_id) for course_id in ids_of(reader))
    return tuple(course for course in found if course is not None)


def ids_of(reader: PackReader) -> tuple[str, ...]:
    """The ids of a pack's courses. Raises what `find_course` does."""
    key = _state(reader)
    ids = _ids.get(key)
    if ids is None:
        ids = course_ids(reader)
        _ids.put(key, ids, 100 + sum(map(len, ids)))
    return ids


def _state(reader: PackReader) -> str:
    return f"{reader.path}:{reader.fingerprint}"
