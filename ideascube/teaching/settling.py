"""A course made here as learners see it: what is unfinished in a language is left out in that language. Pure.

People may leave a course half translated and publish it. A quiz is shown and marked in the languages in which all of it
is there; modules without steps, and quizzes without questions, are not shown at all.
"""

from __future__ import annotations

from msgspec.structs import replace

from content_packs.courses.model import Course, Module, Quiz, Step, Texts
from ideascube.teaching.questions import is_complete


def settled(course: Course) -> Course:
    """The course as it is learnt."""
    languages = tuple(course.pages)
    quizzes = {quiz.id: quiz for quiz in (_settled_quiz(each, languages) for each in course.quizzes) if quiz.title}
    modules = (_settled_module(module, quizzes, languages) for module in course.modules)
    return replace(
        course,
        title=_within(course.title, languages),
        summary=_within(course.summary, languages),
        audience=_within(course.audience, languages),
        modules=tuple(module for module in modules if module.steps),
        quizzes=tuple(quizzes.values()),
    )


def finished_languages(quiz: Quiz, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Those in which a quiz can be taken: it has a title, and each question all that it needs."""
    if not quiz.questions:
        return ()
    return tuple(
        code for code in languages if quiz.title.get(code) and all(is_complete(each, code) for each in quiz.questions)
    )


def _settled_quiz(quiz: Quiz, languages: tuple[str, ...]) -> Quiz:
    return replace(quiz, title=_within(quiz.title, finished_languages(quiz, languages)))


def _settled_module(module: Module, quizzes: dict[str, Quiz], languages: tuple[str, ...]) -> Module:
    steps = (step for step in module.steps if not step.quiz or step.quiz in quizzes)
    return replace(
        module,
        title=_within(module.title, languages),
        summary=_within(module.summary, languages),
        steps=tuple(_settled_step(step, quizzes) for step in steps),
    )


def _settled_step(step: Step, quizzes: dict[str, Quiz]) -> Step:
    """A quiz is there in the languages in which it can be taken, a lesson in those of its pages."""
    if not step.quiz:
        return step
    page = next(iter(step.pages.values()), "")
    return replace(step, pages=dict.fromkeys(quizzes[step.quiz].title, page))


def _within(texts: Texts, languages: tuple[str, ...]) -> Texts:
    return {code: texts[code] for code in languages if texts.get(code)}
