"""What a course still needs, as lines that lead to where it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aiohttp import web

from ideascube.items.wording import Worded, in_language
from ideascube.teaching.course_parts import find_module, find_question, find_quiz, find_step
from ideascube.teaching.editing import edit_address, words
from ideascube.teaching.model import OwnCourse
from ideascube.teaching.outline import Lack
from ideascube.web.i18n import visitor_languages


@dataclass(frozen=True, slots=True)
class LackLine:
    """`text` says what is missing, `title` of what; `language` in which."""

    text: str
    title: Worded
    address: str
    language: str


def lines_of(request: web.Request, own: OwnCourse, lacks: Iterable[Lack]) -> list[LackLine]:
    return [_line(request, own, lack) for lack in lacks]


def _line(request: web.Request, own: OwnCourse, lack: Lack) -> LackLine:
    return LackLine(_text(request, lack), _title(request, own, lack), _address(own, lack), lack.language)


def _text(request: web.Request, lack: Lack) -> str:
    _ = words(request)
    return {
        "course": _("The course has no title"),
        "steps": _("The course has no lesson yet"),
        "module": _("This part has no title"),
        "step": _("This lesson has no title"),
        "quiz": _("These questions have no title, or there are none"),
        "question": _("Something is missing in this question"),
    }[lack.what]


def _address(own: OwnCourse, lack: Lack) -> str:
    parts = {
        "course": ["about"],
        "steps": [],
        "module": ["modules", lack.id],
        "step": ["steps", lack.id],
        "quiz": ["quizzes", lack.id],
        "question": ["quizzes", lack.within, lack.id],
    }
    return edit_address(own.id, *parts[lack.what])


def _title(request: web.Request, own: OwnCourse, lack: Lack) -> Worded:
    found = {
        "module": find_module(own.course, lack.id),
        "step": find_step(own.course, lack.id),
        "quiz": find_quiz(own.course, lack.id),
    }.get(lack.what)
    question = find_question(own.course, lack.within, lack.id) if lack.what == "question" else None
    texts = question.text if question else found.title if found else own.course.title
    return in_language(texts, visitor_languages(request))
