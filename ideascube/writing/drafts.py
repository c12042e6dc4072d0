"""`/staff/write/ID/draft`: what is being typed is kept every few seconds; `/throw`: it is not wanted any more."""

from __future__ import annotations

import asyncio
import time

from aiohttp import web

from ideascube.box_db.creation_drafts import drop_drafts
from ideascube.box_db.writing import Kept, Page, keep_typed
from ideascube.creations.checking import out_of_bounds
from ideascube.creations.model import Fields, fields_of
from ideascube.creations.problems import problem_text
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE, ORIGINS
from ideascube.web.forms import read_form
from ideascube.web.i18n import interface_language
from ideascube.writing.addresses import write_address
from ideascube.writing.opening import opened
from ideascube.writing.times import time_text
from ideascube.writing.typed import typed

DRAFT_LIMIT = 4 * 1000 * 1000  # bytes: a text of the greatest length, in three bytes for each letter, twice


@staff(Right.SUBMIT, form_limit=DRAFT_LIMIT)
async def keep(request: web.Request) -> web.Response:
    """The form of the page as it stands. JSON: `kept` (`kept`, `same`, `older`), `time`, and `others` who are at it."""
    form = await read_form(request, DRAFT_LIMIT)
    found = await opened(request)
    origin = request.app[ORIGINS].app(request)
    came = await asyncio.to_thread(typed, form, fields_of(found.creation), origin)
    if said := came.too_long or _too_much(request, came.fields):
        raise web.HTTPRequestEntityTooLarge(DRAFT_LIMIT, text=said)
    page = Page(came.page, came.turn, came.base, came.instead)
    kept, others = await request.app[DATABASE].write(keep_typed, found.creation.id, request[PERSON], page, came.fields)
    if kept is Kept.GONE:
        raise web.HTTPNotFound
    return web.json_response(
        {"kept": kept, "time": time_text(int(time.time()), interface_language(request)), "others": others},
        headers={"Cache-Control": "no-store"},
    )


def _too_much(request: web.Request, fields: Fields) -> str:
    """Why no draft can hold these; empty where one can."""
    found = next(out_of_bounds(fields), None)
    return problem_text(found.wrong, interface_language(request)) if found else ""


@staff(Right.SUBMIT)
async def throw(request: web.Request) -> web.StreamResponse:
    """Field `page`: whose draft."""
    found = await opened(request)
    page = str((await request.post()).get("page", ""))
    await request.app[DATABASE].write(drop_drafts, found.creation.id, request[PERSON].id, page)
    raise web.HTTPSeeOther(write_address(found.creation.id, done="thrown"))


ROUTES = [web.post("/staff/write/{id}/draft", keep), web.post("/staff/write/{id}/throw", throw)]
