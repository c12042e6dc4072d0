"""Showing a course to learners and taking it back, its earlier versions, and erasing one that nobody needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from aiohttp import web

from ideascube.box_db.deeds import log_deed
from ideascube.box_db.own_courses import (
    Stale,
    load_version,
    publish_course,
    remove_course,
    versions,
    withdraw_course,
)
from ideascube.box_db.people import account
from ideascube.items.wording import in_language
from ideascube.people.deeds import PUBLISHED_COURSE, WITHDREW_COURSE
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.teaching.changes import ReturnTo
from ideascube.teaching.editing import (
    COURSES,
    FORM_LIMIT,
    asked_course,
    base_of,
    change_or_tell,
    edit_address,
    not_there,
    place_of,
    said,
    sent,
    told,
    words,
)
from ideascube.teaching.lacking import lines_of
from ideascube.teaching.model import OwnCourse, languages_of
from ideascube.teaching.outline import may_be, must_be
from ideascube.web.context import DATABASE
from ideascube.web.i18n import visitor_languages
from ideascube.workspace.rendering import render_staff

_SHOWN = 100  # lines of what is missing


@staff(Right.TEACH)
async def before_publishing(request: web.Request) -> web.StreamResponse:
    return _page(request, await asked_course(request), {})


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def publish(request: web.Request) -> web.StreamResponse:
    """Form field: `version`, the one that was looked at."""
    own, form = await asked_course(request), await sent(request)
    if must_be(own.course):
        return _page(request, own, {"form": words(request)("Something is still missing: look at the list below.")})
    done = await request.app[DATABASE].write(_publish, own.id, base_of(form), request[PERSON].id, _name(own))
    if done is None:
        raise not_there(request)
    if isinstance(done, Stale):
        return _page(request, done.now, {"form": await told(request, done)})
    raise web.HTTPSeeOther(edit_address(own.id, said="published"))


def _publish(
    connection: sqlite3.Connection, course_id: str, base: int, person: int, name: str
) -> OwnCourse | Stale | None:
    done = publish_course(connection, course_id, base)
    if isinstance(done, OwnCourse):
        log_deed(connection, person, PUBLISHED_COURSE, name)
    return done


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def withdraw(request: web.Request) -> web.StreamResponse:
    own = await asked_course(request)
    if own.is_seen:
        await request.app[DATABASE].write(_withdraw, own.id, request[PERSON].id, _name(own))
    raise web.HTTPSeeOther(edit_address(own.id, said="withdrawn"))


def _withdraw(connection: sqlite3.Connection, course_id: str, person: int, name: str) -> None:
    withdraw_course(connection, course_id)
    log_deed(connection, person, WITHDREW_COURSE, name)


def _name(own: OwnCourse) -> str:
    return next(iter(own.course.title.values()), own.id)


def _page(request: web.Request, own: OwnCourse, problems: Mapping[str, str]) -> web.Response:
    needed, missing = must_be(own.course), may_be(own.course)
    return render_staff(
        request,
        "staff_course_publish.html",
        status=400 if problems else 200,
        own=own,
        title=in_language(own.course.title, visitor_languages(request)),
        needed=lines_of(request, own, needed[:_SHOWN]),
        missing=lines_of(request, own, missing[:_SHOWN]),
        more=max(0, len(missing) - _SHOWN),
        languages=languages_of(own.course),
        problems=problems,
    )


@staff(Right.TEACH)
async def all_versions(request: web.Request) -> web.StreamResponse:
    own = await asked_course(request)
    lines = await request.app[DATABASE].read(versions, own.id)
    people = {line.person: await request.app[DATABASE].read(account, line.person) for line in lines}
    names = {person: found.name if found else "" for person, found in people.items()}
    return render_staff(
        request,
        "staff_course_versions.html",
        own=own,
        title=in_language(own.course.title, visitor_languages(request)),
        lines=lines,
        names=names,
        said=said(request),
    )


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def return_to(request: web.Request) -> web.StreamResponse:
    """Form fields: `version`, the newest that was seen, and `to`, the one to return to."""
    own, form = await asked_course(request), await sent(request)
    earlier = await request.app[DATABASE].read(load_version, own.id, place_of(form.get("to")))
    if earlier is None:
        raise not_there(request)
    await change_or_tell(request, own, form, ReturnTo(earlier), edit_address(own.id, said="returned"))


@staff(Right.TEACH)
async def ask_erasing(request: web.Request) -> web.StreamResponse:
    own, _ = await asked_course(request), words(request)
    if own.is_seen:
        raise web.HTTPSeeOther(edit_address(own.id))
    return render_staff(
        request,
        "staff_course_confirm.html",
        title=_("Erase “%(title)s”?") % {"title": _name(own)},
        advice=_("The course with all its questions is gone then, for everybody. What it leads to stays."),
        action=edit_address(own.id, "erase"),
        button=_("Erase the course"),
        back=edit_address(own.id),
        fields={},
    )


@staff(Right.TEACH, form_limit=FORM_LIMIT)
async def erase(request: web.Request) -> web.StreamResponse:
    """Of a course that learners see nothing is erased."""
    own = await asked_course(request)
    await request.app[DATABASE].write(remove_course, own.id)
    raise web.HTTPSeeOther(COURSES if not own.is_seen else edit_address(own.id))


ROUTES = [
    web.get(COURSES + "/{course}/publish", before_publishing),
    web.post(COURSES + "/{course}/publish", publish),
    web.post(COURSES + "/{course}/withdraw", withdraw),
    web.get(COURSES + "/{course}/versions", all_versions),
    web.post(COURSES + "/{course}/versions", return_to),
    web.get(COURSES + "/{course}/erase", ask_erasing),
    web.post(COURSES + "/{course}/erase", erase),
]
