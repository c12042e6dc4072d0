"""One question in the editor. A button that adds or moves a row sends the form, which comes back as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web

from content_packs.courses.model import MOST_PARTS, AnyQuestion
from ideascube.box_db.random_ids import is_id, new_id
from ideascube.courses.source import own_file_address
from ideascube.items.wording import in_language
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.teaching.course_parts import find_question, find_quiz
from ideascube.teaching.editing import (
    COURSES,
    FORM_LIMIT,
    asked_course,
    base_of,
    change_or_again,
    edit_address,
    not_there,
    sent,
    words,
)
from ideascube.teaching.languages import columns
from ideascube.teaching.model import OwnCourse, languages_of
from ideascube.teaching.picture_choice import NOT_CHOOSING, Choosing, choosing, without_picture
from ideascube.teaching.question_forms import KINDS, form_of, number_problems, read_question
from ideascube.teaching.question_rows import QuestionForm, after_button, empty_form, sent_form
from ideascube.teaching.questions import problems as question_problems
from ideascube.teaching.quiz_changes import PutQuestion
from ideascube.web.i18n import visitor_languages
from ideascube.workspace.rendering import render_staff


@staff(Right.TEACH)
async def question(request: web.Request) -> web.StreamResponse:
    """An id that no question has is that of a new one, of the `kind` in the address."""
    own = await asked_course(request)
    found = _found(request, own)
    question_id, kind = request.match_info["question"], request.query.get("kind", "")
    if found is None and kind not in KINDS:
        raise not_there(request)
    if not is_id(question_id) and found is None:
        pictures = "&pictures=1" if "pictures" in request.query else ""
        quiz_id = request.match_info["quiz"]
        raise web.HTTPSeeOther(edit_address(own.id, "quizzes", quiz_id, new_id()) + f"?kind={kind}{pictures}")
    form = form_of(found) if found else empty_form(kind)
    return _page(request, own, form, is_new=found is None)


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def set_question(request: web.Request) -> web.StreamResponse:
    """Form fields: `version`, `kind`, `row` (several), those of the kind; `do` is what a button says."""
    own, sent_fields = await asked_course(request), await sent(request)
    kind = sent_fields.get("kind")
    before = _found(request, own)
    if kind not in KINDS or find_quiz(own.course, request.match_info["quiz"]) is None:
        raise not_there(request)
    form = sent_form(kind, sent_fields.all("row"), dict(sent_fields.fields))
    if (button := sent_fields.get("do")) not in ("", "save"):
        changed = after_button(replace(form, values=without_picture(form.values, button)), button)
        chosen = await choosing(request, button)
        return _page(request, own, changed, is_new=before is None, base=base_of(sent_fields), choosing=chosen)
    languages = languages_of(own.course)
    made = read_question(form, request.match_info["question"], languages, before)
    problems = _problems(request, form, made, languages[0])
    if problems or (not is_id(made.id) and before is None):
        return _page(request, own, form, problems, is_new=before is None, base=base_of(sent_fields))
    return await _saved(request, own, form, made, base_of(sent_fields))


async def _saved(
    request: web.Request, own: OwnCourse, form: QuestionForm, made: AnyQuestion, base: int
) -> web.StreamResponse:
    quiz_id = request.match_info["quiz"]

    def again(now: OwnCourse, problems: dict[str, str], is_stale: bool) -> web.Response:
        if not is_stale:
            return _page(request, now, form, problems, is_new=False, base=base)
        found = find_question(now.course, quiz_id, made.id)
        return _page(request, now, form, problems, is_new=found is None, now=found)

    back = edit_address(own.id, "quizzes", quiz_id, said="saved", at=f"q-{made.id}")
    return await change_or_again(request, own, base, PutQuestion(quiz_id, made), again, back)


def _found(request: web.Request, own: OwnCourse) -> AnyQuestion | None:
    quiz_id = request.match_info["quiz"]
    if find_quiz(own.course, quiz_id) is None:
        raise not_there(request)
    return find_question(own.course, quiz_id, request.match_info["question"])


def _problems(request: web.Request, form: QuestionForm, made: AnyQuestion, main: str) -> dict[str, str]:
    """In the course's main language; what is missing in others is said before the course is published."""
    _ = words(request)
    found = dict(number_problems(form, _))
    for name, sentence in question_problems(made, main, _):
        found.setdefault(name if name in _WHOLE else f"{name}.{main}", sentence)
    return found


_WHOLE = ("choices", "items", "pairs", "number", "within")  # fields that are the same in all languages


def _page(
    request: web.Request,
    own: OwnCourse,
    form: QuestionForm,
    problems: Mapping[str, str] | None = None,
    *,
    is_new: bool,
    base: int = 0,
    now: AnyQuestion | None = None,
    choosing: Choosing = NOT_CHOOSING,
) -> web.Response:
    quiz = find_quiz(own.course, request.match_info["quiz"])
    if quiz is None:
        raise not_there(request)
    return render_staff(
        request,
        "staff_course_question.html",
        status=400 if problems else 200,
        own=own,
        quiz=quiz,
        quiz_title=in_language(quiz.title, visitor_languages(request)),
        question_id=request.match_info["question"],
        form=form,
        base=base or own.version,
        is_new=is_new,
        languages=columns(languages_of(own.course)),
        problems=problems or {},
        now=form_of(now) if now else None,
        file_address=own_file_address,
        choosing=choosing,
        has_pictures="pictures" in request.query or any(form.get(f"{row}.picture") for row in form.rows),
        is_full=len(form.rows) >= MOST_PARTS,
    )


ROUTES = [
    web.get(COURSES + "/{course}/quizzes/{quiz}/{question}", question),
    web.post(COURSES + "/{course}/quizzes/{quiz}/{question}", set_question),
]
