"""A quiz on the box: each question is marked as soon as it is checked, with scripts in the page, without by the server.

No session remembers anything: the form carries what was answered, and all of it is marked anew with each question. A
result is kept when the last question is checked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from aiohttp import web
from multidict import MultiDict

from content_packs.courses.keys import key_of
from content_packs.courses.model import Quiz, Step
from ideascube.courses.answers import Answered, Result, fields_of, read_answers, said_to
from ideascube.courses.keeping import quiz_place, standing_in
from ideascube.courses.opening import OpenCourse
from ideascube.courses.standing import Learnt, Standing, module_of
from ideascube.courses.trail import trail_of
from ideascube.items.wording import Worded
from ideascube.progress.request import note, progress_of
from ideascube.web.language import read_form
from ideascube.web.rendering import render


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as it is shown. `key` is what the script marks it by, `fields` what a marked one sends again."""

    answered: Answered
    key: str
    said: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class End:
    """What is said when all is answered: `again` are the questions to look at once more."""

    right: int
    total: int
    percent: int
    has_passed: bool | None  # None where it cannot be failed
    again: tuple[QuestionView, ...]
    lessons: tuple[tuple[Worded, str], ...]
    learnt: Learnt | None
    next_title: Worded | None
    next_address: str


async def show_quiz(request: web.Request, opened: OpenCourse, step: Step, quiz: Quiz) -> web.StreamResponse:
    """The quiz with nothing answered."""
    standing = standing_in(await progress_of(request), opened.pack_id, opened.course)
    return _page(request, opened, step, quiz, read_answers(quiz, MultiDict(), _language(opened, quiz)), standing)


async def mark_quiz(request: web.Request, opened: OpenCourse, step: Step, quiz: Quiz) -> web.StreamResponse:
    """The quiz with what the form says was answered and checked."""
    result = read_answers(quiz, await read_form(request), _language(opened, quiz))
    standing = standing_in(await progress_of(request), opened.pack_id, opened.course)
    if not result.is_complete:
        return _page(request, opened, step, quiz, result, standing)
    place = quiz_place(opened, step, standing, result.percent)
    if place is None or opened.below:
        return _page(request, opened, step, quiz, result, standing)
    standing = replace(standing, results={**standing.results, step.id: result.percent})
    answer = _page(request, opened, step, quiz, result, standing)
    await note(request, answer, place)
    return answer


def _page(
    request: web.Request, opened: OpenCourse, step: Step, quiz: Quiz, result: Result, standing: Standing
) -> web.Response:
    language = _language(opened, quiz)
    questions = [_view(one, language) for one in result.answered]
    return render(
        request,
        "quiz.html",
        step=step,
        quiz=quiz,
        title=Worded(quiz.title.get(language, ""), language),
        shown=language,
        trail=trail_of(opened, step, standing),
        questions=questions,
        raw=opened.source.file_address,
        post=opened.step_address(step),
        preview=opened.edit_address,
        checked=sum(one.mark is not None for one in result.answered),
        end=_end(opened, step, result, questions, standing) if result.is_complete else None,
    )


def _view(answered: Answered, language: str) -> QuestionView:
    key = json.dumps(key_of(answered.question, language), ensure_ascii=False, sort_keys=True)
    fields = tuple(fields_of(answered)) if answered.mark is not None else ()
    return QuestionView(answered, key, said_to(answered, language), fields)


def _end(opened: OpenCourse, step: Step, result: Result, questions: list[QuestionView], standing: Standing) -> End:
    mark = standing.pass_mark(step)
    following = standing.after(step)
    module = module_of(opened.course, step)
    return End(
        right=result.right,
        total=len(result.answered),
        percent=result.percent,
        has_passed=None if mark is None else result.has_passed(mark),
        again=tuple(one for one in questions if one.answered.mark is not None and not one.answered.mark.right),
        lessons=tuple((opened.say(one.title), opened.step_address(one)) for one in module.steps if not one.quiz),
        learnt=standing.learnt(module) if step.role == "after" else None,
        next_title=opened.say(following.title) if following else None,
        next_address=opened.step_address(following) if following else opened.address,
    )


def _language(opened: OpenCourse, quiz: Quiz) -> str:
    """The language that a quiz is shown and marked in."""
    return opened.language_among(quiz.title) or opened.shown
