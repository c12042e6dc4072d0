"""What every page below `/staff/write/ID` begins with: the creation, and whether this person may see or change it."""

from __future__ import annotations

from aiohttp import web

from ideascube.box_db.random_ids import is_id
from ideascube.box_db.writing import Opened, open_for_writing
from ideascube.creations.model import Creation
from ideascube.creations.states import Deed, may_follow, may_read
from ideascube.people.guard import PERSON
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language, translations


async def opened(request: web.Request, deed: Deed | None = Deed.SAVE) -> Opened:
    """The creation that the address names, for who may do `deed` with it; None: for who may see it.

    Raises HTTPNotFound and HTTPForbidden, each with a sentence.
    """
    name, person = request.match_info["id"], request[PERSON]
    found = await request.app[DATABASE].read(open_for_writing, name, person) if is_id(name) else None
    _ = translations(interface_language(request)).gettext
    if found is None:
        raise web.HTTPNotFound(text=_("This is not on the box any more: somebody threw it away."))
    if not may_read(person, found.creation.owner):
        raise web.HTTPForbidden(text=_("This belongs to somebody else. Ask a mediator if you would like to change it."))
    if deed is not None and not may_follow(found.creation.state, deed, person, found.creation.owner):
        raise web.HTTPForbidden(text=_why_not(request, found.creation))
    return found


def _why_not(request: web.Request, creation: Creation) -> str:
    _ = translations(interface_language(request)).gettext
    if creation.state == "waiting":
        return _("This waits to be looked at. Take it back first if you would like to change it.")
    return _("You may not change this as it is now. Ask a mediator.")
