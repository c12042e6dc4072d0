"""`/card/enter`: opening a card by its pictures or its square code."""

from __future__ import annotations

from aiohttp import web

from ideascube.box_db.card_deeds import Opened
from ideascube.progress.card_answers import card_page, or_say_so, wait_page
from ideascube.progress.pictures import COUNT, PICTURES, as_text
from ideascube.progress.request import browser_places, card_token, set_card_cookie
from ideascube.throttle import counted_address
from ideascube.web.context import CARDS
from ideascube.web.language import Form, read_form


async def enter(request: web.Request) -> web.StreamResponse:
    """The pictures to choose from, or for an address out of a square code one button: nothing is opened by a GET."""
    secret = request.query.get("secret", "")
    if secret:
        return card_page(request, "card_open.html", secret=secret, has_places=bool(browser_places(request)))
    return _choosing(request, ())


@or_say_so
async def enter_now(request: web.Request) -> web.StreamResponse:
    """Form fields: `secret`; or `picture`, those chosen so far, and `next`, one more, or `undo`.

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
    opened = await request.app[CARDS].enter_by_pictures(counted_address(request.remote or ""), as_text(chosen), places)
    if opened.wait:
        return wait_page(request, opened.wait, "/card/enter")
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
    return card_page(
        request, "card_enter.html", status=status, chosen=chosen, pictures=PICTURES, count=COUNT, wrong=wrong,
        bring=bring, has_places=bool(browser_places(request)),
    )  # fmt: skip


ROUTES = [web.get("/card/enter", enter), web.post("/card/enter", enter_now)]
