"""`/card`: take a learner's card, leave it, make its pictures anew, erase it. `card_entering` opens it elsewhere."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from content_packs.errors import IdeascubeError
from ideascube.box_db.card_deeds import Opened
from ideascube.progress.card_answers import Handler, card_page, or_say_so, wait_page, without_card
from ideascube.progress.pictures import as_pictures
from ideascube.progress.request import (
    browser_places,
    card_token,
    complain,
    drop_stale_card,
    keep_in_browser,
    progress_of,
    set_card_cookie,
)
from ideascube.throttle import counted_address
from ideascube.web.context import CARDS, ORIGINS
from ideascube.web.qr import qr_code


async def card(request: web.Request) -> web.StreamResponse:
    """The card that is open on this phone, or what a card is and how to have one. `note`: `left` or `erased`."""
    progress = await progress_of(request)
    answer = card_page(
        request, "card.html", has_card=progress.has_card, problem=progress.cannot_be_read,
        note=request.query.get("note", ""),
    )  # fmt: skip
    drop_stale_card(request, answer, progress)
    return answer


@or_say_so
async def take(request: web.Request) -> web.StreamResponse:
    """A new card, with what the browser kept until now."""
    if (await progress_of(request)).has_card:
        raise web.HTTPSeeOther("/card")
    opened = await request.app[CARDS].take(counted_address(request.remote or ""), browser_places(request))
    if opened.wait:
        return wait_page(request, opened.wait, "/card")
    return _new_keys(request, opened)


@or_say_so
async def renew(request: web.Request) -> web.StreamResponse:
    """Other pictures for the card, in place of those that were forgotten or seen by others."""
    opened = await request.app[CARDS].renew(card_token(request))
    if not opened.token:
        raise without_card()
    return _new_keys(request, opened)


def _new_keys(request: web.Request, opened: Opened) -> web.StreamResponse:
    """The pictures and the square code of a card: shown this once, for the box itself knows only their hashes."""
    assert opened.keys is not None
    address = f"{request.app[ORIGINS].app(request)}/card/enter?secret={quote(opened.keys.secret)}"
    shown = as_pictures(opened.keys.pictures)
    answer = card_page(request, "card_new.html", pictures=shown, code=qr_code(address), has_card=True)
    set_card_cookie(answer, opened.token)
    keep_in_browser(answer, [])
    return answer


async def leave(request: web.Request) -> web.StreamResponse:
    """Close the card on this phone, and leave the browser empty: also where the database cannot be written."""
    try:
        await request.app[CARDS].leave(card_token(request))
    except IdeascubeError as error:
        complain(error)
    raise without_card("left")


@or_say_so
async def erase(request: web.Request) -> web.StreamResponse:
    """Erase the card with everything on it."""
    await request.app[CARDS].erase(card_token(request))
    raise without_card("erased")


def _asks(template: str) -> Handler:
    """The question before a card is changed for good."""

    async def ask(request: web.Request) -> web.StreamResponse:
        if not (await progress_of(request)).has_card:
            raise web.HTTPSeeOther("/card")
        return card_page(request, template)

    return ask


async def to_card(request: web.Request) -> web.StreamResponse:
    """Who reloads a page that came of a button, or changes its language."""
    raise web.HTTPSeeOther("/card")


ROUTES = [
    web.get("/card", card),
    web.get("/card/take", to_card),
    web.post("/card/take", take),
    web.get("/card/renew", _asks("card_renew.html")),
    web.post("/card/renew", renew),
    web.get("/card/leave", to_card),
    web.post("/card/leave", leave),
    web.get("/card/erase", _asks("card_erase.html")),
    web.post("/card/erase", erase),
]
