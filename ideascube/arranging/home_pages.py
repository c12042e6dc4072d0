"""`/`: the home page, as the mediators arranged it."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from ideascube.arranging.filling import NAMED_LANGUAGES, filling_for
from ideascube.arranging.live_home import LIVE_HOME
from ideascube.arranging.model import Fill
from ideascube.box_db.home_facts import HomeFacts
from ideascube.progress.mine import NO_STORE
from ideascube.web.context import LIBRARY
from ideascube.web.rendering import render


@dataclass(frozen=True, slots=True)
class Preview:
    """What a mediator sees before the page is published: for readers of `language`; an earlier page has a `turn`."""

    language: str
    turn: int | None


async def home(request: web.Request) -> web.StreamResponse:
    return await home_page(request, await request.app[LIVE_HOME].facts(request))


async def home_page(request: web.Request, facts: HomeFacts, preview: Preview | None = None) -> web.Response:
    """The page of an arrangement, for who asks."""
    blocks = await (await filling_for(request, facts)).blocks()
    is_personal = any(block.fill is Fill.GO_ON for block in blocks)
    return render(
        request,
        "home.html",
        headers=NO_STORE if is_personal or preview else None,
        blocks=blocks,
        is_empty=not request.app[LIBRARY].shown and not any(block.shelves for block in blocks),
        named_languages=NAMED_LANGUAGES,
        preview=preview,
    )


ROUTES = [web.get("/", home, name="home")]
