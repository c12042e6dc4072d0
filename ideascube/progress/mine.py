"""`/mine`: where the visitor goes on, what they keep, their card."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from ideascube.progress.places import KEPT
from ideascube.progress.request import progress_of
from ideascube.web.rendering import render


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to go on with: `done` of `of` (seconds, chapters, steps), 0 where it is not known."""

    title: str
    address: str
    picture: str
    done: float
    of: float


async def going_on(request: web.Request) -> list[Line]:
    """What the visitor was last busy with and has not finished, newest first; nothing for who has no progress."""
    return []


async def mine(request: web.Request) -> web.StreamResponse:
    progress = await progress_of(request)
    return render(request, "mine.html", places=progress.latest(20), kept=progress.latest(20, KEPT))


ROUTES = [web.get("/mine", mine)]
