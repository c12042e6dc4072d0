"""Which page of a pack the app shows as a part of a course: a course's own page, a lesson's text, a quiz."""

from __future__ import annotations

from content_packs.courses.model import Course, Step
from content_packs.errors import BadInput, BrokenEntry
from content_packs.links import decode_html
from content_packs.zim.reader import PackReader, ZimEntry
from ideascube.courses.addresses import course_address, language_of, step_address, step_with_page
from ideascube.courses.finding import courses_of
from ideascube.courses.lesson_text import runs_by_itself
from ideascube.courses.standing import quiz_of
from ideascube.reading.sanitising import ASIDE
from ideascube.reading.trees import html_tree


def course_page(reader: PackReader, pack_id: str, path: str) -> str | None:
    """The app's address for the page at `path` of a pack, or None where readers are better off with the page itself.

    So they are with a lesson that has to run by itself, and with one of a pack that is more than a course: an article
    that somebody found or chose is an article, with a link to the course. A course that cannot be read has no pages.
    """
    try:
        found = (_address(reader, pack_id, course, path) for course in courses_of(reader))
        return next((address for address in found if address), None)
    except (BadInput, BrokenEntry):
        return None


def _address(reader: PackReader, pack_id: str, course: Course, path: str) -> str:
    language = language_of(course.pages, path)
    if language:
        return course_address(pack_id, course.id, language)
    found = step_with_page(course, path)
    if found is None or not _is_shown(reader, course, found[0], path):
        return ""
    return step_address(pack_id, course.id, found[0].id, found[1])


def _is_shown(reader: PackReader, course: Course, step: Step, path: str) -> bool:
    if quiz_of(course, step) is not None:
        return True
    if reader.main_path() not in course.pages.values():
        return False
    entry = reader.find(path)
    if not isinstance(entry, ZimEntry) or not entry.is_html:
        return False
    html = decode_html(reader.read(entry))
    if len(html) > ASIDE:
        return False
    root = html_tree(html)
    return root is not None and not runs_by_itself(html, root, path)
