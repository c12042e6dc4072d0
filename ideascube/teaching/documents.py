"""A course made here as the box's own index has it: what it is found by. Pure.

As in packs, questions and what can be chosen are found, but no answers and nothing that explains them.
"""

from __future__ import annotations

from collections.abc import Iterator

from content_packs.courses.model import (
    AnyQuestion,
    ChoiceQuestion,
    Course,
    GapsQuestion,
    OrderQuestion,
    PairsQuestion,
    Texts,
)
from ideascube.own_index.documents import OwnDocument, Said
from ideascube.teaching.model import OwnCourse, own_page

FAMILY = "course"
KIND = "course"
_LONGEST_LICENCE = 60  # characters of what filters offer


def document_of(own: OwnCourse) -> OwnDocument:
    """The document of a course as learners see it, in all of its languages."""
    course = own.course
    main, *further = (_said(course, code) for code in course.pages)
    return OwnDocument(
        id=f"{FAMILY}:{own.id}",
        pack="",
        path=own_page(own.id),
        lang=main.lang,
        kind=KIND,
        licence=course.licence[:_LONGEST_LICENCE],
        title=main.title or own.id,
        text=main.text,
        also=tuple(each for each in further if each.title),
    )


def _said(course: Course, code: str) -> Said:
    texts = (text[code] for text in _texts(course) if text.get(code))
    return Said(code, course.title.get(code, ""), "\n".join([*texts, *_gap_texts(course, code)]))


def _texts(course: Course) -> Iterator[Texts]:
    yield from (course.summary, course.audience)
    for module in course.modules:
        yield from (module.title, module.summary)
        yield from (step.title for step in module.steps)
    for quiz in course.quizzes:
        yield from (quiz.title, quiz.introduction)
        yield from (text for question in quiz.questions for text in _of_question(question))


def _of_question(question: AnyQuestion) -> Iterator[Texts]:
    yield question.text
    match question:
        case ChoiceQuestion():
            yield from (choice.text for choice in question.choices)
        case OrderQuestion():
            yield from (item.text for item in question.items)
        case PairsQuestion():
            yield from (side for pair in question.pairs for side in (pair.left, pair.right))
        case _:
            pass


def _gap_texts(course: Course, code: str) -> Iterator[str]:
    """What stands between gaps."""
    for quiz in course.quizzes:
        for question in quiz.questions:
            if isinstance(question, GapsQuestion):
                yield " ".join(piece for piece in question.pieces.get(code, ()) if isinstance(piece, str))
