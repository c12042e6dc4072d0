"""A course as its makers see it: its parts in their order, and what each still needs. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from content_packs.courses.model import Course, Module, Quiz, Step
from ideascube.teaching.questions import is_complete
from ideascube.teaching.settling import finished_languages


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in its module, at `place` from 0. `lacks` are the languages in which it is not there yet."""

    step: Step
    place: int
    is_first: bool
    is_last: bool
    questions: int
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModuleRow:
    module: Module
    place: int
    is_first: bool
    is_last: bool
    rows: tuple[StepRow, ...]


def outline(course: Course) -> list[ModuleRow]:
    last = len(course.modules) - 1
    return [
        ModuleRow(module, place, place == 0, place == last, tuple(_rows(course, module)))
        for place, module in enumerate(course.modules)
    ]


def _rows(course: Course, module: Module) -> Iterator[StepRow]:
    quizzes = {quiz.id: quiz for quiz in course.quizzes}
    last = len(module.steps) - 1
    for place, step in enumerate(module.steps):
        quiz = quizzes.get(step.quiz)
        yield StepRow(
            step, place, place == 0, place == last, len(quiz.questions) if quiz else 0, lacks(course, step, quiz)
        )


def lacks(course: Course, step: Step, quiz: Quiz | None) -> tuple[str, ...]:
    """The languages of the course in which a step has no title, or a quiz cannot be taken."""
    languages = tuple(course.pages)
    there = finished_languages(quiz, languages) if quiz else tuple(step.title)
    return tuple(code for code in languages if code not in there)


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing in a language: `what` is `course`, `module`, `step`, `quiz` or `question`.

    `id` is its id, for a question its quiz's with it in `within`.
    """

    what: str
    id: str
    language: str
    within: str = ""


def must_be(course: Course) -> list[Lack]:
    """What keeps a course from being published: it has no title or no steps, or a quiz cannot be taken at all."""
    main = next(iter(course.pages), "")
    found = [] if course.title.get(main) else [Lack("course", course.id, main)]
    if not any(module.steps for module in course.modules):
        found.append(Lack("steps", course.id, main))
    for quiz in course.quizzes:
        found.extend(_of_quiz(quiz, main))
    return found


def may_be(course: Course) -> list[Lack]:
    """What is missing in further languages: learners see it in another language there."""
    further = tuple(course.pages)[1:]
    return [lack for language in further for lack in _in(course, language)]


def _in(course: Course, language: str) -> Iterator[Lack]:
    if not course.title.get(language):
        yield Lack("course", course.id, language)
    for module in course.modules:
        if module.title and not module.title.get(language):
            yield Lack("module", module.id, language)
        for step in module.steps:
            if not step.quiz and language not in step.title:
                yield Lack("step", step.id, language)
    for quiz in course.quizzes:
        yield from _of_quiz(quiz, language)


def _of_quiz(quiz: Quiz, language: str) -> Iterator[Lack]:
    if not quiz.title.get(language) or not quiz.questions:
        yield Lack("quiz", quiz.id, language)
    for question in quiz.questions:
        if not is_complete(question, language):
            yield Lack("question", question.id, language, quiz.id)
