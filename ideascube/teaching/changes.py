"""Changes to a course, each of one part of it: what the course becomes, and when two people are in each other's way.

Two changes of different parts made at the same time are both made. Of two of one part the second one is told
(`ideascube.box_db.own_courses`). A change that is sent twice changes nothing the second time: what is new brings its
own id, and a move says to which place. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from msgspec.structs import replace

from content_packs.courses.model import (
    MOST_STEPS,
    Course,
    Module,
    Quiz,
    Step,
    Texts,
)
from content_packs.errors import BadInput
from ideascube.courses.standing import steps_of
from ideascube.teaching.course_parts import (
    find_module,
    find_quiz,
    find_step,
    in_order,
    kept,
    moved,
    put,
    there,
    with_step,
    without,
    without_lost_quizzes,
)
from ideascube.teaching.model import own_page

MOST_MODULES = 200
NOTHING = ()


class Change(Protocol):
    """What the editor asks of a course."""

    def apply(self, course: Course) -> Course:
        """The course as it becomes. Raises BadInput for what it may not become, GoneError for what is not there."""
        ...

    def part(self, course: Course) -> object:
        """What of the course it is about: whoever changed this meanwhile is in the way; of `NOTHING` nobody is."""
        ...


@dataclass(frozen=True, slots=True)
class SetAbout:
    """What the course says of itself. Texts in languages that are not chosen any more stay, and are not shown."""

    languages: tuple[str, ...]
    title: Texts
    summary: Texts
    audience: Texts
    level: str
    minutes: int | None
    licence: str
    picture: str

    def apply(self, course: Course) -> Course:
        return replace(
            course,
            title=kept(course.title, self.title, self.languages),
            summary=kept(course.summary, self.summary, self.languages),
            audience=kept(course.audience, self.audience, self.languages),
            pages={code: own_page(course.id) for code in self.languages},
            level=self.level,
            minutes=self.minutes,
            licence=self.licence,
            picture=self.picture,
        )

    def part(self, course: Course) -> object:
        return replace(course, modules=(), quizzes=())


@dataclass(frozen=True, slots=True)
class SetModule:
    """A module's title and summary; one that is not there yet comes last."""

    id: str
    languages: tuple[str, ...]
    title: Texts
    summary: Texts

    def apply(self, course: Course) -> Course:
        known = find_module(course, self.id)
        if known is None and len(course.modules) >= MOST_MODULES:
            raise BadInput(f"A course may have {MOST_MODULES} parts: put these lessons into another one.")
        module = known or Module(id=self.id, steps=())
        title = kept(module.title, self.title, self.languages)
        module = replace(module, title=title, summary=kept(module.summary, self.summary, self.languages))
        return replace(course, modules=put(course.modules, module))

    def part(self, course: Course) -> object:
        module = find_module(course, self.id)
        return module and (module.title, module.summary)


@dataclass(frozen=True, slots=True)
class MoveModule:
    """To place `to`, from 0."""

    id: str
    to: int

    def apply(self, course: Course) -> Course:
        return replace(course, modules=moved(course.modules, self.id, self.to))

    def part(self, course: Course) -> object:
        return [module.id for module in course.modules]


@dataclass(frozen=True, slots=True)
class RemoveModule:
    """With all its steps, and the quizzes that are nowhere else. The last module stays, empty."""

    id: str

    def apply(self, course: Course) -> Course:
        modules = tuple(module for module in course.modules if module.id != self.id)
        return without_lost_quizzes(replace(course, modules=modules or (Module(id=self.id, steps=()),)))

    def part(self, course: Course) -> object:
        return find_module(course, self.id)


@dataclass(frozen=True, slots=True)
class AddStep:
    """A lesson or a quiz, at the end of a module: in the last one where that module is gone. Nobody is in its way."""

    module: str
    step: Step
    quiz: Quiz | None = None

    def apply(self, course: Course) -> Course:
        if any(step.id == self.step.id for step in steps_of(course)):
            return course
        if len(steps_of(course)) >= MOST_STEPS:
            raise BadInput(f"A course may have {MOST_STEPS} lessons and quizzes: make several courses of it.")
        module = find_module(course, self.module) or course.modules[-1]
        module = replace(module, steps=in_order((*module.steps, self.step)))
        quizzes = (*course.quizzes, self.quiz) if self.quiz else course.quizzes
        return replace(course, modules=put(course.modules, module), quizzes=quizzes)

    def part(self, course: Course) -> object:
        return NOTHING


@dataclass(frozen=True, slots=True)
class SetStep:
    """A lesson's title and time."""

    id: str
    languages: tuple[str, ...]
    title: Texts
    minutes: int | None

    def apply(self, course: Course) -> Course:
        def changed(step: Step) -> Step:
            return replace(step, title=kept(step.title, self.title, self.languages), minutes=self.minutes)

        there(find_step(course, self.id))
        return with_step(course, self.id, changed)

    def part(self, course: Course) -> object:
        return find_step(course, self.id)


@dataclass(frozen=True, slots=True)
class MoveStep:
    """To place `to`, from 0, of a module; checks before and after a module keep their places."""

    id: str
    module: str
    to: int

    def apply(self, course: Course) -> Course:
        step = there(find_step(course, self.id))
        there(find_module(course, self.module))
        left = tuple(without(module, self.id) for module in course.modules)
        target = next(module for module in left if module.id == self.module)
        steps = in_order((*target.steps[: self.to], step, *target.steps[self.to :]))
        return replace(course, modules=put(left, replace(target, steps=steps)))

    def part(self, course: Course) -> object:
        return [(module.id, [step.id for step in module.steps]) for module in course.modules]


@dataclass(frozen=True, slots=True)
class RemoveStep:
    """A lesson, or a quiz with its questions if it is nowhere else."""

    id: str

    def apply(self, course: Course) -> Course:
        left = tuple(without(module, self.id) for module in course.modules)
        return without_lost_quizzes(replace(course, modules=left))

    def part(self, course: Course) -> object:
        step = find_step(course, self.id)
        return step and (step, find_quiz(course, step.quiz))


@dataclass(frozen=True, slots=True)
class ReturnTo:
    """The whole course as it was in an earlier version."""

    course: Course

    def apply(self, course: Course) -> Course:
        return self.course

    def part(self, course: Course) -> object:
        return course
