"""One lesson in the editor: its title by language, how long it takes, in which part it stands."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from content_packs.courses.model import Course, Step
from ideascube.items.wording import in_language
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.teaching.changes import MoveStep, SetStep
from ideascube.teaching.course_parts import find_step
from ideascube.teaching.editing import (
    COURSES,
    FORM_LIMIT,
    asked_course,
    base_of,
    change_or_again,
    change_or_tell,
    edit_address,
    not_there,
    sent,
    words,
)
from ideascube.teaching.fields import BadField, texts_in, whole_number_in
from ideascube.teaching.languages import columns
from ideascube.teaching.model import OwnCourse, languages_of
from ideascube.web.forms import SentForm
from ideascube.web.i18n import visitor_languages
from ideascube.workspace.rendering import render_staff

_MOST_MINUTES = 1000


@staff(Right.TEACH)
async def step(request: web.Request) -> web.StreamResponse:
    """A quiz has a page of its own."""
    own = await asked_course(request)
    found = _asked(request, own)
    if found.quiz:
        raise web.HTTPSeeOther(edit_address(own.id, "quizzes", found.quiz))
    return _page(request, own, found, step_values(found))


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def set_step(request: web.Request) -> web.StreamResponse:
    """Form fields: `version`, `title` by language, `minutes`; or `module`, where it is to be moved to."""
    own, form = await asked_course(request), await sent(request)
    step_id = request.match_info["step"]
    if form.get("module"):
        back = edit_address(own.id, at=f"s-{step_id}")
        await change_or_tell(request, own, form, MoveStep(step_id, form.get("module"), 100_000), back)
    languages = languages_of(own.course)
    title, problems = texts_in(form, "title", languages), _problems(request, form)
    if not title:
        problems[f"title.{languages[0]}"] = words(request)("Write what this lesson is called.")
    if problems:
        return _page(request, own, _asked(request, own), dict(form.fields), problems)
    return await _saved(request, own, form, SetStep(step_id, languages, title, _minutes(form)))


async def _saved(request: web.Request, own: OwnCourse, form: SentForm, what: SetStep) -> web.StreamResponse:
    def again(now: OwnCourse, problems: dict[str, str], is_stale: bool) -> web.Response:
        found = _asked(request, now)
        return _page(request, now, found, dict(form.fields), problems, step_values(found) if is_stale else None)

    back = edit_address(own.id, said="saved", at=f"s-{what.id}")
    return await change_or_again(request, own, base_of(form), what, again, back)


def _asked(request: web.Request, own: OwnCourse) -> Step:
    found = find_step(own.course, request.match_info["step"])
    if found is None:
        raise not_there(request)
    return found


def _problems(request: web.Request, form: SentForm) -> dict[str, str]:
    try:
        _minutes(form, words(request)("Write how many minutes it takes, such as 10, or leave this empty."))
    except BadField as error:
        return {"minutes": str(error)}
    return {}


def _minutes(form: SentForm, sentence: str = "") -> int | None:
    return whole_number_in(form, "minutes", _MOST_MINUTES, sentence)


def step_values(step: Step) -> dict[str, str]:
    """The form as it stands filled in."""
    titles = {f"title.{code}": text for code, text in step.title.items()}
    return {**titles, "minutes": str(step.minutes) if step.minutes else ""}


def _page(
    request: web.Request,
    own: OwnCourse,
    step: Step,
    values: Mapping[str, str],
    problems: Mapping[str, str] | None = None,
    now: Mapping[str, str] | None = None,
) -> web.Response:
    return render_staff(
        request,
        "staff_course_step.html",
        status=400 if problems else 200,
        own=own,
        step=step,
        values=values,
        languages=columns(languages_of(own.course)),
        modules=module_options(request, own.course, step.id),
        problems=problems or {},
        now=now or {},
    )


def module_options(request: web.Request, course: Course, step_id: str) -> list[tuple[str, str, str]]:
    """The parts that a step may be moved to, by their titles or their numbers."""
    _, found = words(request), []
    for number, module in enumerate(course.modules, 1):
        if all(step.id != step_id for step in module.steps):
            title = in_language(module.title, visitor_languages(request))
            found.append((module.id, title.text or f"{_('Part')} {number}", title.language))
    return found


ROUTES = [
    web.get(COURSES + "/{course}/steps/{step}", step),
    web.post(COURSES + "/{course}/steps/{step}", set_step),
]
