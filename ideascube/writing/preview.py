"""`/staff/write/ID/preview`: as learners will see it, of what is being typed, of a version, or of the newest."""

from __future__ import annotations

import msgspec
from aiohttp import web

from ideascube.box_db.creation_pages import surroundings
from ideascube.box_db.creations import load_version
from ideascube.box_db.writing import Opened
from ideascube.creations.model import Creation, Fields
from ideascube.creations.showing import shown_page
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE
from ideascube.workspace.rendering import render_staff
from ideascube.writing.addresses import write_address
from ideascube.writing.opening import opened


@staff(Right.SUBMIT)
async def preview(request: web.Request) -> web.StreamResponse:
    """`page`: the draft of that open page; `version`: its number."""
    found = await opened(request, None)
    creation, back = await _wanted(request, found)
    around = await request.app[DATABASE].read(surroundings, creation)
    return render_staff(
        request,
        "write_preview.html",
        page=await shown_page(request, creation, around),
        edit="",
        back=back,
        is_draft_shown="page" in request.query,
    )


async def _wanted(request: web.Request, found: Opened) -> tuple[Creation, str]:
    """What is shown, and where one goes back to."""
    here, number = found.creation, request.query.get("version", "")
    if number.isdecimal() and len(number) < 9:
        version = await request.app[DATABASE].read(load_version, here.id, int(number))
        if version is None:
            raise web.HTTPNotFound
        return version, write_address(here.id, f"versions/{number}")
    draft = next((each for each in found.drafts if each.device == request.query.get("page")), None)
    if draft is None:
        return here, write_address(here.id)
    changed = {name: getattr(draft.fields, name) for name in Fields.__struct_fields__}
    return msgspec.structs.replace(here, **changed), write_address(here.id, draft=draft.device)


ROUTES = [web.get("/staff/write/{id}/preview", preview)]
