"""The addresses of courses, and which of their steps has a page of the pack."""

from __future__ import annotations

from urllib.parse import quote

from content_packs.courses.model import Course, Step
from ideascube.courses.standing import steps_of
from ideascube.web.origins import escaped


def course_address(pack_id: str, course_id: str, language: str = "", below: str = "") -> str:
    """A course's own page, in `language` or in the reader's; `below` is its address where it is shown as a preview."""
    return (below or f"/courses/{quote(pack_id, safe='')}/{quote(course_id, safe='')}") + _in(language)


def step_address(pack_id: str, course_id: str, step_id: str, language: str = "", below: str = "") -> str:
    """A lesson or a quiz."""
    return f"{course_address(pack_id, course_id, '', below)}/{escaped(step_id)}{_in(language)}"


def certificate_address(pack_id: str, course_id: str, language: str = "") -> str:
    """The page to print for who has finished the course."""
    return f"/certificate/{quote(pack_id, safe='')}/{quote(course_id, safe='')}{_in(language)}"


def step_with_page(course: Course, path: str) -> tuple[Step, str] | None:
    """The step that has this page, and the language of it."""
    found = ((step, language_of(step.pages, path)) for step in steps_of(course))
    return next(((step, language) for step, language in found if language), None)


def language_of(pages: dict[str, str], path: str) -> str:
    """The language in which this page is one of `pages`, or empty."""
    return next((language for language, page in pages.items() if page == path), "")


def _in(language: str) -> str:
    return f"?lang={quote(language, safe='')}" if language else ""
