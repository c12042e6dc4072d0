"""`POST /progress`: a page's script tells where the visitor is (`navigator.sendBeacon`, or XMLHttpRequest)."""

from __future__ import annotations

from contextlib import suppress

from aiohttp import web

from ideascube.progress.places import Place, as_kind, checked
from ideascube.progress.request import note
from ideascube.web.language import read_form


async def progress(request: web.Request) -> web.StreamResponse:
    """Form fields: `kind`, `pack`, `path`, `at`, `of`, `title`, as a place has them. 204 where it is kept."""
    form = await read_form(request)
    place = _place({name: str(value) for name, value in form.items()})
    answer = web.Response(status=204)
    if not await note(request, answer, place):
        raise web.HTTPServiceUnavailable(text="Your place could not be kept just now.")
    return answer


def _place(form: dict[str, str]) -> Place:
    """Raises HTTPBadRequest for fields that make no place; pages are kept at `/keep`."""
    kind, place = as_kind(form.get("kind", "")), None
    if kind is not None and kind != "kept":
        with suppress(ValueError):  # of what is no number
            at, of = (float(form.get(name, "") or 0) for name in ("at", "of"))
            place = checked(Place(kind, form.get("pack", ""), form.get("path", ""), at, of, form.get("title", "")))
    if place is None or not place.pack:
        raise web.HTTPBadRequest(text="This is no place in a film, a book or a course.")
    return place


ROUTES = [web.post("/progress", progress)]
