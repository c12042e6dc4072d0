"""`/staff/devices`: the shared devices on which people sign in with a PIN. To enrol one, this page is opened on it."""

from __future__ import annotations

from aiohttp import web

from ideascube.box_db import managing
from ideascube.box_db.people import TooMany
from ideascube.box_db.people_devices import Device, device_of, devices
from ideascube.people import cookies
from ideascube.people.answers import Said, all_worded, text_of
from ideascube.people.guard import PERSON, staff
from ideascube.people.names import clean_name, name_problem
from ideascube.people.problems import Problem
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language, translations
from ideascube.web.language import read_form
from ideascube.workspace.rendering import render_staff

LIST = "/staff/devices"
_DONE = frozenset({"enrolled", "ended"})


@staff(Right.ENROL)
async def device_list(request: web.Request) -> web.StreamResponse:
    """`done`: what was changed just now."""
    done = request.query.get("done", "")
    return await _page(request, done=done if done in _DONE else "")


async def _page(
    request: web.Request, *, done: str = "", name: str | None = None, problem: Problem | None = None
) -> web.StreamResponse:
    database, tokens = request.app[DATABASE], cookies.device_tokens(request)
    found, this = await database.read(devices), await database.read(device_of, tokens)
    problems = all_worded(request, {"name": problem}) if problem is not None else Said()
    return render_staff(
        request, "devices.html", status=400 if problems else 200, devices=found, this=this, done=done,
        problems=problems, name=_next_name(request, found) if name is None else name,
    )  # fmt: skip


def _next_name(request: web.Request, found: list[Device]) -> str:
    _ = translations(interface_language(request)).gettext
    return _("Tablet %(number)s") % {"number": len(found) + 1}


@staff(Right.ENROL)
async def enrol(request: web.Request) -> web.StreamResponse:
    """Form fields: `name`, `once`. This browser is then the device's."""
    form = await read_form(request)
    name = clean_name(text_of(form, "name"))
    if (problem := name_problem(name)) is not None:
        return await _page(request, name=name, problem=problem)
    session = request[cookies.TOKEN]
    deed = request.app[DATABASE].write(managing.enrol_device, request[PERSON].id, text_of(form, "once"), name, session)
    try:
        token = await deed
    except TooMany:
        return await _page(request, name=name, problem=Problem.TOO_MANY)
    answer = web.HTTPSeeOther(f"{LIST}?done=enrolled")
    if token:
        cookies.set_device(answer, token)
        cookies.set_session(answer, session, own=False)
    raise answer


@staff(Right.ENROL)
async def end(request: web.Request) -> web.StreamResponse:
    """PINs are worth nothing on this device any more, and who is signed in there is so no longer."""
    await request.app[DATABASE].write(managing.end_device, request[PERSON].id, request.match_info["ref"])
    raise web.HTTPSeeOther(f"{LIST}?done=ended")


ROUTES = [
    web.get(LIST, device_list),
    web.post(LIST, enrol),
    web.post(f"{LIST}/{{ref}}/end", end),
]
