"""The addresses of courses, and the one that shows a page of a pack as a part of its course."""

from __future__ import annotations

from urllib.parse import quote

from content_packs.courses.model import Course, Step
from content_packs.zim.reader import PackReader
from ideascube.courses.finding import courses_of
from ideascube.courses.standing import steps_of
from ideascube.web.origins import SAFE


def course_address(pack_id: str, course_id: str, language: str = "") -> str:
    """A course's own page, in `language` or in the reader's."""
    return f"/courses/{quote(pack_id, safe='')}/{quote(course_id, safe='')}{_in(language)}"


def step_address(pack_id: str, course_id: str, step_id: str, language: str = "") -> str:
    """A lesson or a quiz."""
    return f"{course_address(pack_id, course_id)}/{quote(step_id, safe=SAFE)}{_in(language)}"


def certificate_address(pack_id: str, course_id: str, language: str = "") -> str:
    return f"/certificate/{quote(pack_id, safe='')}/{quote(course_id, safe='')}{_in(language)}"


def course_page(reader: PackReader, pack_id: str, path: str) -> str | None:
    """The address that shows the page at `path` of a pack where it is a page of a course, a lesson or a quiz, or None.

    Raises BadInput for a course that cannot be read, BrokenEntry for one that is damaged.
    """
    found = (_page_in(course, pack_id, path) for course in courses_of(reader))
    return next((address for address in found if address is not None), None)


def _page_in(course: Course, pack_id: str, path: str) -> str | None:
    language = _language(course.pages, path)
    if language:
        return course_address(pack_id, course.id, language)
    for step in steps_of(course):
        language = _language(step.pages, path)
        if language:
            return step_address(pack_id, course.id, step.id, language)
    return None


def step_with_page(course: Course, path: str) -> tuple[Step, str] | None:
    """The step that has this page, and the language of it."""
    found = ((step, _language(step.pages, path)) for step in steps_of(course))
    return next(((step, language) for step, language in found if language), None)


def _language(pages: dict[str, str], path: str) -> str:
    return next((language for language, page in pages.items() if page == path), "")


def _in(language: str) -> str:
    return f"?lang={quote(language, safe='')}" if language else ""
