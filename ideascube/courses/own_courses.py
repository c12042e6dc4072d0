"""The courses that were made on this box, as learners see them, for a web worker."""

from __future__ import annotations

from pathlib import Path

import msgspec
from aiohttp import web
from msgspec.structs import replace

from content_packs.bounded_cache import BoundedCache
from ideascube.box_db.own_courses import published, published_courses
from ideascube.box_db.random_ids import is_id
from ideascube.teaching.model import OwnCourse
from ideascube.teaching.settling import settled
from ideascube.web.context import DATABASE, SETTINGS

_KEPT = 8 * 1024 * 1024  # bytes of JSON of a worker, as for courses of packs

_Key = tuple[Path, str, int]
_courses: BoundedCache[_Key, OwnCourse] = BoundedCache(_KEPT)


async def own_courses(request: web.Request) -> list[OwnCourse]:
    """All of them. Raises what `box_database` raises."""
    there = await request.app[DATABASE].read(published)
    return await _loaded(request, there)


async def find_own_course(request: web.Request, course_id: str) -> OwnCourse | None:
    """The course of that id, or None where learners see none. Raises what `box_database` raises."""
    if not is_id(course_id):
        return None
    there = await request.app[DATABASE].read(published)
    return next(iter(await _loaded(request, [one for one in there if one[0] == course_id])), None)


async def _loaded(request: web.Request, there: list[tuple[str, int]]) -> list[OwnCourse]:
    """A version is never changed: what was read once needs to be read no more."""
    root = request.app[SETTINGS].data.root
    known = {course_id: _courses.get((root, course_id, version)) for course_id, version in there}
    new = [course_id for course_id, course in known.items() if course is None]
    if new:
        for course in await request.app[DATABASE].read(published_courses, new):
            known[course.id] = as_learnt = replace(course, course=settled(course.course))
            size = len(msgspec.json.encode(as_learnt.course))
            _courses.put((root, course.id, course.published or 0), as_learnt, size)
    return [course for course in known.values() if course is not None]
