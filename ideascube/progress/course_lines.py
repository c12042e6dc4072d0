"""Courses that somebody has begun, as lines of a page."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from content_packs.pack_id import OWN
from ideascube.courses.keeping import standing_in
from ideascube.courses.opening import OpenCourse, courses_in
from ideascube.courses.standing import Standing
from ideascube.progress.lines import Line
from ideascube.progress.places import Place, Progress
from ideascube.web.context import LIBRARY
from ideascube.web.digits import number_text
from ideascube.web.i18n import interface_language, translations


def course_line(
    request: web.Request, made_here: Sequence[OpenCourse], progress: Progress, place: Place, *, finished: bool
) -> Line | None:
    """The course that a lesson or quiz is a step of; None where it is not on the box, or not as `finished` as that.

    It is finished when its certificate can be had, be a check from before it left out. `made_here` are the courses that
    were made on this box.
    """
    course_id = course_of(place)
    courses = made_here if place.pack == OWN else _in_pack(request, place.pack)
    found = next((one for one in courses if one.course.id == course_id), None)
    if found is None:
        return None
    standing = standing_in(progress, place.pack, found.course)
    return _line(request, standing, place, found) if standing.is_finished == finished else None


def course_of(place: Place) -> str:
    """The id of the course, of whose steps the ids may hold slashes."""
    return place.path.partition("/")[0]


def _in_pack(request: web.Request, pack: str) -> list[OpenCourse]:
    record = request.app[LIBRARY].get(request.app[LIBRARY].resolve(pack) or "")
    return courses_in(request, record) if record is not None else []


def _line(request: web.Request, standing: Standing, place: Place, one: OpenCourse) -> Line:
    title = one.say(one.course.title)
    language = interface_language(request)
    done, total = standing.done, len(standing.steps)
    words = translations(language).gettext("%(done)s of %(total)s done")
    return Line(
        title=title.text,
        lang=title.language,
        address=one.address,
        icon="graduation-cap",
        picture=one.source.picture,
        done=done,
        of=total,
        label=words % {"done": number_text(done, language), "total": number_text(total, language)},
        of_pack="",
        place=place,
    )
