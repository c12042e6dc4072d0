"""`/mine`: where the visitor goes on, what they keep, their card."""

from __future__ import annotations

from aiohttp import hdrs, web

from ideascube.progress.how_far import is_finished
from ideascube.progress.lines import Line, lines_of
from ideascube.progress.places import KEPT, Kind, Progress
from ideascube.progress.request import drop_stale_card, progress_of
from ideascube.web.rendering import render

NO_STORE: dict[str, str] = {hdrs.CACHE_CONTROL: "no-store"}  # whoever has the phone next finds nothing by going back

_MOST = 60  # lines of one part of the page
_AT_HOME = 3
_PLAYED_OR_READ: tuple[Kind, ...] = ("film", "book")


async def going_on(request: web.Request, count: int = _AT_HOME) -> list[Line]:
    """What the visitor was last busy with and has not finished, newest first; nothing for who has no progress."""
    return _begun(request, await progress_of(request), count)


def _begun(request: web.Request, progress: Progress, count: int) -> list[Line]:
    places = [place for place in progress.latest(_MOST, _PLAYED_OR_READ) if not is_finished(place)]
    return lines_of(request, places)[:count]


async def mine(request: web.Request) -> web.StreamResponse:
    progress = await progress_of(request)
    finished = [place for place in progress.latest(_MOST, _PLAYED_OR_READ) if is_finished(place)]
    answer = render(
        request, "mine.html", headers=NO_STORE,
        begun=_begun(request, progress, _MOST), finished=lines_of(request, finished),
        kept=lines_of(request, progress.latest(_MOST, KEPT)), holds_card=progress.has_card,
        problem=progress.cannot_be_read,
    )  # fmt: skip
    drop_stale_card(request, answer, progress)
    return answer


ROUTES = [web.get("/mine", mine)]
