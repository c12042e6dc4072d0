"""A quiz in the editor: what stands above its questions, how much is to be right, and the questions in their order."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from content_packs.courses.model import Course, Quiz
from ideascube.box_db.random_ids import new_id
from ideascube.courses.standing import steps_of
from ideascube.items.wording import in_language
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.teaching.course_parts import find_quiz
from ideascube.teaching.editing import (
    COURSES,
    FORM_LIMIT,
    asked_course,
    base_of,
    change_or_again,
    edit_address,
    id_of,
    not_there,
    said,
    sent,
    words,
)
from ideascube.teaching.fields import BadField, one_of, text_in, texts_in, whole_number_in
from ideascube.teaching.languages import columns
from ideascube.teaching.model import OwnCourse, languages_of
from ideascube.teaching.questions import is_complete
from ideascube.teaching.quiz_changes import SetQuiz
from ideascube.teaching.settling import finished_languages
from ideascube.web.forms import SentForm
from ideascube.web.i18n import visitor_languages
from ideascube.workspace.rendering import render_staff

WHERE = ("before", "after", "both")


@staff(Right.TEACH)
async def quiz(request: web.Request) -> web.StreamResponse:
    own = await asked_course(request)
    found = _asked(request, own)
    return _page(request, own, found, quiz_values(own.course, found))


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def set_quiz(request: web.Request) -> web.StreamResponse:
    """Form fields: `version`, `title` and `introduction` by language, `pass`, `where`, `second`."""
    own, form = await asked_course(request), await sent(request)
    languages = languages_of(own.course)
    title, problems = texts_in(form, "title", languages), _problems(request, form)
    if not title:
        problems[f"title.{languages[0]}"] = words(request)("Write what these questions are called.")
    if problems:
        return _page(request, own, _asked(request, own), dict(form.fields), problems)
    what = SetQuiz(
        id=request.match_info["quiz"],
        languages=languages,
        title=title,
        introduction=texts_in(form, "introduction", languages, text_in),
        pass_mark=_pass_mark(form),
        where=one_of(form.get("where"), WHERE),
        second=id_of(form, "second"),
    )
    return await _saved(request, own, form, what)


async def _saved(request: web.Request, own: OwnCourse, form: SentForm, what: SetQuiz) -> web.StreamResponse:
    def again(now: OwnCourse, problems: dict[str, str], is_stale: bool) -> web.Response:
        quiz = _asked(request, now)
        values = quiz_values(now.course, quiz) if is_stale else None
        return _page(request, now, quiz, dict(form.fields), problems, values)

    back = edit_address(own.id, "quizzes", what.id, said="saved")
    return await change_or_again(request, own, base_of(form), what, again, back)


def _asked(request: web.Request, own: OwnCourse) -> Quiz:
    found = find_quiz(own.course, request.match_info["quiz"])
    if found is None:
        raise not_there(request)
    return found


def _problems(request: web.Request, form: SentForm) -> dict[str, str]:
    try:
        _pass_mark(form, words(request)("Write a number from 1 to 100, such as 60, or leave this empty."))
    except BadField as error:
        return {"pass": str(error)}
    return {}


def _pass_mark(form: SentForm, sentence: str = "") -> int | None:
    return whole_number_in(form, "pass", 100, sentence)


def quiz_values(course: Course, quiz: Quiz) -> dict[str, str]:
    """The form as it stands filled in."""
    roles = {step.role for step in steps_of(course) if step.quiz == quiz.id}
    where = "both" if {"before", "after"} <= roles else next(iter(roles), "")
    texts = {"title": quiz.title, "introduction": quiz.introduction}
    flat = {f"{name}.{code}": text for name, by_code in texts.items() for code, text in by_code.items()}
    return {**flat, "pass": str(quiz.pass_mark) if quiz.pass_mark else "", "where": where}


def _page(
    request: web.Request,
    own: OwnCourse,
    quiz: Quiz,
    values: Mapping[str, str],
    problems: Mapping[str, str] | None = None,
    now: Mapping[str, str] | None = None,
) -> web.Response:
    languages = languages_of(own.course)
    liked = visitor_languages(request)
    step = next((step.id for step in steps_of(own.course) if step.quiz == quiz.id), "")
    return render_staff(
        request,
        "staff_course_quiz.html",
        status=400 if problems else 200,
        own=own,
        quiz=quiz,
        step_id=step,
        title=in_language(quiz.title, liked),
        values=values,
        languages=columns(languages),
        lacks=lambda question: [code for code in languages if not is_complete(question, code)],
        can_be_tried=bool(finished_languages(quiz, languages)),
        second=new_id(),
        problems=problems or {},
        now=now or {},
        said=said(request),
        say=lambda texts: in_language(texts, liked),
    )


ROUTES = [
    web.get(COURSES + "/{course}/quizzes/{quiz}", quiz),
    web.post(COURSES + "/{course}/quizzes/{quiz}", set_quiz),
]
