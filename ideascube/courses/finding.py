"""The courses of open packs, remembered as long as a pack's files stay as they are, up to a number of bytes."""

from __future__ import annotations

from content_packs.bounded_cache import BoundedCache
from content_packs.courses.model import Course
from content_packs.courses.reading import course_ids, load_course
from content_packs.zim.reader import PackReader

_KEPT = 8 * 1024 * 1024  # bytes of JSON of a worker; a course of ten lessons in four languages is some 50 KB
_IDS_KEPT = 64 * 1024  # bytes

_Loaded = tuple[Course, int]
_courses: BoundedCache[tuple[str, str], _Loaded] = BoundedCache(_KEPT)
_ids: BoundedCache[str, tuple[str, ...]] = BoundedCache(_IDS_KEPT)


def find_course(reader: PackReader, course_id: str) -> Course | None:
    """The course of that id in an open pack, or None.

    Raises BadInput for what is no course, BrokenEntry for what is damaged.
    """
    if course_id not in ids_of(reader):
        return None
    loaded = _load(reader, course_id)
    return None if loaded is None else loaded[0]


def courses_of(reader: PackReader) -> tuple[Course, ...]:
    """The courses of an open pack, as many as can be kept at once: more would be read anew for each page.

    Raises what `find_course` does.
    """
    found, room = [], _KEPT
    for course, size in filter(None, (_load(reader, course_id) for course_id in ids_of(reader))):
        room -= size
        if room < 0:
            break
        found.append(course)
    return tuple(found)


def _load(reader: PackReader, course_id: str) -> _Loaded | None:
    key = (_state(reader), course_id)
    loaded = _courses.get(key)
    if loaded is None and (loaded := load_course(reader, course_id)) is not None:
        _courses.put(key, loaded, loaded[1])
    return loaded


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
