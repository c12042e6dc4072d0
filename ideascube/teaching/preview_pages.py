"""A course as learners would see it, before they do: the same pages, with nothing kept of what is done in them."""

from __future__ import annotations

from aiohttp import web
from msgspec.structs import replace

from content_packs.courses.model import Step
from ideascube.box_db.own_courses import load_version
from ideascube.courses.course_pages import show_course
from ideascube.courses.opening import OpenCourse, opened_own, step_called
from ideascube.courses.standing import languages_of
from ideascube.courses.step_pages import show_step, take_step
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.teaching.editing import COURSES, asked_course, edit_address, not_there, place_of
from ideascube.teaching.model import OwnCourse
from ideascube.teaching.settling import settled
from ideascube.web.context import DATABASE
from ideascube.web.lookup import ANY_PATH, tail_of


@staff(Right.TEACH)
async def course(request: web.Request) -> web.StreamResponse:
    """`version` is the one to look at, else the newest."""
    own = await asked_course(request)
    if wanted := place_of(request.query.get("version", "")):
        earlier = await request.app[DATABASE].read(load_version, own.id, wanted)
        if earlier is None:
            raise not_there(request)
        own = replace(own, course=earlier)
    return await show_course(request, _opened(request, own))


@staff(Right.TEACH)
async def step(request: web.Request) -> web.StreamResponse:
    opened = _opened(request, await asked_course(request))
    return await show_step(request, opened, _asked(request, opened))


@staff(Right.TEACH, token=False)
async def take(request: web.Request) -> web.StreamResponse:
    """Marks a quiz, or leads on from a lesson. It changes nothing, so that it needs no token."""
    opened = _opened(request, await asked_course(request))
    return await take_step(request, opened, _asked(request, opened))


def _opened(request: web.Request, own: OwnCourse) -> OpenCourse:
    shown = replace(own, course=settled(own.course))
    chosen = request.query.get("lang", "")
    known = chosen if chosen in languages_of(shown.course) else ""
    return opened_own(request, shown, known, below=edit_address(own.id, "preview"))


def _asked(request: web.Request, opened: OpenCourse) -> Step:
    return step_called(opened, tail_of(request, 4))


ROUTES = [
    web.get(COURSES + "/{course}/preview", course),
    web.get(COURSES + "/{course}/preview/" + ANY_PATH, step),
    web.post(COURSES + "/{course}/preview/" + ANY_PATH, take),
]
