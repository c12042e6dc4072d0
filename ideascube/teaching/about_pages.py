"""What a course says of itself, and what each of its parts is called: forms with all languages under each other."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from content_packs.courses.model import Texts
from ideascube.box_db.random_ids import is_id, new_id
from ideascube.courses.source import own_file_address
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.teaching.changes import SetAbout, SetModule
from ideascube.teaching.course_parts import find_module
from ideascube.teaching.editing import (
    COURSES,
    FORM_LIMIT,
    asked_course,
    base_of,
    change_or_again,
    edit_address,
    sent,
    words,
)
from ideascube.teaching.fields import BadField, line_in, one_of, text_in, texts_in, whole_number_in
from ideascube.teaching.languages import columns, offered, options
from ideascube.teaching.model import MOST_LANGUAGES, OwnCourse, languages_of
from ideascube.teaching.picture_choice import NOT_CHOOSING, Choosing, choosing, without_picture
from ideascube.teaching.places import file_at
from ideascube.web.forms import SentForm
from ideascube.workspace.rendering import render_staff

LEVELS = ("beginner", "intermediate", "advanced")
MOST_MINUTES = 10_000


@staff(Right.TEACH)
async def about(request: web.Request) -> web.StreamResponse:
    own = await asked_course(request)
    return _about_page(request, own, about_values(own), languages_of(own.course))


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def set_about(request: web.Request) -> web.StreamResponse:
    """Form fields: `version`, `lang` (several), texts by language, `level`, `minutes`, `licence`, `do` (a button's).

    The button `add` adds the language `more` to the form.
    """
    own, form = await asked_course(request), await sent(request)
    languages = _languages(request, own, form)
    values = dict(form.fields)
    if (button := form.get("do")) not in ("", "save"):
        values = without_picture(values, button)
        return _about_page(request, own, values, languages, chosen=await choosing(request, button))
    problems = _about_problems(request, form, languages)
    if problems:
        return _about_page(request, own, values, languages, problems)
    return await _saved(request, own, form, _about_change(own, form, languages), languages)


async def _saved(
    request: web.Request, own: OwnCourse, form: SentForm, what: SetAbout, languages: tuple[str, ...]
) -> web.StreamResponse:
    def again(now: OwnCourse, problems: dict[str, str], is_stale: bool) -> web.Response:
        return _about_page(request, now, dict(form.fields), languages, problems, now if is_stale else None)

    return await change_or_again(request, own, base_of(form), what, again, edit_address(own.id, said="saved"))


def _languages(request: web.Request, own: OwnCourse, form: SentForm) -> tuple[str, ...]:
    """Those that are ticked, and the one that is to be added."""
    known = set(offered(request, languages_of(own.course)))
    asked = [*form.all("lang"), form.get("more") if form.get("do") == "add" else ""]
    return tuple(dict.fromkeys(code for code in asked if code in known))[:MOST_LANGUAGES]


def _about_problems(request: web.Request, form: SentForm, languages: tuple[str, ...]) -> dict[str, str]:
    _, problems = words(request), {}
    if not languages:
        problems["form"] = _("A course is in one language at least: tick one.")
    elif not line_in(form, f"title.{languages[0]}"):
        problems[f"title.{languages[0]}"] = _("Write what the course is called.")
    try:
        _minutes(form, _("Write how many minutes it takes, such as 90, or leave this empty."))
    except BadField as error:
        problems["minutes"] = str(error)
    return problems


def _minutes(form: SentForm, sentence: str) -> int | None:
    return whole_number_in(form, "minutes", MOST_MINUTES, sentence)


def _about_change(own: OwnCourse, form: SentForm, languages: tuple[str, ...]) -> SetAbout:
    return SetAbout(
        languages=languages,
        title=texts_in(form, "title", languages),
        summary=texts_in(form, "summary", languages, text_in),
        audience=texts_in(form, "audience", languages),
        level=one_of(form.get("level"), LEVELS),
        minutes=_minutes(form, ""),
        licence=line_in(form, "licence")[:200] if own.origin is None else own.course.licence,
        picture=file_at(line_in(form, "picture")),
    )


def about_values(own: OwnCourse) -> dict[str, str]:
    """The form as it stands filled in."""
    course = own.course
    texts = {"title": course.title, "summary": course.summary, "audience": course.audience}
    flat = {f"{name}.{code}": text for name, by_code in texts.items() for code, text in by_code.items()}
    minutes = str(course.minutes) if course.minutes else ""
    return {
        **flat,
        "level": course.level,
        "minutes": minutes,
        "licence": course.licence,
        "picture": course.picture,
    }


def _about_page(
    request: web.Request,
    own: OwnCourse,
    values: Mapping[str, str],
    languages: tuple[str, ...],
    problems: Mapping[str, str] | None = None,
    now: OwnCourse | None = None,
    chosen: Choosing = NOT_CHOOSING,
) -> web.Response:
    return render_staff(
        request,
        "staff_course_about.html",
        status=400 if problems else 200,
        own=own,
        values=values,
        languages=columns(languages),
        more=[each for each in options(request, languages) if each[0] not in languages],
        problems=problems or {},
        now=about_values(now) if now else {},
        levels=LEVELS,
        file_address=own_file_address,
        choosing=chosen,
        may_set_licence=own.origin is None,
    )


@staff(Right.TEACH)
async def module(request: web.Request) -> web.StreamResponse:
    """An id that no part has is that of a new one; without, it gets one."""
    own, module_id = await asked_course(request), request.match_info["module"]
    if not is_id(module_id):
        raise web.HTTPSeeOther(edit_address(own.id, "modules", new_id()))
    return _module_page(request, own, module_id, module_values(own, module_id))


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def set_module(request: web.Request) -> web.StreamResponse:
    """Form fields: `version`, `title` and `summary` by language."""
    own, form, module_id = await asked_course(request), await sent(request), request.match_info["module"]
    languages = languages_of(own.course)
    title = texts_in(form, "title", languages)
    if not is_id(module_id) or (not title and find_module(own.course, module_id) is None):
        problems = {f"title.{languages[0]}": words(request)("Write what this part is called.")}
        return _module_page(request, own, module_id, dict(form.fields), problems)

    def again(now: OwnCourse, problems: dict[str, str], is_stale: bool) -> web.Response:
        values = module_values(now, module_id) if is_stale else None
        return _module_page(request, now, module_id, dict(form.fields), problems, values)

    what = SetModule(module_id, languages, title, _summary(form, languages))
    back = edit_address(own.id, said="saved", at=f"m-{module_id}")
    return await change_or_again(request, own, base_of(form), what, again, back)


def _summary(form: SentForm, languages: tuple[str, ...]) -> Texts:
    return texts_in(form, "summary", languages, text_in)


def module_values(own: OwnCourse, module_id: str) -> dict[str, str]:
    found = find_module(own.course, module_id)
    texts = {"title": found.title, "summary": found.summary} if found else {}
    return {f"{name}.{code}": text for name, by_code in texts.items() for code, text in by_code.items()}


def _module_page(
    request: web.Request,
    own: OwnCourse,
    module_id: str,
    values: Mapping[str, str],
    problems: Mapping[str, str] | None = None,
    now: Mapping[str, str] | None = None,
) -> web.Response:
    return render_staff(
        request,
        "staff_course_module.html",
        status=400 if problems else 200,
        own=own,
        module_id=module_id,
        is_new=find_module(own.course, module_id) is None,
        values=values,
        languages=columns(languages_of(own.course)),
        problems=problems or {},
        now=now or {},
    )


ROUTES = [
    web.get(COURSES + "/{course}/about", about),
    web.post(COURSES + "/{course}/about", set_about),
    web.get(COURSES + "/{course}/modules/{module}", module),
    web.post(COURSES + "/{course}/modules/{module}", set_module),
]
