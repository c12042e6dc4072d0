"""Changes to a course, each of one part of it: what the course becomes, and when two people are in each other's way.

Two changes of different parts made at the same time are both made. Of two of one part the second one is told
(`ideascube.box_db.own_courses`). A change that is sent twice changes nothing the second time: what is new brings its
own id, and a move says to which place. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec
from msgspec.structs import replace

from content_packs.courses.model import (
    MOST_QUESTIONS,
    MOST_STEPS,
    AnyQuestion,
    Course,
    Module,
    Quiz,
    Role,
    Step,
    Texts,
)
from content_packs.errors import BadInput
from ideascube.courses.standing import steps_of
from ideascube.teaching.model import own_page

MOST_MODULES = 200
NOTHING = ()


class GoneError(LookupError):
    """What was to be changed is not in the course any more."""


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
        there = find_module(course, self.id)
        if there is None and len(course.modules) >= MOST_MODULES:
            raise BadInput(f"A course may have {MOST_MODULES} parts: put these lessons into another one.")
        module = there or Module(id=self.id, steps=())
        title = kept(module.title, self.title, self.languages)
        module = replace(module, title=title, summary=kept(module.summary, self.summary, self.languages))
        return replace(course, modules=_put(course.modules, module))

    def part(self, course: Course) -> object:
        module = find_module(course, self.id)
        return module and (module.title, module.summary)


@dataclass(frozen=True, slots=True)
class MoveModule:
    """To place `to`, from 0."""

    id: str
    to: int

    def apply(self, course: Course) -> Course:
        return replace(course, modules=_moved(course.modules, self.id, self.to))

    def part(self, course: Course) -> object:
        return [module.id for module in course.modules]


@dataclass(frozen=True, slots=True)
class RemoveModule:
    """With all its steps, and the quizzes that are nowhere else. The last module stays, empty."""

    id: str

    def apply(self, course: Course) -> Course:
        modules = tuple(module for module in course.modules if module.id != self.id)
        return _without_lost_quizzes(replace(course, modules=modules or (Module(id=self.id, steps=()),)))

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
        module = replace(module, steps=_in_order((*module.steps, self.step)))
        quizzes = (*course.quizzes, self.quiz) if self.quiz else course.quizzes
        return replace(course, modules=_put(course.modules, module), quizzes=quizzes)

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

        _there(find_step(course, self.id))
        return _with_step(course, self.id, changed)

    def part(self, course: Course) -> object:
        return find_step(course, self.id)


@dataclass(frozen=True, slots=True)
class MoveStep:
    """To place `to`, from 0, of a module; checks before and after a module keep their places."""

    id: str
    module: str
    to: int

    def apply(self, course: Course) -> Course:
        step = _there(find_step(course, self.id))
        _there(find_module(course, self.module))
        without = tuple(_without(module, self.id) for module in course.modules)
        target = next(module for module in without if module.id == self.module)
        steps = _in_order((*target.steps[: self.to], step, *target.steps[self.to :]))
        return replace(course, modules=_put(without, replace(target, steps=steps)))

    def part(self, course: Course) -> object:
        return [(module.id, [step.id for step in module.steps]) for module in course.modules]


@dataclass(frozen=True, slots=True)
class RemoveStep:
    """A lesson, or a quiz with its questions if it is nowhere else."""

    id: str

    def apply(self, course: Course) -> Course:
        without = tuple(_without(module, self.id) for module in course.modules)
        return _without_lost_quizzes(replace(course, modules=without))

    def part(self, course: Course) -> object:
        step = find_step(course, self.id)
        return step and (step, find_quiz(course, step.quiz))


@dataclass(frozen=True, slots=True)
class SetQuiz:
    """What a quiz says above its questions, how much is to be right, and where it stands in its module.

    `where` is empty among the lessons, `before` or `after` them, or `both`: `second` is the id of the further step.
    """

    id: str
    languages: tuple[str, ...]
    title: Texts
    introduction: Texts
    pass_mark: int | None
    where: str
    second: str

    def apply(self, course: Course) -> Course:
        quiz = _there(find_quiz(course, self.id))
        title = kept(quiz.title, self.title, self.languages)
        quiz = replace(
            quiz,
            title=title,
            introduction=kept(quiz.introduction, self.introduction, self.languages),
            pass_mark=self.pass_mark,
        )
        modules = tuple(self._placed(module, title) for module in course.modules)
        return replace(course, quizzes=_put(course.quizzes, quiz), modules=modules)

    def part(self, course: Course) -> object:
        quiz = find_quiz(course, self.id)
        return quiz and (replace(quiz, questions=()), [step for step in steps_of(course) if step.quiz == self.id])

    def _placed(self, module: Module, title: Texts) -> Module:
        mine = [step for step in module.steps if step.quiz == self.id]
        if not mine:
            return module
        roles: tuple[Role, ...] = ("before", "after") if self.where == "both" else (_role(self.where),)
        ids = [step.id for step in mine]
        ids += [self.second] if self.second not in ids else []
        steps = [replace(mine[0], id=id_, title=title, role=role) for id_, role in zip(ids, roles, strict=False)]
        first = module.steps.index(mine[0])
        kept_before = [step for step in module.steps[:first] if step.quiz != self.id]
        kept_after = [step for step in module.steps[first:] if step.quiz != self.id]
        return replace(module, steps=_in_order((*kept_before, *steps, *kept_after)))


@dataclass(frozen=True, slots=True)
class PutQuestion:
    """A question of a quiz; one that is not there yet comes last."""

    quiz: str
    question: AnyQuestion

    def apply(self, course: Course) -> Course:
        quiz = _there(find_quiz(course, self.quiz))
        questions = _put(quiz.questions, self.question)
        if len(questions) > max(MOST_QUESTIONS, len(quiz.questions)):
            raise BadInput(f"A quiz may have {MOST_QUESTIONS} questions: put this one into another quiz.")
        return replace(course, quizzes=_put(course.quizzes, replace(quiz, questions=questions)))

    def part(self, course: Course) -> object:
        return find_question(course, self.quiz, self.question.id)


@dataclass(frozen=True, slots=True)
class MoveQuestion:
    """To place `to`, from 0."""

    quiz: str
    id: str
    to: int

    def apply(self, course: Course) -> Course:
        quiz = _there(find_quiz(course, self.quiz))
        moved = replace(quiz, questions=_moved(quiz.questions, self.id, self.to))
        return replace(course, quizzes=_put(course.quizzes, moved))

    def part(self, course: Course) -> object:
        quiz = find_quiz(course, self.quiz)
        return quiz and [question.id for question in quiz.questions]


@dataclass(frozen=True, slots=True)
class RemoveQuestion:
    quiz: str
    id: str

    def apply(self, course: Course) -> Course:
        quiz = find_quiz(course, self.quiz)
        if quiz is None:
            return course
        left = tuple(question for question in quiz.questions if question.id != self.id)
        return replace(course, quizzes=_put(course.quizzes, replace(quiz, questions=left)))

    def part(self, course: Course) -> object:
        return find_question(course, self.quiz, self.id)


@dataclass(frozen=True, slots=True)
class ReturnTo:
    """The whole course as it was in an earlier version."""

    course: Course

    def apply(self, course: Course) -> Course:
        return self.course

    def part(self, course: Course) -> object:
        return course


def find_module(course: Course, module_id: str) -> Module | None:
    return _by_id(course.modules, module_id)


def find_step(course: Course, step_id: str) -> Step | None:
    return _by_id(steps_of(course), step_id)


def find_quiz(course: Course, quiz_id: str) -> Quiz | None:
    return _by_id(course.quizzes, quiz_id)


def find_question(course: Course, quiz_id: str, question_id: str) -> AnyQuestion | None:
    quiz = find_quiz(course, quiz_id)
    return _by_id(quiz.questions, question_id) if quiz else None


def kept(before: Texts, given: Texts, languages: Iterable[str]) -> Texts:
    """The texts as they become: in the languages that the form had, what it said, in the others what was there."""
    shown = tuple(languages)
    others = {code: text for code, text in before.items() if code not in shown}
    return {code: given[code] for code in shown if given.get(code)} | others


Part = TypeVar("Part", bound=msgspec.Struct)


def _by_id(parts: Iterable[Part], part_id: str) -> Part | None:
    return next((part for part in parts if _id(part) == part_id), None)


def _there(part: Part | None) -> Part:
    if part is None:
        raise GoneError
    return part


def _put(parts: tuple[Part, ...], new: Part) -> tuple[Part, ...]:
    """In the place of the one that has its id, else last."""
    if _by_id(parts, _id(new)) is None:
        return (*parts, new)
    return tuple(new if _id(part) == _id(new) else part for part in parts)


def _moved(parts: tuple[Part, ...], part_id: str, to: int) -> tuple[Part, ...]:
    moving = _there(_by_id(parts, part_id))
    others = tuple(part for part in parts if _id(part) != part_id)
    return (*others[:to], moving, *others[to:])


def _id(part: msgspec.Struct) -> str:
    return str(getattr(part, "id"))  # noqa: B009 - every part of a course has one, which no type says


def _without(module: Module, step_id: str) -> Module:
    return replace(module, steps=tuple(step for step in module.steps if step.id != step_id))


def _with_step(course: Course, step_id: str, changed: Callable[[Step], Step]) -> Course:
    modules = tuple(
        replace(module, steps=tuple(changed(step) if step.id == step_id else step for step in module.steps))
        for module in course.modules
    )
    return replace(course, modules=modules)


def _in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """A check before the module first, one after it last."""
    places = {"before": 0, "": 1, "after": 2}
    return tuple(sorted(steps, key=lambda step: places[step.role]))


def _without_lost_quizzes(course: Course) -> Course:
    used = set(_quizzes_in(course.modules))
    return replace(course, quizzes=tuple(quiz for quiz in course.quizzes if quiz.id in used))


def _quizzes_in(modules: Iterable[Module]) -> Iterator[str]:
    return (step.quiz for module in modules for step in module.steps if step.quiz)


def _role(where: str) -> Role:
    return "before" if where == "before" else "after" if where == "after" else ""
