"""`/staff/courses/{course}`: a course in its parts, and the buttons that move them and take them away."""

from __future__ import annotations

from aiohttp import web

from ideascube.box_db.random_ids import new_id
from ideascube.items.wording import in_language
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.teaching.changes import Change, MoveModule, MoveStep, RemoveModule, RemoveStep
from ideascube.teaching.course_parts import find_module, find_question, find_step
from ideascube.teaching.editing import (
    COURSES,
    FORM_LIMIT,
    asked_course,
    change_or_tell,
    edit_address,
    place_of,
    said,
    sent,
    words,
)
from ideascube.teaching.languages import columns
from ideascube.teaching.model import OwnCourse, languages_of
from ideascube.teaching.outline import outline
from ideascube.teaching.places_shown import place_icon
from ideascube.teaching.quiz_changes import MoveQuestion, RemoveQuestion
from ideascube.web.i18n import visitor_languages
from ideascube.workspace.rendering import render_staff


@staff(Right.TEACH)
async def course(request: web.Request) -> web.StreamResponse:
    own = await asked_course(request)
    liked = visitor_languages(request)
    return render_staff(
        request,
        "staff_course.html",
        own=own,
        title=in_language(own.course.title, liked),
        say=lambda texts: in_language(texts, liked),
        modules=outline(own.course),
        languages=columns(languages_of(own.course)),
        icon_of=place_icon,
        new_id=new_id,
        said=said(request),
    )


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def move(request: web.Request) -> web.StreamResponse:
    """Form fields: `version`; `to`: `module ID PLACE`, `step ID MODULE PLACE` or `question QUIZ ID PLACE`."""
    own, form = await asked_course(request), await sent(request)
    match form.get("to").split():
        case ["module", module_id, place]:
            what: Change = MoveModule(module_id, place_of(place))
            back = edit_address(own.id, at=f"m-{module_id}")
        case ["step", step_id, module_id, place]:
            what, back = MoveStep(step_id, module_id, place_of(place)), edit_address(own.id, at=f"s-{step_id}")
        case ["question", quiz_id, question_id, place]:
            what = MoveQuestion(quiz_id, question_id, place_of(place))
            back = edit_address(own.id, "quizzes", quiz_id, at=f"q-{question_id}")
        case _:
            raise web.HTTPSeeOther(edit_address(own.id))
    await change_or_tell(request, own, form, what, back)


@staff(Right.TEACH)
async def ask_removal(request: web.Request) -> web.StreamResponse:
    """Asks whether to remove `module`, `step` or `question` (with its `quiz`)."""
    own, _ = await asked_course(request), words(request)
    name, title = _named(request, own)
    if title is None:
        raise web.HTTPSeeOther(edit_address(own.id))
    advice = {
        "module": _("All its lessons and questions go with it. “Earlier versions” brings them back."),
        "step": _("It goes out of this course alone. “Earlier versions” brings it back."),
        "question": _("“Earlier versions” brings it back."),
    }
    return render_staff(
        request,
        "staff_course_confirm.html",
        title=_("Remove “%(title)s”?") % {"title": title},
        advice=advice[name],
        action=edit_address(own.id, "remove"),
        button=_("Remove"),
        back=_back(own, request.query.get("quiz", "")),
        fields={"version": str(own.version), **request.query},
    )


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def remove(request: web.Request) -> web.StreamResponse:
    """Form fields: `version`, and `module`, `step` or `question` (with its `quiz`)."""
    own, form = await asked_course(request), await sent(request)
    quiz = form.get("quiz")
    if form.get("module"):
        what: Change = RemoveModule(form.get("module"))
    elif form.get("step"):
        what = RemoveStep(form.get("step"))
    else:
        what = RemoveQuestion(quiz, form.get("question"))
    await change_or_tell(request, own, form, what, _back(own, quiz, said="removed"))


def _named(request: web.Request, own: OwnCourse) -> tuple[str, str | None]:
    """Which of the three is asked about, and what it is called; None where it is not there."""
    asked, liked = request.query, visitor_languages(request)
    if module := find_module(own.course, asked.get("module", "")):
        return "module", in_language(module.title, liked).text or words(request)("Lessons")
    if step := find_step(own.course, asked.get("step", "")):
        return "step", in_language(step.title, liked).text
    question = find_question(own.course, asked.get("quiz", ""), asked.get("question", ""))
    return "question", in_language(question.text, liked).text or "…" if question else None


def _back(own: OwnCourse, quiz: str, said: str = "") -> str:
    return edit_address(own.id, "quizzes", quiz, said=said) if quiz else edit_address(own.id, said=said)


ROUTES = [
    web.get(COURSES + "/{course}", course),
    web.post(COURSES + "/{course}/move", move),
    web.get(COURSES + "/{course}/remove", ask_removal),
    web.post(COURSES + "/{course}/remove", remove),
]
