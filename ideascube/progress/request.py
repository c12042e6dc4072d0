"""What handlers use: the places of who sent a request, and noting one more. With a card or without."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from aiohttp import web

from content_packs.errors import IdeascubeError
from ideascube.box_clock import today_text
from ideascube.progress import cookie
from ideascube.progress.places import Kind, Place, Progress, checked, with_place
from ideascube.web.context import CARDS

log = logging.getLogger(__name__)

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_YEAR = 365 * 24 * 3600  # seconds
_PROGRESS: web.RequestKey[Progress] = web.RequestKey("progress", Progress)


async def progress_of(request: web.Request) -> Progress:
    """The visitor's places; read once for each request. Never fails: what cannot be read is empty, and says so."""
    known = request.get(_PROGRESS)
    if known is None:
        known = request[_PROGRESS] = await _read(request)
    return known


async def _read(request: web.Request) -> Progress:
    token = card_token(request)
    if not token:
        return Progress(browser_places(request))
    try:
        places = await request.app[CARDS].places(token)
    except IdeascubeError as error:
        complain(error)
        return Progress(has_card=True, cannot_be_read=True)
    return Progress(browser_places(request)) if places is None else Progress(places, has_card=True)


def card_token(request: web.BaseRequest) -> str:
    """The cookie of a phone that has, or had, a card open; empty where there is none."""
    token = request.cookies.get(cookie.CARD, "") if "Cookie" in request.headers else ""
    return token if _TOKEN.fullmatch(token) else ""


def browser_places(request: web.BaseRequest) -> list[Place]:
    """What the browser keeps by itself, oldest first."""
    return cookie.read_cookie(request.cookies.get(cookie.NAME, "")) if "Cookie" in request.headers else []


async def note(request: web.Request, response: web.StreamResponse, place: Place) -> bool:
    """Keep a place, before `response` is sent (its cookie may be set). Whether it was kept; never fails."""
    good = checked(replace(place, day=today_text()))
    if good is None:
        return False
    places = with_place((await progress_of(request)).places, good)
    return await _change(request, response, places, lambda token: request.app[CARDS].note(token, good))


async def forget(request: web.Request, response: web.StreamResponse, kind: Kind, pack: str, path: str) -> bool:
    """Keep a place no longer. Whether that could be done; never fails."""
    key = (kind, pack, path)
    places = [place for place in (await progress_of(request)).places if place.key != key]
    return await _change(request, response, places, lambda token: request.app[CARDS].forget(token, key))


async def _change(
    request: web.Request, response: web.StreamResponse, places: list[Place], on_card: Callable[[str], Awaitable[bool]]
) -> bool:
    """Make the change on the card, or where there is none (any more) set the cookie to what it leaves."""
    if (await progress_of(request)).has_card:
        try:
            has_card = await on_card(card_token(request))
        except IdeascubeError as error:
            complain(error)
            return False
        if has_card:
            request[_PROGRESS] = Progress(places, has_card=True)
            return True
    drop_stale_card(request, response, Progress(places))
    request[_PROGRESS] = Progress(places)
    keep_in_browser(response, places)
    return True


def keep_in_browser(response: web.StreamResponse, places: Sequence[Place]) -> None:
    if places:
        _set_cookie(response, cookie.NAME, cookie.write_cookie(places))
    else:
        response.del_cookie(cookie.NAME, path="/")


def set_card_cookie(response: web.StreamResponse, token: str) -> None:
    _set_cookie(response, cookie.CARD, token)


def drop_stale_card(request: web.Request, response: web.StreamResponse, progress: Progress) -> None:
    """Drop a cookie that opens no card: a forged one, or one of a card that was erased or closed elsewhere."""
    if not progress.has_card and cookie.CARD in request.cookies:
        drop_card_cookie(response)


def drop_card_cookie(response: web.StreamResponse) -> None:
    response.del_cookie(cookie.CARD, path="/")


def _set_cookie(response: web.StreamResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_YEAR, path="/", httponly=True, samesite="Lax")


_told: set[str] = set()


def complain(error: IdeascubeError) -> None:
    """Once for each process and cause: people go on without what their cards hold."""
    sentence = str(error)
    if sentence not in _told:
        _told.add(sentence)
        log.warning("Learners' cards cannot be used. %s", sentence)
