"""`/staff/write/ID/erase`: what nobody ever saw, or sees no more, is thrown away after one was asked."""

from __future__ import annotations

from aiohttp import web

from ideascube.box_db.writing import throw_away
from ideascube.creations.states import Deed
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language, translations
from ideascube.workspace.rendering import render_staff
from ideascube.writing.addresses import WRITE, write_address
from ideascube.writing.opening import opened


@staff(Right.SUBMIT)
async def ask(request: web.Request) -> web.StreamResponse:
    found = await opened(request, Deed.DISCARD)
    _refuse_shown(request, found.creation.shown)
    return render_staff(request, "write_erase.html", creation=found.creation)


@staff(Right.SUBMIT)
async def erase(request: web.Request) -> web.StreamResponse:
    """A second time it changes nothing."""
    name = request.match_info["id"]
    is_gone = await request.app[DATABASE].write(throw_away, name, request[PERSON])
    raise web.HTTPSeeOther(f"{WRITE}?done=erased" if is_gone else write_address(name))


def _refuse_shown(request: web.Request, shown: int | None) -> None:
    if shown is not None:
        _ = translations(interface_language(request)).gettext
        raise web.HTTPForbidden(text=_("Learners see this. Take it back first, then you can throw it away."))


ROUTES = [web.get("/staff/write/{id}/erase", ask), web.post("/staff/write/{id}/erase", erase)]
