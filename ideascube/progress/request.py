"""What handlers use: the places of who sent a request, and noting one more. With a card or without."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from aiohttp import web

from ideascube.progress import cookie
from ideascube.progress.places import Kind, Place, Progress, checked, with_place

_KEY = "progress"
_YEAR = 365 * 24 * 3600  # seconds


async def progress_of(request: web.BaseRequest) -> Progress:
    """The visitor's places; read once for each request. Never fails: what cannot be read is empty."""
    known: Progress | None = request.get(_KEY)
    if known is None:
        known = request[_KEY] = Progress(_in_browser(request))
    return known


def _in_browser(request: web.BaseRequest) -> list[Place]:
    return cookie.read_cookie(request.cookies.get(cookie.NAME, "")) if "Cookie" in request.headers else []


async def note(request: web.BaseRequest, response: web.StreamResponse, place: Place) -> bool:
    """Keep a place, before `response` is sent (its cookie may be set). Whether it was kept; never fails."""
    good = checked(replace(place, day=_today()))
    if good is None:
        return False
    progress = await progress_of(request)
    _remember(request, response, with_place(progress.places, good))
    return True


async def forget(request: web.BaseRequest, response: web.StreamResponse, kind: Kind, pack: str, path: str) -> bool:
    """Keep a place no longer. Whether that could be done."""
    progress = await progress_of(request)
    _remember(request, response, [each for each in progress.places if each.key != (kind, pack, path)])
    return True


def _remember(request: web.BaseRequest, response: web.StreamResponse, places: list[Place]) -> None:
    request[_KEY] = Progress(places)
    if not places:
        response.del_cookie(cookie.NAME, path="/")
        return
    text = cookie.write_cookie(places)
    response.set_cookie(cookie.NAME, text, max_age=_YEAR, path="/", httponly=True, samesite="Lax")


def _today() -> str:
    return str(datetime.now().astimezone().date())
