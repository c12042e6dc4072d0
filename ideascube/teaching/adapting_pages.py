"""`/staff/courses/adapt`: the courses of packs, each with what its licence says, and the button that copies one."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from content_packs.courses.model import Course
from content_packs.errors import BadInput
from content_packs.store.library import PackRecord
from ideascube.box_db.own_courses import add_course
from ideascube.box_db.random_ids import new_id
from ideascube.courses.opening import OpenCourse, courses_in
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.teaching.adapting import adapted, may_be_adapted
from ideascube.teaching.editing import COURSES, FORM_LIMIT, by, edit_address, id_of, not_there, sent, words
from ideascube.teaching.fields import writable
from ideascube.teaching.model import Origin
from ideascube.web.cards import pack_title
from ideascube.web.context import DATABASE, LIBRARY
from ideascube.workspace.rendering import render_staff


@dataclass(frozen=True, slots=True)
class Adaptable:
    """A course of a pack: `licence` as it is said there, `may_be` whether it lets itself be changed."""

    one: OpenCourse
    pack: str
    licence: str
    may_be: bool


@staff(Right.TEACH)
async def choose(request: web.Request) -> web.StreamResponse:
    return _page(request, "")


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def adapt(request: web.Request) -> web.StreamResponse:
    """Form fields: `id` of the copy, `pack` and `course`."""
    form, _ = await sent(request), words(request)
    found = next(
        (each for each in _adaptable(request) if _is_asked(each.one, form.get("pack"), form.get("course"))), None
    )
    record = request.app[LIBRARY].get(form.get("pack"))
    if found is None or record is None:
        raise not_there(request)
    if not found.may_be:
        return _page(request, _("The licence of this course forbids to change it: use the course as it is."))
    course_id = id_of(form)
    try:
        copy = adapted(found.one.course, record.id, course_id, found.one.source.language)
        made = await request.app[DATABASE].write(add_course, copy, by(request), origin_of(record, found.one.course))
    except BadInput as error:
        return _page(request, str(error))
    raise web.HTTPSeeOther(edit_address(made.id, said="copied"))


def _is_asked(one: OpenCourse, pack: str, course: str) -> bool:
    return (one.pack_id, one.course.id) == (pack, course)


def origin_of(record: PackRecord, course: Course) -> Origin:
    """What is to be named wherever the copy is shown."""
    manifest = record.manifest
    authors = dict.fromkeys(filter(None, (manifest.creator, manifest.publisher))) if manifest else ()
    return Origin(
        pack=record.id,
        course=course.id,
        version=str(manifest.version)[:100] if manifest else "",
        title={code: writable(text)[:200] for code, text in course.title.items()},
        authors=writable(", ".join(authors))[:300],
        licence=_licence(record, course),
    )


def _licence(record: PackRecord, course: Course) -> str:
    return writable(course.licence or (str(record.manifest.licence) if record.manifest else ""))[:200]


def _adaptable(request: web.Request) -> list[Adaptable]:
    return [
        Adaptable(one, pack_title(request, record.id), licence, may_be_adapted(licence))
        for record in request.app[LIBRARY].shown
        for one in courses_in(request, record)
        for licence in [_licence(record, one.course)]
    ]


def _page(request: web.Request, problem: str) -> web.Response:
    return render_staff(
        request,
        "staff_course_adapt.html",
        status=400 if problem else 200,
        found=_adaptable(request),
        problem=problem,
        new_id=new_id,
    )


ROUTES = [web.get(f"{COURSES}/adapt", choose), web.post(f"{COURSES}/adapt", adapt)]
