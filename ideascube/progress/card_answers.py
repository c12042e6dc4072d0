"""What the handlers of `/card` answer with: pages that are kept by nobody, a wait, a sentence about a database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from math import ceil

from aiohttp import hdrs, web

from content_packs.errors import IdeascubeError
from ideascube.progress.mine import NO_STORE
from ideascube.progress.pictures import words
from ideascube.progress.request import card_token, complain, drop_card_cookie, keep_in_browser
from ideascube.web.i18n import interface_language, translations
from ideascube.web.rendering import render

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def or_say_so(handler: Handler) -> Handler:
    """Where the box's database cannot be used: the card's page, with one sentence about it."""

    @wraps(handler)
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except IdeascubeError as error:
            complain(error)
            return card_page(
                request, "card.html", status=503, has_card=bool(card_token(request)), problem=True, note=""
            )

    return answer


def card_page(
    request: web.Request, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **context: object
) -> web.Response:
    """The page that `template` makes, which also knows the pictures' words, for no cache to keep."""
    named = words(translations(interface_language(request)).gettext)
    return render(request, template, status=status, headers=NO_STORE | (headers or {}), words=named, **context)


def wait_page(request: web.Request, seconds: int, again: str) -> web.StreamResponse:
    """To be sent where so many seconds have to pass before a next try, at the address `again`."""
    headers: dict[str, str] = {hdrs.RETRY_AFTER: str(seconds)}
    return card_page(request, "card_wait.html", status=429, headers=headers, minutes=ceil(seconds / 60), again=again)


def without_card(note: str = "") -> web.HTTPSeeOther:
    """To `/card`, from a browser that is left with neither a card nor places. `note`: `left` or `erased`."""
    answer = web.HTTPSeeOther(f"/card?note={note}" if note else "/card")
    drop_card_cookie(answer)
    keep_in_browser(answer, [])
    return answer
