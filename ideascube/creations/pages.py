"""`/items/ID`: what was made here, as readers see it."""

from __future__ import annotations

from aiohttp import web

from ideascube.box_db.creation_pages import Opened, open_shown
from ideascube.box_db.random_ids import is_id
from ideascube.creations.showing import ShownPage, shown_page
from ideascube.creations.states import Deed, may_follow
from ideascube.people.guard import person_of
from ideascube.people.rights import Person
from ideascube.progress.mine import NO_STORE
from ideascube.web.context import DATABASE
from ideascube.web.i18n import interface_language, translations
from ideascube.web.rendering import render


async def item(request: web.Request) -> web.StreamResponse:
    """The page; 404 for what is not here or not for everybody, 410 for what was withdrawn."""
    person = await person_of(request)
    found = await open_item(request, person)
    assert found.creation is not None and found.around is not None
    page = await shown_page(request, found.creation, found.around)
    headers = NO_STORE if person is not None or _goes_on(page) else None
    return render(request, "creation.html", headers=headers, page=page, edit=_edit(page, person))


async def open_item(request: web.Request, person: Person | None) -> Opened:
    """What is at the address, with what belongs to it. Raises HTTPNotFound, HTTPGone."""
    name = request.match_info["id"]
    found = await request.app[DATABASE].read(open_shown, name) if is_id(name) else Opened(None)
    if found.creation is not None and (found.creation.audience == "all" or person is not None):
        return found
    _ = translations(interface_language(request)).gettext
    if found.gone:
        raise web.HTTPGone(text=_("The people who made this page have taken it back."))
    raise web.HTTPNotFound(text=_("There is no such page on this box."))


def _goes_on(page: ShownPage) -> bool:
    """Whether the page says where somebody stopped, which whoever has the phone next is not to see."""
    return page.player is not None and page.player.start.goes_on


def _edit(page: ShownPage, person: Person | None) -> str:
    """Where who is signed in changes it; empty for who may not."""
    creation = page.creation
    if person is None or not may_follow(creation.state, Deed.SAVE, person, creation.owner):
        return ""
    return f"/staff/write/{creation.id}"


ROUTES = [web.get("/items/{id}", item)]
