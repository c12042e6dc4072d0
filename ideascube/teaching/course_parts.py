"""The parts of a course, each found by its id, put, moved, left out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from content_packs.courses.model import (
    AnyQuestion,
    Course,
    Module,
    Quiz,
    Role,
    Step,
    Texts,
)
from ideascube.courses.standing import steps_of


class GoneError(LookupError):
    """What was to be changed is not in the course any more."""


def find_module(course: Course, module_id: str) -> Module | None:
    return by_id(course.modules, module_id)


def find_step(course: Course, step_id: str) -> Step | None:
    return by_id(steps_of(course), step_id)


def find_quiz(course: Course, quiz_id: str) -> Quiz | None:
    return by_id(course.quizzes, quiz_id)


def find_question(course: Course, quiz_id: str, question_id: str) -> AnyQuestion | None:
    quiz = find_quiz(course, quiz_id)
    return by_id(quiz.questions, question_id) if quiz else None


def kept(before: Texts, given: Texts, languages: Iterable[str]) -> Texts:
    """The texts as they become: in the languages that the form had, what it said, in the others what was there."""
    shown = tuple(languages)
    others = {code: text for code, text in before.items() if code not in shown}
    return {code: given[code] for code in shown if given.get(code)} | others


Part = TypeVar("Part", bound=msgspec.Struct)


def by_id(parts: Iterable[Part], part_id: str) -> Part | None:
    return next((part for part in parts if _id(part) == part_id), None)


def there(part: Part | None) -> Part:
    if part is None:
        raise GoneError
    return part


def put(parts: tuple[Part, ...], new: Part) -> tuple[Part, ...]:
    """In the place of the one that has its id, else last."""
    if by_id(parts, _id(new)) is None:
        return (*parts, new)
    return tuple(new if _id(part) == _id(new) else part for part in parts)


def moved(parts: tuple[Part, ...], part_id: str, to: int) -> tuple[Part, ...]:
    moving = there(by_id(parts, part_id))
    others = tuple(part for part in parts if _id(part) != part_id)
    return (*others[:to], moving, *others[to:])


def _id(part: msgspec.Struct) -> str:
    return str(getattr(part, "id"))  # noqa: B009 - every part of a course has one, which no type says


def without(module: Module, step_id: str) -> Module:
    return replace(module, steps=tuple(step for step in module.steps if step.id != step_id))


def with_step(course: Course, step_id: str, changed: Callable[[Step], Step]) -> Course:
    modules = tuple(
        replace(module, steps=tuple(changed(step) if step.id == step_id else step for step in module.steps))
        for module in course.modules
    )
    return replace(course, modules=modules)


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """A check before the module first, one after it last."""
    places = {"before": 0, "": 1, "after": 2}
    return tuple(sorted(steps, key=lambda step: places[step.role]))


def without_lost_quizzes(course: Course) -> Course:
    used = set(_quizzes_in(course.modules))
    return replace(course, quizzes=tuple(quiz for quiz in course.quizzes if quiz.id in used))


def _quizzes_in(modules: Iterable[Module]) -> Iterator[str]:
    return (step.quiz for module in modules for step in module.steps if step.quiz)


def role_of(where: str) -> Role:
    return "before" if where == "before" else "after" if where == "after" else ""
