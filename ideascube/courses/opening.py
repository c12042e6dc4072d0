"""From an address to a course: its pack, the course itself, and the language in which it is shown."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass

from aiohttp import web

from content_packs.courses.model import Course, Step, Texts
from content_packs.errors import IdeascubeError
from content_packs.store.library import PackRecord
from content_packs.zim.reader import PackReader
from ideascube.courses.addresses import certificate_address, course_address, step_address
from ideascube.courses.finding import courses_of, find_course
from ideascube.courses.standing import find_step, languages_of
from ideascube.items.wording import Worded, best_of
from ideascube.web.context import LIBRARY
from ideascube.web.i18n import visitor_languages
from ideascube.web.lookup import is_text, open_pack, printable, tail_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenCourse:
    """A course of a pack that is open, in the language `shown`; `chosen` is the one that the address asks for."""

    record: PackRecord
    reader: PackReader
    course: Course
    shown: str
    chosen: str

    @property
    def pack_id(self) -> str:
        return self.record.id

    @property
    def main_language(self) -> str:
        return self.record.manifest.language if self.record.manifest else ""

    @property
    def address(self) -> str:
        return course_address(self.pack_id, self.course.id, self.chosen)

    @property
    def certificate(self) -> str:
        return certificate_address(self.pack_id, self.course.id, self.chosen)

    def step_address(self, step: Step) -> str:
        return step_address(self.pack_id, self.course.id, step.id, self.chosen)

    def say(self, texts: Texts) -> Worded:
        """The text in the language that `language_among` finds."""
        language = self.language_among(texts)
        return Worded(texts.get(language, ""), language)

    def language_among(self, there: Collection[str]) -> str:
        """Of the languages that are there: the one shown, else the pack's main one, else any; empty where none is."""
        wanted = (self.shown, self.main_language)
        return next((code for code in wanted if code in there), next(iter(there), ""))


def open_course(request: web.Request) -> OpenCourse:
    """The course `/…/{id}/{course}`. Raises HTTPNotFound, what `open_pack` does, and BadInput for what is no course."""
    reader = open_pack(request, request.match_info["id"])
    record = request.app[LIBRARY].get(request.match_info["id"])
    course_id = request.match_info["course"]
    course = find_course(reader, course_id) if is_text(course_id) else None
    if course is None or record is None:
        raise web.HTTPNotFound(text=f"This pack has no course “{printable(course_id)}”.")
    chosen = request.query.get("lang", "")
    return opened(request, record, reader, course, chosen if chosen in languages_of(course) else "")


def opened(
    request: web.Request, record: PackRecord, reader: PackReader, course: Course, chosen: str = ""
) -> OpenCourse:
    """The course in the language that was chosen, else in one that the visitor reads, else in the pack's main one."""
    main = record.manifest.language if record.manifest else ""
    shown = chosen or best_of(course.pages, (*visitor_languages(request), main)) or next(iter(course.pages), main)
    return OpenCourse(record, reader, course, shown, chosen)


def courses_in(request: web.Request, record: PackRecord) -> list[OpenCourse]:
    """The courses of a pack, in languages that the visitor reads. None where they cannot be read; the log says why."""
    if not record.courses:
        return []
    try:
        reader = request.app[LIBRARY].archive(record.id)
        return [opened(request, record, reader, course) for course in courses_of(reader)]
    except IdeascubeError as error:
        log.warning("courses of %s: %s", record.id, error)
        return []


def asked_step(request: web.Request, opened: OpenCourse) -> Step:
    """The lesson or quiz that follows in the address. Raises HTTPNotFound."""
    step_id = tail_of(request, 3)
    step = find_step(opened.course, step_id)
    if step is None:
        raise web.HTTPNotFound(text=f"This course has no lesson “{printable(step_id)}”.")
    return step
