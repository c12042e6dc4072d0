"""`/staff/sync`: what the box exchanges with the outside, and what people on site may ask of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypedDict

from aiohttp import web

from content_packs.errors import NotAllowed
from content_packs.sticks import Stick, find_sticks
from ideascube.box_clock import second_of
from ideascube.box_db.deeds import log_deed
from ideascube.people.deeds import ACCEPTED_TITLE, REFUSED_TITLE
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.syncing import answering
from ideascube.syncing.asking import STOP, SYNC, ask, forget_asked
from ideascube.syncing.said import HeldBack
from ideascube.syncing.view import View, read_going, read_held_back, read_view
from ideascube.syncing.wording import Words
from ideascube.web.cards import pack_title
from ideascube.web.context import DATABASE, LIBRARY, SETTINGS
from ideascube.web.i18n import interface_language, visitor_languages
from ideascube.web.language import read_form
from ideascube.workspace.rendering import render_staff

PAGE = "/staff/sync"
STICKS: web.AppKey[Callable[[], list[Stick]]] = web.AppKey("sticks")

_DEEDS = {answering.ACCEPTED: ACCEPTED_TITLE, answering.REFUSED: REFUSED_TITLE}


@staff(Right.SYNC)
async def page(request: web.Request) -> web.StreamResponse:
    """`done`: what was asked for a moment ago."""
    view = await asyncio.to_thread(_view, request)
    return render_staff(
        request,
        "staff_sync.html",
        view=view,
        **_words(request),
        liked=visitor_languages(request),
        done=request.query.get("done", ""),
    )


@staff(Right.SYNC)
async def now(request: web.Request) -> web.StreamResponse:
    """The part of the page that changes while something goes on, for its script."""
    going = await asyncio.to_thread(read_going, request.app[SETTINGS].data.sync)
    busy = {"X-Busy": "yes" if going.is_busy else "no"}  # so that the script takes no other page for it
    return render_staff(request, "staff_sync_now.html", headers=busy, going=going, **_words(request))


class _Shown(Protocol):
    """What has the id and the title of a pack."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


class _ForTemplates(TypedDict):
    words: Words
    title: Callable[[_Shown], str]
    second_of: Callable[[str], int]


def _words(request: web.Request) -> _ForTemplates:
    """What the templates word things with: a pack that is here has its title in the reader's language."""

    def title(shown: _Shown) -> str:
        known = pack_title(request, shown.id)
        return (shown.title or known) if known == shown.id else known

    return {"words": Words(interface_language(request)), "title": title, "second_of": second_of}


def _view(request: web.Request) -> View:
    return read_view(request.app[SETTINGS].data, request.app[LIBRARY].library, _sticks(request))


def _sticks(request: web.Request) -> list[Stick]:
    return request.app.get(STICKS, find_sticks)()


@staff(Right.SYNC)
async def connect(request: web.Request) -> web.StreamResponse:
    """Ask for a sync over whatever connection there is."""
    await _ask(request, SYNC)
    raise web.HTTPSeeOther(PAGE)


@staff(Right.SYNC)
async def stop(request: web.Request) -> web.StreamResponse:
    """Ask the sync that runs to stop, or forget what was asked for."""
    sync = request.app[SETTINGS].data.sync
    going = await asyncio.to_thread(read_going, sync)
    if going.is_running:
        await _ask(request, STOP)
    else:
        await asyncio.to_thread(forget_asked, sync)
    raise web.HTTPSeeOther(PAGE)


@staff(Right.SYNC)
async def use_stick(request: web.Request) -> web.StreamResponse:
    """Form fields: `stick`, where one is mounted now, and `do`: `take` from it or `give` to it."""
    form = await read_form(request)
    mount, do = Path(str(form.get("stick", ""))), str(form.get("do", ""))
    here = await asyncio.to_thread(_sticks, request)
    stick = next((each for each in here if each.mount == mount), None)
    if stick is None or do not in ("take", "give"):
        raise web.HTTPSeeOther(f"{PAGE}?done=gone")
    folder = str(stick.folder)
    await (_ask(request, SYNC, source=folder) if do == "take" else _ask(request, SYNC, target=folder))
    raise web.HTTPSeeOther(PAGE)


async def _ask(request: web.Request, do: str, source: str = "", target: str = "") -> None:
    """Raises NotAllowed."""
    sync = request.app[SETTINGS].data.sync
    try:
        await asyncio.to_thread(ask, sync, do, source, target)
    except OSError as error:
        raise NotAllowed(f"This cannot be asked for: {sync} cannot be written ({error.strerror}).") from error


@staff(Right.SYNC)
async def decide(request: web.Request) -> web.StreamResponse:
    """Form fields: `catalogue`, `id`, `size` (bytes) of what is held back, and `decision`. Twice changes nothing."""
    form = await read_form(request)
    asked = tuple(str(form.get(name, "")) for name in ("catalogue", "id", "size"))
    decision = str(form.get("decision", ""))
    sync = request.app[SETTINGS].data.sync
    waiting = await asyncio.to_thread(read_held_back, sync)
    held = next((each for each in waiting if (each.catalogue, each.id, str(each.size_now)) == asked), None)
    if held is None or decision not in _DEEDS:
        raise web.HTTPSeeOther(PAGE)
    await _decide(request, sync, held, decision)
    raise web.HTTPSeeOther(f"{PAGE}?done={decision}")


async def _decide(request: web.Request, sync: Path, held: HeldBack, decision: str) -> None:
    try:
        await asyncio.to_thread(answering.answer, sync, held, decision)
    except OSError as error:
        raise NotAllowed(f"Your decision cannot be kept: {sync} cannot be written ({error.strerror}).") from error
    await request.app[DATABASE].write(log_deed, request[PERSON].id, _DEEDS[decision], held.title or held.id)


ROUTES = [
    web.get(PAGE, page),
    web.get(f"{PAGE}/now", now),
    web.post(f"{PAGE}/connect", connect),
    web.post(f"{PAGE}/stop", stop),
    web.post(f"{PAGE}/stick", use_stick),
    web.post(f"{PAGE}/decide", decide),
]
