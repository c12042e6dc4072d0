"""A course put together: what each step became, for the pages, and the whole as the model has it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from content_packs.build.content import PageLink
from content_packs.build.course.course_yml import CourseSpec
from content_packs.build.course.names import QUIZ_ENDING
from content_packs.courses.model import Course, Module, Quiz, Role, Step


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step with the page to open in each of the course's languages, and its attachments in each."""

    step: Step
    source: str
    links: Mapping[str, PageLink]
    attachments: Mapping[str, tuple[PageLink, ...]]
    quiz: Quiz | None = None


@dataclass(frozen=True, slots=True)
class PlacedModule:
    """A module with its steps."""

    module: Module
    steps: tuple[PlacedStep, ...]


@dataclass(frozen=True, slots=True)
class PlacedCourse:
    """A whole course; `warnings` are for its maker."""

    spec: CourseSpec
    course: Course
    modules: tuple[PlacedModule, ...]
    warnings: tuple[str, ...]

    @property
    def steps(self) -> tuple[PlacedStep, ...]:
        return tuple(step for module in self.modules for step in module.steps)

    @property
    def languages(self) -> tuple[str, ...]:
        """Those of its pages."""
        return tuple(self.course.pages)

    def link(self, language: str) -> PageLink:
        """To its page in one of its languages."""
        return PageLink(self.course.pages[language], self.course.title[language], language)


def quiz_page(source: str, role: Role, language: str) -> str:
    """The path of a quiz's page. The check before a module may be the same quiz as that after it, on another page."""
    return f"{quiz_name(source, role)}.{language}.html"


def quiz_name(source: str, role: Role) -> str:
    return source.removesuffix(QUIZ_ENDING) + (".quiz.before" if role == "before" else ".quiz")


def course_page(folder: str, language: str) -> str:
    return posixpath.join(folder, f"course.{language}.html")
