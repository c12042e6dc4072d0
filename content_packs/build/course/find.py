"""Finding the courses of a pack: `course.yml`, `module.yml` and quizzes are claimed, lessons stay pages and items.

What a course consists of can be told only when all pages and items are known: see `resolve`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Container
from dataclasses import dataclass, field

from content_packs.build.content import Sources
from content_packs.build.course.course_yml import CourseSpec, ModuleSpec, read_course_yml, read_module_yml
from content_packs.build.course.names import (
    COURSE_FILE,
    MODULE_FILE,
    QUIZ_ENDING,
    folder_of,
    is_below,
    relative,
    step_id,
)
from content_packs.build.course.quiz_yml import read_quiz
from content_packs.build.file_types import HTML_ENDINGS, MARKDOWN_ENDING, has_ending
from content_packs.build.names import split_language
from content_packs.build.pack_yml import PackSpec
from content_packs.build.source import SourceFile
from content_packs.courses.model import Quiz
from content_packs.errors import BadInput
from content_packs.pack_id import id_from_filename

_PAGE_ENDINGS = (MARKDOWN_ENDING, *HTML_ENDINGS)


@dataclass(frozen=True, slots=True)
class FoundCourse:
    """One course with its quizzes by their files' paths, and what `module.yml` says in its folders.

    `files` are all of the pack's; `shown` those that quizzes show.
    """

    id: str
    spec: CourseSpec
    files: Container[str]
    quizzes: dict[str, Quiz] = field(default_factory=dict)
    modules: dict[str, ModuleSpec] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    @property
    def folder(self) -> str:
        return self.spec.folder


def find_all(sources: Sources) -> list[FoundCourse]:
    """The courses, their files claimed. Raises BadInput for what is wrong in one of these files."""
    courses = [_found(spec, sources) for spec in _specs(sources)]
    _refuse_nesting(courses)
    for course in courses:
        _take_modules(course, sources)
        _refuse_missing(course, sources)
    for source in _called(sources, QUIZ_ENDING):
        _take_quiz(source, courses, sources)
    return courses


def _specs(sources: Sources) -> list[CourseSpec]:
    spec = sources.spec
    files = [file for file in _called(sources, COURSE_FILE) if file.path.rpartition("/")[2] == COURSE_FILE]
    if not files and spec.kind == "course":
        return [CourseSpec("pack.yml", "", spec.title, summary=spec.description)]
    return [_read(sources.claim(file.path), spec) for file in files]


def _read(file: SourceFile, spec: PackSpec) -> CourseSpec:
    is_whole_pack = file.path == COURSE_FILE
    title, summary = (spec.title, spec.description) if is_whole_pack else ({}, {})
    return read_course_yml(file, spec.languages, title, summary)


def _called(sources: Sources, ending: str) -> list[SourceFile]:
    return [file for file in sources.with_ending(".yml") if file.path.endswith(ending)]


def _found(spec: CourseSpec, sources: Sources) -> FoundCourse:
    name = posixpath.basename(spec.folder)
    return FoundCourse(spec.id or (id_from_filename(name) if name else sources.spec.id), spec, sources.files)


def _refuse_nesting(courses: list[FoundCourse]) -> None:
    by_id: dict[str, FoundCourse] = {}
    for course in courses:
        other = by_id.setdefault(course.id, course)
        if other is not course:
            raise BadInput(
                f"{course.spec.file}: the id “{course.id}” is that of {other.spec.file} too: give it another."
            )
        for outer in courses:
            if outer is not course and is_below(course.spec.file, outer.folder):
                raise BadInput(f"{course.spec.file} lies in the course of {outer.spec.file}: put it beside that.")


def _take_modules(course: FoundCourse, sources: Sources) -> None:
    if course.spec.modules is not None:
        return
    for file in _called(sources, MODULE_FILE):
        is_module = is_below(file.path, course.folder) and relative(file.path, course.folder).count("/") == 1
        if is_module and file.path.endswith("/" + MODULE_FILE):
            sources.claim(file.path)
            course.modules[folder_of(file.path)] = read_module_yml(file, sources.spec.languages)


def _refuse_missing(course: FoundCourse, sources: Sources) -> None:
    """Told here already, since between this and the putting together films may be converted for hours."""
    languages = sources.spec.languages
    pages = {split_language(path, languages)[0] for path in sources.files if has_ending(path, _PAGE_ENDINGS)}
    for module in (*(course.spec.modules or ()), *course.modules.values()):
        for file in (file for step in module.steps for file in (step.file, *step.attachments)):
            if file.path not in sources.files and split_language(file.path, languages)[0] not in pages:
                raise file.missing()


def _take_quiz(source: SourceFile, courses: list[FoundCourse], sources: Sources) -> None:
    course = next((course for course in courses if is_below(source.path, course.folder)), None)
    if course is None:
        raise BadInput(f"{source.path} belongs to no course: add a course.yml to its folder or to one above.")
    sources.claim(source.path)
    languages = sources.spec.languages
    id_ = step_id(source.path, course.folder, languages)
    quiz, shown = read_quiz(source, id_, languages, sources.files)
    course.quizzes[source.path] = quiz
    course.shown.update(shown)
