"""From an address to a course: where it is, the course itself, and the language in which it is shown."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass

from aiohttp import web

from content_packs.courses.model import Course, Step, Texts
from content_packs.errors import IdeascubeError
from content_packs.pack_id import OWN
from content_packs.store.library import PackRecord
from ideascube.courses.addresses import certificate_address, course_address, step_address
from ideascube.courses.finding import courses_of, find_course
from ideascube.courses.own_courses import find_own_course, own_courses
from ideascube.courses.source import CourseSource, own_source, source_of
from ideascube.courses.standing import find_step, languages_of
from ideascube.items.wording import Worded, best_of
from ideascube.teaching.model import OwnCourse
from ideascube.web.context import LIBRARY
from ideascube.web.i18n import visitor_languages
from ideascube.web.lookup import is_text, open_pack, printable, tail_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenCourse:
    """A course in the language `shown`; `chosen` is the one that the address asks for.

    `below` is the address of the course where it is shown elsewhere than to learners, as a preview.
    """

    source: CourseSource
    course: Course
    shown: str
    chosen: str
    below: str = ""

    @property
    def pack_id(self) -> str:
        return self.source.id

    @property
    def address(self) -> str:
        return course_address(self.pack_id, self.course.id, self.chosen, self.below)

    @property
    def edit_address(self) -> str:
        """Of a preview, where it is changed; else empty."""
        return self.below.rpartition("/")[0]

    @property
    def certificate(self) -> str:
        return certificate_address(self.pack_id, self.course.id, self.chosen)

    def step_address(self, step: Step) -> str:
        return step_address(self.pack_id, self.course.id, step.id, self.chosen, self.below)

    def say(self, texts: Texts) -> Worded:
        """The text in the language that `language_among` finds."""
        language = self.language_among(texts)
        return Worded(texts.get(language, ""), language)

    def language_among(self, there: Collection[str]) -> str:
        """Of the languages that are there: the one shown, else the main one, else any; empty where none is."""
        wanted = (self.shown, self.source.language)
        return next((code for code in wanted if code in there), next(iter(there), ""))


async def open_course(request: web.Request) -> OpenCourse:
    """The course `/…/{id}/{course}`. Raises HTTPNotFound, what `open_pack` does, and BadInput for what is no course."""
    source, course = await _asked(request, request.match_info["id"], request.match_info["course"])
    chosen = request.query.get("lang", "")
    return opened(request, source, course, chosen if chosen in languages_of(course) else "")


async def _asked(request: web.Request, pack_id: str, course_id: str) -> tuple[CourseSource, Course]:
    if pack_id == OWN:
        own = await find_own_course(request, course_id)
        if own is None:
            raise web.HTTPNotFound(
                text="This course is not on the box any more. All courses are on the page “Courses”."
            )
        return _source_of_own(own), own.course
    reader = open_pack(request, pack_id)
    record = request.app[LIBRARY].get(pack_id)
    course = find_course(reader, course_id) if is_text(course_id) else None
    if course is None or record is None:
        raise web.HTTPNotFound(text=f"This pack has no course “{printable(course_id)}”.")
    return source_of(record, reader), course


def opened(request: web.Request, source: CourseSource, course: Course, chosen: str = "", below: str = "") -> OpenCourse:
    """The course in the language that was chosen, else in one that the visitor reads, else in its main one."""
    main = source.language
    shown = chosen or best_of(course.pages, (*visitor_languages(request), main)) or next(iter(course.pages), main)
    return OpenCourse(source, course, shown, chosen, below)


def courses_in(request: web.Request, record: PackRecord) -> list[OpenCourse]:
    """The courses of a pack, in languages that the visitor reads. None where they cannot be read; the log says why."""
    if not record.courses:
        return []
    try:
        reader = request.app[LIBRARY].archive(record.id)
        source = source_of(record, reader)
        return [opened(request, source, course) for course in courses_of(reader)]
    except IdeascubeError as error:
        log.warning("courses of %s: %s", record.id, error)
        return []


async def courses_made_here(request: web.Request) -> list[OpenCourse]:
    """The courses made on this box that learners see. None where they cannot be read; the log says why."""
    try:
        return [opened_own(request, own) for own in await own_courses(request)]
    except IdeascubeError as error:
        log.warning("courses made here: %s", error)
        return []


def opened_own(request: web.Request, own: OwnCourse, chosen: str = "", below: str = "") -> OpenCourse:
    """A course made here."""
    return opened(request, _source_of_own(own), own.course, chosen, below)


def _source_of_own(own: OwnCourse) -> CourseSource:
    return own_source(next(iter(own.course.pages), ""), own.course.picture, "", own.origin)


def asked_step(request: web.Request, opened: OpenCourse) -> Step:
    """The lesson or quiz that follows in the address. Raises HTTPNotFound."""
    return step_called(opened, tail_of(request, 3))


def step_called(opened: OpenCourse, step_id: str) -> Step:
    """The lesson or quiz of that id. Raises HTTPNotFound."""
    step = find_step(opened.course, step_id)
    if step is None:
        raise web.HTTPNotFound(text=f"This course has no lesson “{printable(step_id)}”.")
    return step
