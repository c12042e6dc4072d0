"""What courses add to a pack: pages of courses and quizzes, the course as JSON, and the way from lesson to lesson."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib.resources import files as package_files

from content_packs.build.content import Content, PageLink, Sources, Trail, Workshop
from content_packs.build.course.find import FoundCourse, find_all
from content_packs.build.course.placed import PlacedCourse, PlacedStep, course_page, quiz_name, quiz_page
from content_packs.build.course.render import SCRIPT, STYLESHEET, render_course, render_quiz
from content_packs.build.course.resolve import place_course
from content_packs.build.planned import HTML, ContentsLine, PlannedEntry, PlannedRedirect
from content_packs.courses.model import LIST, json_path, write_course, write_list
from content_packs.courses.script import quiz_script
from content_packs.languages import best_text


def find_courses(sources: Sources) -> Content:
    """The `Finder` of courses. Raises BadInput for what is wrong in their files."""
    return CourseContent(find_all(sources))


class CourseContent(Content):
    """The courses of a pack."""

    def __init__(self, found: Sequence[FoundCourse]) -> None:
        self._found = found
        self._placed: list[PlacedCourse] | None = None
        self.warnings: list[str] = []

    def _courses(self, workshop: Workshop) -> list[PlacedCourse]:
        """The courses, put together at the first asking."""
        if self._placed is None:
            self._placed = [place_course(found, workshop) for found in self._found]
            self.warnings.extend(warning for course in self._placed for warning in course.warnings)
        return self._placed

    def trails(self, workshop: Workshop) -> Mapping[str, Sequence[Trail]]:
        found: dict[str, list[Trail]] = {}
        for course in self._courses(workshop):
            for language in course.languages:
                for path, trail in _trails(course, language):
                    found.setdefault(path, []).append(trail)
        return found

    def entries(self, workshop: Workshop) -> Iterator[PlannedEntry]:
        for course in self._courses(workshop):
            yield PlannedEntry(json_path(course.course.id), "application/json", partial(write_course, course.course))
            yield from _course_pages(course, workshop)
            for step in course.steps:
                yield from _quiz_pages(course, step, workshop)
        if self._found:
            ids = [course.course.id for course in self._courses(workshop)]
            yield PlannedEntry(LIST, "application/json", partial(write_list, ids))
            style = (package_files("content_packs.build") / "assets" / "course.css").read_text(encoding="utf-8")
            yield PlannedEntry(STYLESHEET, "text/css", lambda: style)
            yield PlannedEntry(SCRIPT, "text/javascript", quiz_script)

    def redirects(self, workshop: Workshop) -> Iterator[PlannedRedirect]:
        """From the names without a language."""
        main = workshop.spec.language
        for course in self._courses(workshop):
            page = course.course.pages[main]
            yield PlannedRedirect(page.removesuffix(f".{main}.html") + ".html", course.course.title[main], page)
            for step in course.steps:
                if step.quiz is not None:
                    target = quiz_page(step.source, step.step.role, step.quiz.languages[0])
                    title = step.quiz.title[step.quiz.languages[0]]
                    yield PlannedRedirect(quiz_name(step.source, step.step.role) + ".html", title, target)

    def lines(self, workshop: Workshop, language: str) -> Iterator[ContentsLine]:
        for course in self._courses(workshop):
            shown_in = language if language in course.languages else workshop.spec.language
            link = course.link(shown_in)
            summary = best_text(course.course.summary, shown_in)
            name = course_page(course.spec.folder, "")
            yield ContentsLine(link.path, link.title, summary, shown_in, name, course.spec.order)

    def mains(self, workshop: Workshop) -> Mapping[str, str]:
        """The page of the course that is the whole pack."""
        return next((one.course.pages for one in self._courses(workshop) if not one.spec.folder), {})

    def listed(self, workshop: Workshop) -> set[str]:
        steps = [step for course in self._courses(workshop) for step in course.steps]
        lessons = {path for step in steps for path in step.step.pages.values()}
        handed_out = {attachment.path for step in steps for attachment in step.step.attachments}
        played = {workshop.items[path].page for path in self.shown(workshop) & workshop.items.keys()}
        return lessons | handed_out | played

    def shown(self, workshop: Workshop) -> set[str]:
        return {path for found in self._found for path in found.shown}


def _course_pages(course: PlacedCourse, workshop: Workshop) -> Iterator[PlannedEntry]:
    for language, path in course.course.pages.items():
        make = partial(render_course, course, language, workshop)
        yield PlannedEntry(path, HTML, make, title=course.course.title[language], front=True)


def _quiz_pages(course: PlacedCourse, step: PlacedStep, workshop: Workshop) -> Iterator[PlannedEntry]:
    if step.quiz is not None:
        for language, path in step.step.pages.items():
            make = partial(render_quiz, course, step, language, workshop)
            title = step.step.title[language]
            yield PlannedEntry(path, HTML, make, title=title, front=True, searchable=not _is_asked_again(course, step))


def _is_asked_again(course: PlacedCourse, step: PlacedStep) -> bool:
    """Whether it is a check before its module, whose same questions after it are found already."""
    again = (other.step for other in course.steps if other.step.role == "after")
    return step.step.role == "before" and any(other.quiz == step.step.quiz for other in again)


def _trails(course: PlacedCourse, language: str) -> Iterator[tuple[str, Trail]]:
    """For each step's page in that language: the course above it, the steps beside it, what is handed out."""
    up = (course.link(language),)
    links: list[PageLink | None] = [None, *(step.links[language] for step in course.steps), None]
    for number, step in enumerate(course.steps, start=1):
        trail = Trail(language, up, links[number - 1], links[number + 1], step.attachments[language])
        yield step.links[language].path, trail
