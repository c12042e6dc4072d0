"""`/staff/courses`: the courses that were made here, a new one, and the courses of packs that may be adapted."""

from __future__ import annotations

from aiohttp import web

from content_packs.errors import BadInput
from ideascube.box_db.own_courses import add_course, list_courses
from ideascube.box_db.random_ids import new_id
from ideascube.items.wording import Worded, in_language
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.teaching.editing import COURSES, FORM_LIMIT, by, edit_address, id_of, sent, words
from ideascube.teaching.fields import line_in
from ideascube.teaching.languages import offered, options
from ideascube.teaching.model import OwnCourse, new_course
from ideascube.web.context import DATABASE
from ideascube.web.forms import SentForm
from ideascube.web.i18n import interface_language, visitor_languages
from ideascube.workspace.rendering import render_staff


@staff(Right.TEACH)
async def courses(request: web.Request) -> web.StreamResponse:
    made = await request.app[DATABASE].read(list_courses)
    return render_staff(request, "staff_courses.html", lines=[_line(request, each) for each in made])


def _line(request: web.Request, own: OwnCourse) -> tuple[OwnCourse, Worded, str]:
    return own, in_language(own.course.title, visitor_languages(request)), edit_address(own.id)


@staff(Right.TEACH)
async def new(request: web.Request) -> web.StreamResponse:
    return _form(request, {"id": new_id(), "language": interface_language(request), "title": ""}, {})


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def make(request: web.Request) -> web.StreamResponse:
    """Form fields: `id`, `language`, `title`."""
    form, _ = await sent(request), words(request)
    title, language = line_in(form, "title"), form.get("language")
    if language not in offered(request):
        return _form(request, _values(form), {"language": _("Choose a language of this list.")})
    if not title:
        return _form(request, _values(form), {"title": _("Write what the course is called.")})
    try:
        made = await request.app[DATABASE].write(add_course, new_course(id_of(form), {language: title}), by(request))
    except BadInput as error:
        return _form(request, _values(form), {"form": str(error)})
    raise web.HTTPSeeOther(edit_address(made.id))


def _values(form: SentForm) -> dict[str, str]:
    return {"id": id_of(form), "language": form.get("language"), "title": form.get("title")}


def _form(request: web.Request, values: dict[str, str], problems: dict[str, str]) -> web.Response:
    return render_staff(
        request,
        "staff_course_new.html",
        status=400 if problems else 200,
        values=values,
        problems=problems,
        languages=options(request),
    )


ROUTES = [
    web.get(COURSES, courses),
    web.get(f"{COURSES}/new", new),
    web.post(f"{COURSES}/new", make),
]
