"""The courses of an open pack: which there are, and each with its quizzes."""

from __future__ import annotations

from content_packs.courses.model import LIST, SIZE_LIMIT, Course, json_path, read_course, read_list
from content_packs.zim.reader import PackReader, ZimEntry


def course_ids(reader: PackReader) -> tuple[str, ...]:
    """The ids of the courses that a pack says it holds; none where it says nothing.

    Raises BadInput for a list that is none, BrokenEntry for one that cannot be read.
    """
    raw = _read(reader, LIST)
    return () if raw is None else read_list(raw, f"{LIST} of {reader.path.name}")


def load_course(reader: PackReader, course_id: str) -> tuple[Course, int] | None:
    """The course of that id with the bytes of its JSON, or None where the pack holds none.

    Raises BadInput for what is no course, BrokenEntry for one that cannot be read.
    """
    path = json_path(course_id)
    raw = _read(reader, path)
    return None if raw is None else (read_course(raw, f"{path} of {reader.path.name}"), len(raw))


def _read(reader: PackReader, path: str) -> bytes | None:
    entry = reader.find(path)
    return reader.read(entry, keep=False, limit=SIZE_LIMIT) if isinstance(entry, ZimEntry) else None
