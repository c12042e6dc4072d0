"""`/courses`: every course on the box. `/courses/{id}/{course}`: one course, what is done of it and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiohttp import web

from content_packs.courses.model import Module, Step
from ideascube.courses.addresses import course_address
from ideascube.courses.keeping import standing_in
from ideascube.courses.opening import OpenCourse, courses_in, courses_made_here, open_course
from ideascube.courses.standing import Learnt, Standing
from ideascube.items.wording import Worded
from ideascube.progress.request import progress_of
from ideascube.web.context import LIBRARY
from ideascube.web.facets import Choice
from ideascube.web.i18n import visitor_languages
from ideascube.web.rendering import render


@dataclass(frozen=True, slots=True)
class StepLine:
    """A lesson or quiz in its course: `state` is new, tried or done, `result` percent where a quiz was taken."""

    step: Step
    title: Worded
    address: str
    state: str
    result: int | None
    is_next: bool


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module with its lines."""

    title: Worded
    summary: Worded
    minutes: int | None
    lines: tuple[StepLine, ...]
    learnt: Learnt | None


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course in the list of all."""

    opened: OpenCourse
    title: Worded
    summary: Worded
    picture: str
    standing: Standing


async def all_courses(request: web.Request) -> web.StreamResponse:
    """`lang` leaves the courses in that language."""
    wanted = request.query.get("lang", "")
    every = [*await courses_made_here(request), *every_course(request)]
    shown = [one for one in every if wanted in ("", *one.course.pages)]
    progress = await progress_of(request)
    return render(
        request,
        "courses.html",
        cards=[_card(one, standing_in(progress, one.pack_id, one.course)) for one in in_reading_order(request, shown)],
        languages=_language_choices(request, every, wanted),
        is_empty=not every,
    )


async def course(request: web.Request) -> web.StreamResponse:
    return await show_course(request, await open_course(request))


async def show_course(request: web.Request, one: OpenCourse) -> web.StreamResponse:
    """The page of a course, wherever it is shown."""
    standing = standing_in(await progress_of(request), one.pack_id, one.course)
    following = standing.next
    return render(
        request,
        "course.html",
        course=one.course,
        title=one.say(one.course.title),
        summary=one.say(one.course.summary),
        audience=one.say(one.course.audience),
        picture=one.source.picture,
        modules=[_module(one, module, standing) for module in one.course.modules],
        standing=standing,
        next_title=one.say(following.title) if following else None,
        next_address=one.step_address(following) if following else "",
        certificate=one.certificate,
        languages=[(code, course_address(one.pack_id, one.course.id, code, one.below)) for code in one.course.pages],
        shown=one.shown,
        origin=one.source.origin,
        say=one.say,
        preview=one.edit_address,
    )


def _module(one: OpenCourse, module: Module, standing: Standing) -> ModuleView:
    return ModuleView(
        one.say(module.title),
        one.say(module.summary),
        module.minutes,
        tuple(_line(one, step, standing) for step in module.steps),
        standing.learnt(module),
    )


def _line(one: OpenCourse, step: Step, standing: Standing) -> StepLine:
    state = "done" if standing.is_done(step) else "tried" if standing.is_tried(step) else "new"
    result = standing.results.get(step.id)
    return StepLine(step, one.say(step.title), one.step_address(step), state, result, step == standing.next)


def every_course(request: web.Request) -> Iterator[OpenCourse]:
    """Of every pack; a course that cannot be read is passed over here, and says what is wrong on its own page."""
    for record in request.app[LIBRARY].shown:
        yield from courses_in(request, record)


def _card(one: OpenCourse, standing: Standing) -> CourseCard:
    return CourseCard(one, one.say(one.course.title), one.say(one.course.summary), one.source.picture, standing)


def in_reading_order(request: web.Request, courses: Sequence[OpenCourse]) -> list[OpenCourse]:
    """Those in the visitor's languages first, in the order in which they like them; then by title."""
    liked = visitor_languages(request)

    def key(one: OpenCourse) -> tuple[int, str, str]:
        place = liked.index(one.shown) if one.shown in liked else len(liked)
        return place, one.say(one.course.title).text.casefold(), one.course.id

    return sorted(courses, key=key)


def _language_choices(request: web.Request, courses: Sequence[OpenCourse], wanted: str) -> list[Choice]:
    liked = visitor_languages(request)
    counts = Counter(code for one in courses for code in one.course.pages)
    order = sorted(counts, key=lambda code: (liked.index(code) if code in liked else len(liked), -counts[code], code))
    every = Choice("", len(courses), "/courses", not wanted)
    return [every, *(Choice(code, counts[code], f"/courses?lang={code}", code == wanted) for code in order)]


ROUTES = [
    web.get("/courses", all_courses),
    web.get("/courses/{id}/{course}", course),
]
