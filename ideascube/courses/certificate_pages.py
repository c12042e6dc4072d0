"""`/certificate/{id}/{course}`: a page to print for who has finished a course. The name on it is kept nowhere."""

from __future__ import annotations

from aiohttp import hdrs, web

from ideascube.box_clock import today_text
from ideascube.courses.keeping import standing_in
from ideascube.courses.opening import OpenCourse, open_course
from ideascube.courses.standing import Standing
from ideascube.progress.request import progress_of
from ideascube.web.language import read_form
from ideascube.web.rendering import render

NAME_LIMIT = 80  # characters, which the largest letters still have room for


async def ask(request: web.Request) -> web.StreamResponse:
    """The form that asks for the name; or what is still missing."""
    opened = await open_course(request)
    return _page(request, opened, await _standing(request, opened), "")


async def show(request: web.Request) -> web.StreamResponse:
    """The certificate, for the `name` of the form."""
    opened = await open_course(request)
    form = await read_form(request)
    return _page(request, opened, await _standing(request, opened), written_name(form.get("name", "")))


def written_name(given: object) -> str:
    """A name as it can be printed: one line, of bounded length."""
    return " ".join(given.split())[:NAME_LIMIT].strip() if isinstance(given, str) else ""


async def _standing(request: web.Request, opened: OpenCourse) -> Standing:
    return standing_in(await progress_of(request), opened.pack_id, opened.course)


def _page(request: web.Request, opened: OpenCourse, standing: Standing, name: str) -> web.Response:
    course = opened.course
    return render(
        request,
        "certificate.html",
        headers={hdrs.CACHE_CONTROL: "no-store"},
        title=opened.say(course.title),
        summary=opened.say(course.summary),
        modules=[opened.say(module.title) for module in course.modules if module.title],
        course_address=opened.address,
        post=opened.certificate,
        name=name if standing.is_finished else "",
        name_limit=NAME_LIMIT,
        maker=opened.source.maker,
        day=standing.day or today_text(),
        standing=standing,
        missing=[(opened.say(step.title), opened.step_address(step), step) for step in standing.missing],
    )


ROUTES = [web.get("/certificate/{id}/{course}", ask), web.post("/certificate/{id}/{course}", show)]
