"""`/items/ID`: what was made here, as readers see it."""

from __future__ import annotations

from aiohttp import web
from markupsafe import Markup

from ideascube.box_db.creations import load, load_shown
from ideascube.box_db.random_ids import is_id
from ideascube.creations.cards import creation_card
from ideascube.creations.model import Creation
from ideascube.web.context import DATABASE
from ideascube.web.rendering import render


async def item(request: web.Request) -> web.StreamResponse:
    """The page; 404 for what is not here, 410 for what was withdrawn."""
    creation = await shown_creation(request, request.match_info["id"])
    return render(
        request,
        "creation.html",
        creation=creation,
        card=creation_card(request, creation),
        body=Markup(creation.body),  # noqa: S704 - cleaned when it was saved: creations.cleaning
    )


async def shown_creation(request: web.Request, name: str) -> Creation:
    """What readers see of it. Raises HTTPNotFound and HTTPGone."""
    database = request.app[DATABASE]
    creation = await database.read(load_shown, name) if is_id(name) else None
    if creation is not None and creation.audience == "all":
        return creation
    known = await database.read(load, name) if is_id(name) else None
    if known is not None and known.shown_at is not None and known.audience == "all":
        raise web.HTTPGone(text="This was taken back by the people who made it.")
    raise web.HTTPNotFound(text="There is no such page on this box.")


ROUTES = [web.get("/items/{id}", item)]
