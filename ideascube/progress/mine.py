"""`/mine`: where the visitor goes on, what they keep, their card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from aiohttp import hdrs, web

from content_packs.pack_id import OWN
from ideascube.courses.opening import OpenCourse, courses_made_here
from ideascube.progress.course_lines import course_line, course_of
from ideascube.progress.lines import Line, lines_of
from ideascube.progress.made_here import look_up_made
from ideascube.progress.places import KEPT, Kind, Progress, is_finished
from ideascube.progress.request import drop_stale_card, progress_of
from ideascube.web.rendering import render

NO_STORE: dict[str, str] = {hdrs.CACHE_CONTROL: "no-store"}  # whoever has the phone next finds nothing by going back

_MOST = 60  # lines of one part of the page
_ALL = 1000  # places, more than anybody has
_AT_HOME = 3
_OF_COURSES: tuple[Kind, ...] = ("lesson", "quiz")


async def going_on(request: web.Request, count: int = _AT_HOME) -> list[Line]:
    """What the visitor was last busy with and has not finished, newest first; nothing for who has no progress."""
    progress = await progress_of(request)
    made_here = await _made_here(request, progress)
    await look_up_made(request, progress.latest(_ALL))
    return list(islice(_begun(request, made_here, progress, finished=False), count))


async def _made_here(request: web.Request, progress: Progress) -> list[OpenCourse]:
    """The courses made on this box, for whoever has begun any of them: others need not wait for it."""
    has_begun = any(place.pack == OWN for place in progress.latest(_ALL, _OF_COURSES))
    return await courses_made_here(request) if has_begun else []


def _begun(
    request: web.Request, made_here: Sequence[OpenCourse], progress: Progress, *, finished: bool
) -> Iterator[Line]:
    """Films and books, and each course once, at the place of its latest step."""
    courses: set[tuple[str, str]] = set()
    for place in progress.latest(_ALL):
        if place.kind not in ("lesson", "quiz"):
            if is_finished(place) == finished:
                yield from lines_of(request, [place])
        elif (course := (place.pack, course_of(place))) not in courses:
            courses.add(course)
            line = course_line(request, made_here, progress, place, finished=finished)
            if line is not None:
                yield line


async def mine(request: web.Request) -> web.StreamResponse:
    progress = await progress_of(request)
    made_here = await _made_here(request, progress)
    await look_up_made(request, progress.places)
    answer = render(
        request,
        "mine.html",
        headers=NO_STORE,
        begun=list(islice(_begun(request, made_here, progress, finished=False), _MOST)),
        finished=list(islice(_begun(request, made_here, progress, finished=True), _MOST)),
        kept=lines_of(request, progress.latest(_MOST, KEPT)),
        holds_card=progress.has_card,
        problem=progress.cannot_be_read,
    )
    drop_stale_card(request, answer, progress)
    return answer


ROUTES = [web.get("/mine", mine)]
