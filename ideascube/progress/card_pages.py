"""`/card`: take a learner's card, enter it on another phone, leave it, make its pictures anew, erase it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from math import ceil
from urllib.parse import quote

from aiohttp import hdrs, web

from content_packs.errors import IdeascubeError
from ideascube.box_db.card_deeds import Opened
from ideascube.progress.mine import NO_STORE
from ideascube.progress.pictures import COUNT, PICTURES, as_pictures, as_text, words
from ideascube.progress.request import (
    browser_places,
    card_token,
    complain,
    drop_card_cookie,
    drop_stale_card,
    keep_in_browser,
    progress_of,
    set_card_cookie,
)
from ideascube.progress.throttle import counted_address
from ideascube.web.context import CARDS, ORIGINS
from ideascube.web.i18n import interface_language, translations
from ideascube.web.language import Form, read_form
from ideascube.web.qr import qr_code
from ideascube.web.rendering import render

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _or_say_so(handler: Handler) -> Handler:
    """Where the box's database cannot be used: the card's page, with one sentence about it."""

    @wraps(handler)
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except IdeascubeError as error:
            complain(error)
            return _page(request, "card.html", status=503, has_card=bool(card_token(request)), problem=True, note="")

    return answer


async def card(request: web.Request) -> web.StreamResponse:
    """The card that is open on this phone, or what a card is and how to have one. `note`: `left` or `erased`."""
    progress = await progress_of(request)
    answer = _page(
        request, "card.html", has_card=progress.has_card, problem=progress.cannot_be_read,
        note=request.query.get("note", ""),
    )  # fmt: skip
    drop_stale_card(request, answer, progress)
    return answer


@_or_say_so
async def take(request: web.Request) -> web.StreamResponse:
    """A new card, with what the browser kept until now."""
    if (await progress_of(request)).has_card:
        raise web.HTTPSeeOther("/card")
    opened = await request.app[CARDS].take(_address(request), browser_places(request))
    if opened.wait:
        return _wait(request, opened.wait, "/card")
    return _new_keys(request, opened)


@_or_say_so
async def renew(request: web.Request) -> web.StreamResponse:
    """Other pictures for the card, in place of those that were forgotten or seen by others."""
    opened = await request.app[CARDS].renew(card_token(request))
    if not opened.token:
        raise _without_card()
    return _new_keys(request, opened)


def _new_keys(request: web.Request, opened: Opened) -> web.StreamResponse:
    """The pictures and the square code of a card: shown this once, for the box itself knows only their hashes."""
    assert opened.keys is not None
    address = f"{request.app[ORIGINS].app(request)}/card/enter?secret={quote(opened.keys.secret)}"
    shown = as_pictures(opened.keys.pictures)
    answer = _page(request, "card_new.html", pictures=shown, code=qr_code(address), has_card=True)
    set_card_cookie(answer, opened.token)
    keep_in_browser(answer, [])
    return answer


async def enter(request: web.Request) -> web.StreamResponse:
    """The pictures to choose from, or for an address out of a square code one button: nothing is opened by a GET."""
    secret = request.query.get("secret", "")
    if secret:
        return _page(request, "card_open.html", secret=secret, has_places=bool(browser_places(request)))
    return _choosing(request, ())


@_or_say_so
async def enter_now(request: web.Request) -> web.StreamResponse:
    """Form fields: `secret`; or `picture`, those chosen so far, and `next`, one more, or `undo`. `bring`: see below.

    With the fifth picture, or the secret, the card is opened; with `bring` it gets what the browser kept.
    """
    form = await read_form(request)
    places = browser_places(request) if form.get("bring") else []
    if secret := str(form.get("secret", "")):
        opened = await request.app[CARDS].enter_by_secret(secret, places)
        return await _entered(request, opened, wrong="square")
    chosen = _chosen(form)
    if len(chosen) < COUNT:
        return _choosing(request, chosen, bring=bool(form.get("bring")))
    opened = await request.app[CARDS].enter_by_pictures(_address(request), as_text(chosen), places)
    if opened.wait:
        return _wait(request, opened.wait, "/card/enter")
    return await _entered(request, opened, wrong="pictures")


def _chosen(form: Form) -> tuple[str, ...]:
    so_far = [str(name) for name in form.getall("picture", [])]
    chosen = so_far[:-1] if form.get("undo") else [*so_far, str(form.get("next", ""))]
    return tuple(name for name in chosen if name in PICTURES)[:COUNT]


async def _entered(request: web.Request, opened: Opened, wrong: str) -> web.StreamResponse:
    if not opened.token:
        return _choosing(request, (), wrong=wrong, status=403)
    if before := card_token(request):
        await request.app[CARDS].leave(before)  # one phone has one card open
    answer = web.HTTPSeeOther("/mine")
    set_card_cookie(answer, opened.token)
    raise answer


def _choosing(
    request: web.Request, chosen: tuple[str, ...], *, wrong: str = "", bring: bool = False, status: int = 200
) -> web.StreamResponse:
    return _page(
        request, "card_enter.html", status=status, chosen=chosen, pictures=PICTURES, count=COUNT, wrong=wrong,
        bring=bring, has_places=bool(browser_places(request)),
    )  # fmt: skip


def _wait(request: web.Request, seconds: int, again: str) -> web.StreamResponse:
    headers: dict[str, str] = {hdrs.RETRY_AFTER: str(seconds)}
    return _page(request, "card_wait.html", status=429, headers=headers, minutes=ceil(seconds / 60), again=again)


@_or_say_so
async def leave(request: web.Request) -> web.StreamResponse:
    """Close the card on this phone, and leave the browser empty: also where the database cannot be written."""
    try:
        await request.app[CARDS].leave(card_token(request))
    except IdeascubeError as error:
        complain(error)
    raise _without_card("left")


@_or_say_so
async def erase(request: web.Request) -> web.StreamResponse:
    """Erase the card with everything on it."""
    await request.app[CARDS].erase(card_token(request))
    raise _without_card("erased")


def _without_card(note: str = "") -> web.HTTPSeeOther:
    answer = web.HTTPSeeOther(f"/card?note={note}" if note else "/card")
    drop_card_cookie(answer)
    keep_in_browser(answer, [])
    return answer


def _asks(template: str) -> Handler:
    """The question before a card is changed for good."""

    async def ask(request: web.Request) -> web.StreamResponse:
        if not (await progress_of(request)).has_card:
            raise web.HTTPSeeOther("/card")
        return _page(request, template)

    return ask


async def to_card(request: web.Request) -> web.StreamResponse:
    """Who reloads a page that came of a button, or changes its language."""
    raise web.HTTPSeeOther("/card")


def _page(
    request: web.Request, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **context: object
) -> web.Response:
    named = words(translations(interface_language(request)).gettext)
    return render(request, template, status=status, headers=NO_STORE | (headers or {}), words=named, **context)


def _address(request: web.Request) -> str:
    return counted_address(request.remote or "")


ROUTES = [
    web.get("/card", card),
    web.get("/card/take", to_card),
    web.post("/card/take", take),
    web.get("/card/enter", enter),
    web.post("/card/enter", enter_now),
    web.get("/card/renew", _asks("card_renew.html")),
    web.post("/card/renew", renew),
    web.get("/card/leave", to_card),
    web.post("/card/leave", leave),
    web.get("/card/erase", _asks("card_erase.html")),
    web.post("/card/erase", erase),
]
