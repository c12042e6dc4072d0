"""The addresses below `/staff/write/ID`, and the page itself."""

from __future__ import annotations

from aiohttp import web

from ideascube.creations.model import fields_of
from ideascube.people.guard import staff
from ideascube.people.rights import Right
from ideascube.writing import drafts, history, merge_pages, preview, starting, throwing, translating
from ideascube.writing.form_page import shown_draft, shown_saved, write_page
from ideascube.writing.opening import opened
from ideascube.writing.saving import save


@staff(Right.SUBMIT)
async def write(request: web.Request) -> web.StreamResponse:
    """`draft`: the page whose unsaved text one goes on with. Without, such texts are offered."""
    found = await opened(request)
    asked = request.query.get("draft", "")
    draft = next((each for each in found.drafts if each.device == asked), None)
    if draft is not None:
        return await write_page(request, found, shown_draft(draft))
    shown = shown_saved(found.creation, fields_of(found.creation))
    return await write_page(request, found, shown, unsaved=found.drafts)


ROUTES = [
    *starting.ROUTES,
    web.get("/staff/write/{id}", write),
    web.post("/staff/write/{id}", save),
    *drafts.ROUTES,
    *merge_pages.ROUTES,
    *preview.ROUTES,
    *history.ROUTES,
    *translating.ROUTES,
    *throwing.ROUTES,
]
