"""The steps of a course: a file that it names becomes a lesson or quiz with its pages, titles and attachments."""

from __future__ import annotations

import posixpath
from dataclasses import replace

import msgspec

from content_packs.build.content import PageLink, Workshop
from content_packs.build.course.course_yml import FileRef, StepSpec
from content_packs.build.course.find import FoundCourse
from content_packs.build.course.names import step_id
from content_packs.build.course.placed import PlacedStep, quiz_page
from content_packs.build.file_types import MARKDOWN_ENDING
from content_packs.courses.model import Attachment, Quiz, Role, Step

Links = dict[str, PageLink]


class StepMaker:
    """Makes the steps of one course."""

    def __init__(self, found: FoundCourse, workshop: Workshop) -> None:
        self._found = found
        self._workshop = workshop
        self._main = workshop.spec.language
        self._languages = tuple(code for code in workshop.spec.languages if code in found.spec.title)

    def step(self, spec: StepSpec) -> PlacedStep:
        """Raises BadInput, with the place where it was named, for a file that is missing or can be no step."""
        quiz = self._found.quizzes.get(spec.file.path)
        made = self._quiz(spec, quiz) if quiz is not None else self._lesson(spec)
        attachments = [self._attachment(file) for file in spec.attachments]
        step = msgspec.structs.replace(
            made.step,
            id=spec.id or self._id(made.source, spec.role),
            title={**made.step.title, **spec.title},
            role=spec.role,
            minutes=spec.minutes,
            attachments=tuple(Attachment(path=one[self._main].path, title=_titles(one)) for one in attachments),
        )
        links = {code: _called(link, code, spec) for code, link in made.links.items()}
        handed_out = {code: tuple(one[code] for one in attachments) for code in self._languages}
        return replace(made, step=step, links=links, attachments=handed_out)

    def _quiz(self, spec: StepSpec, quiz: Quiz) -> PlacedStep:
        source = spec.file.path
        pages = {code: quiz_page(source, spec.role, code) for code in quiz.languages}
        shown = {code: code if code in pages else quiz.languages[0] for code in self._languages}
        links = {code: PageLink(pages[best], quiz.title[best], best) for code, best in shown.items()}
        return PlacedStep(Step(id=quiz.id, title=quiz.title, pages=pages, quiz=quiz.id), source, links, {}, quiz)

    def _lesson(self, spec: StepSpec) -> PlacedStep:
        source = self._lesson_source(spec.file)
        links = self._pages(source, self._languages)
        everywhere = self._pages(source, self._workshop.spec.languages)
        pages = {code: link.path for code, link in everywhere.items() if link.language == code}
        return PlacedStep(Step(id="", title=_titles(links), pages=pages), source, links, {})

    def _lesson_source(self, file: FileRef) -> str:
        """The file as it stands for all its translations."""
        if file.path in self._workshop.items:
            return file.path
        page = self._workshop.pages.by_source.get(file.path)
        source = page.name + MARKDOWN_ENDING if page else file.path
        if self._workshop.page_of(source, self._main) is not None:
            return source
        if file.path in self._found.files:
            raise file.wrong("is no page, film, sound, document or quiz: name one, or show it on a page.")
        raise file.missing()

    def _attachment(self, file: FileRef) -> Links:
        """A link to the page of the file where it has one, else to itself, in each language."""
        found = self._pages(file.path, self._languages)
        if not found and file.path not in self._found.files:
            raise file.missing()
        itself = PageLink(file.path, posixpath.basename(file.path), self._main)
        return {code: found.get(code, itself) for code in self._languages}

    def _pages(self, source: str, languages: tuple[str, ...]) -> Links:
        found = {code: self._workshop.page_of(source, code) for code in languages}
        return {code: link for code, link in found.items() if link is not None}

    def _id(self, source: str, role: Role) -> str:
        id_ = step_id(source, self._found.folder, self._workshop.spec.languages)
        return f"{id_}:{role}" if role else id_


def _called(link: PageLink, language: str, spec: StepSpec) -> PageLink:
    """The link with the title that the course gives."""
    return PageLink(link.path, spec.title[language], language) if language in spec.title else link


def _titles(links: Links) -> dict[str, str]:
    return {link.language: link.title for link in links.values()}
