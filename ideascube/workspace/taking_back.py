"""`/staff/mine/ID/take-back`: something made here is taken away from learners, or waits for no answer any more."""

from __future__ import annotations

from aiohttp import web

from ideascube.box_db.creations import load
from ideascube.box_db.made_here import can_take_back, take_back
from ideascube.box_db.random_ids import is_id
from ideascube.creations.cards import creation_card
from ideascube.creations.model import Creation
from ideascube.creations.states import may_read
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.workspace.rendering import render_staff


@staff(Right.SUBMIT)
async def ask(request: web.Request) -> web.StreamResponse:
    creation = await _creation(request)
    if not can_take_back(creation, request[PERSON]):
        raise web.HTTPSeeOther(_list_of(request, creation))
    return render_staff(
        request,
        "staff_take_back.html",
        creation=creation,
        card=creation_card(request, creation),
        back=_list_of(request, creation),
    )


@staff(Right.SUBMIT)
async def do(request: web.Request) -> web.StreamResponse:
    """A second time it changes nothing."""
    creation = await _creation(request)
    done = await request.app[DATABASE].write(take_back, creation.id, request[PERSON])
    raise web.HTTPSeeOther(_list_of(request, creation) + ("?done=back" if done else ""))


async def _creation(request: web.Request) -> Creation:
    """Raises HTTPNotFound for what is not there, and for what is not for this person's eyes."""
    name = request.match_info["id"]
    creation = await request.app[DATABASE].read(load, name) if is_id(name) else None
    if creation is None or not may_read(request[PERSON], creation.owner):
        raise web.HTTPNotFound(text="This is not on the box. It may have been erased.")
    return creation


def _list_of(request: web.Request, creation: Creation) -> str:
    return "/staff/mine" if creation.owner == request[PERSON].id else "/staff/all"


ROUTES = [web.get("/staff/mine/{id}/take-back", ask), web.post("/staff/mine/{id}/take-back", do)]
