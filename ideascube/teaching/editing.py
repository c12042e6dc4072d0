"""What pages of the course editor share: the course in the address, the form that was sent, a change made or told."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import NoReturn
from urllib.parse import quote

from aiohttp import web
from multidict import MultiDict

from content_packs.errors import BadInput
from ideascube.box_db.own_courses import By, Stale, change_course, load_course
from ideascube.box_db.people import account
from ideascube.box_db.random_ids import is_id, new_id
from ideascube.people.guard import PERSON
from ideascube.teaching.changes import Change
from ideascube.teaching.model import OwnCourse
from ideascube.web.context import DATABASE
from ideascube.web.forms import SentForm, read_form
from ideascube.web.i18n import interface_language, translations

FORM_LIMIT = 1024 * 1024  # bytes: 40 choices in 20 languages, with feedback
COURSES = "/staff/courses"

Values = MultiDict[str]


def words(request: web.Request) -> Callable[[str], str]:
    """The catalogue of the visitor's language."""
    return translations(interface_language(request)).gettext


def edit_address(course_id: str, *parts: str, said: str = "", at: str = "") -> str:
    """A page of the editor; `said` is what it tells was done, `at` the place on it."""
    path = "/".join([COURSES, course_id, *(quote(part, safe="") for part in parts)])
    return path + (f"?said={said}" if said else "") + (f"#{at}" if at else "")


async def asked_course(request: web.Request) -> OwnCourse:
    """The course in the address, at its newest version. Raises HTTPNotFound."""
    course_id = request.match_info["course"]
    course = await request.app[DATABASE].read(load_course, course_id) if is_id(course_id) else None
    if course is None:
        raise not_there(request)
    return course


def not_there(request: web.Request) -> web.HTTPNotFound:
    _ = words(request)
    return web.HTTPNotFound(text=_("This part of the course is not there any more. Go back to the course and look."))


async def sent(request: web.Request) -> SentForm:
    """The form of a page of the editor."""
    return await read_form(request, FORM_LIMIT)


def base_of(form: SentForm) -> int:
    """The version that somebody saw when they began; 0 where the form does not say, which was never one."""
    written = form.get("version")
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def id_of(form: SentForm, name: str = "id") -> str:
    """The id that a form brings for what is new, so that it is made once; another one where it brings none."""
    return form.get(name) if is_id(form.get(name)) else new_id()


def place_of(text: str) -> int:
    """A place in a list, from 0."""
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def by(request: web.Request) -> By:
    return By(request[PERSON].id, int(time.time()))


async def change(request: web.Request, course: OwnCourse, base: int, what: Change) -> OwnCourse | Stale:
    """Make a change. Raises HTTPNotFound where the course is gone, and BadInput for what may not be."""
    done = await request.app[DATABASE].write(change_course, course.id, base, what, by(request))
    if done is None:
        raise not_there(request)
    return done


async def change_or_tell(request: web.Request, course: OwnCourse, form: SentForm, what: Change, back: str) -> NoReturn:
    """The same for a form that is a button, whose page is at `back`. Raises HTTPSeeOther, HTTPBadRequest."""
    try:
        done = await change(request, course, base_of(form), what)
    except BadInput as error:
        raise web.HTTPBadRequest(text=str(error)) from error
    if isinstance(done, Stale):
        path, _, at = back.partition("#")
        raise web.HTTPSeeOther(f"{path.partition('?')[0]}?said=changed" + (f"#{at}" if at else ""))
    raise web.HTTPSeeOther(back)


Again = Callable[[OwnCourse, dict[str, str], bool], web.Response]


async def change_or_again(
    request: web.Request, course: OwnCourse, base: int, what: Change, again: Again, back: str
) -> web.Response:
    """The same for a form that is filled in: it leads to `back`, or its page comes back with all that was typed.

    `again` gives that page: of the course as it is now, with the problem by the name “form”, and whether somebody else
    changed the same part meanwhile. Raises HTTPSeeOther, HTTPNotFound.
    """
    try:
        done = await change(request, course, base, what)
    except BadInput as error:
        return again(course, {"form": str(error)}, False)
    if isinstance(done, Stale):
        return again(done.now, {"form": await told(request, done)}, True)
    raise web.HTTPSeeOther(back)


async def told(request: web.Request, stale: Stale) -> str:
    """That somebody else changed the same part meanwhile."""
    _ = words(request)
    found = await request.app[DATABASE].read(account, stale.person)
    sentence = _(
        "%(name)s changed this meanwhile. Look below at what is there now. Save once more to put yours in its place."
    )
    return sentence % {"name": found.name if found else _("Somebody")}


def said(request: web.Request) -> str:
    """What the page before did, in a sentence."""
    _ = words(request)
    sentences: Mapping[str, str] = {
        "saved": _("Saved."),
        "added": _("It is in the course now. You can add more."),
        "removed": _("Removed. “Earlier versions” brings it back."),
        "returned": _("The course is as it was then."),
        "published": _("Learners see this course now."),
        "withdrawn": _("Learners do not see this course any more."),
        "copied": _("This is your own copy: change it as you like. Learners see it when you publish it."),
        "changed": _(
            "Somebody else changed the course meanwhile. Look at it, and do it once more if it is still right."
        ),
    }
    return sentences.get(request.query.get("said", ""), "")
