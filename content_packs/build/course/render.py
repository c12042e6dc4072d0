"""The pages of courses and quizzes as HTML, from the templates in `templates/course`."""

from __future__ import annotations

import json

from content_packs.build.content import Workshop
from content_packs.build.course.placed import PlacedCourse, PlacedStep
from content_packs.build.course.words import words_in
from content_packs.courses.keys import key_of
from content_packs.languages import best_text

STYLESHEET = "_pack/course.css"
SCRIPT = "_pack/quiz.js"
# The words that the script shows.
SPOKEN = ("check", "right", "wrong", "earlier", "later", "incomplete", "score", "passed", "failed", "again")


def render_course(course: PlacedCourse, language: str, workshop: Workshop) -> str:
    """The page of a course: what it is about, its modules and their lessons."""
    main = workshop.spec.language
    return workshop.renderer.render(
        "course/course.html",
        course.course.pages[language],
        language,
        course.course.title[language],
        course.course.pages,
        course=course.course,
        modules=course.modules,
        words=words_in(language, main, course.spec.words),
        text=lambda texts: best_text(texts, language, main),
        course_style=STYLESHEET,
    )


def render_quiz(course: PlacedCourse, step: PlacedStep, language: str, workshop: Workshop) -> str:
    """The page of a quiz, which can be read and answered on paper; the script marks it at once where there is one."""
    assert step.quiz is not None
    main = workshop.spec.language
    words = words_in(language, main, course.spec.words)
    keys = {question.id: _json(key_of(question, language)) for question in step.quiz.questions}
    return workshop.renderer.render(
        "course/quiz.html",
        step.step.pages[language],
        language,
        step.step.title[language],
        step.step.pages,
        quiz=step.quiz,
        role=step.step.role,
        keys=keys,
        words=words,
        spoken=_json({name: words[name] for name in SPOKEN}),
        course_style=STYLESHEET,
        quiz_script=SCRIPT,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
