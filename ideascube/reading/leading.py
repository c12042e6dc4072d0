"""`/read/ID/PATH` on the app's origin: notes the place in the book, and leads to it on the pack's origin.

Whoever reads goes this way with each turn of a page, so that the place is kept without scripts.
"""

from __future__ import annotations

from aiohttp import hdrs, web

from content_packs.errors import BadInput
from content_packs.zim.reader import PackReader, ZimEntry
from ideascube.progress.places import Place
from ideascube.progress.request import note, progress_of
from ideascube.reading.addresses import asked_number, read_path
from ideascube.reading.extent import Extent
from ideascube.reading.pages import entry_of, kind_of, query_of
from ideascube.web.content import is_navigation
from ideascube.web.context import ORIGINS
from ideascube.web.lookup import ANY_PATH


async def lead(request: web.Request) -> web.StreamResponse:
    """302 to the place `at`, else to where the reader stopped, else to the first one; with `stay` only notes it.

    A place is noted for who opens a page, not for a picture in a pack that has this address.
    """
    reader, entry = entry_of(request)
    extent = await _extent(request, reader, entry)
    if extent is None:
        return _leading_to(request, entry, query_of(request))
    pack_id = request.match_info["id"]
    asked = asked_number(request, "at")
    kept = (await progress_of(request)).get("book", pack_id, entry.path) if asked is None else None
    at = extent.within(int(kept.at) if kept else extent.first if asked is None else asked)
    again = {"again": "1"} if kept and at > extent.first else {}
    answer = _leading_to(request, entry, {**query_of(request), "at": str(at), **again})
    if request.method == hdrs.METH_GET and (is_navigation(request) or "stay" in request.query):
        # `of` is the number of the last place: chapters are counted from 0, pages from 1.
        place = Place("book", pack_id, entry.path, at, extent.last if extent.count else 0, extent.title)
        await note(request, answer, place)
    return answer if "stay" not in request.query else _only_noted(answer)


def _only_noted(answer: web.Response) -> web.Response:
    """For a script that shows the place already, and is on the pack's origin, from where nothing can be posted."""
    answer.set_status(204)
    del answer.headers[hdrs.LOCATION]
    return answer


async def _extent(request: web.Request, reader: PackReader, entry: ZimEntry) -> Extent | None:
    """How far the book goes; None for what is no book, or a broken one: its page says what is wrong."""
    kind = kind_of(entry)
    if kind is None or kind.extent is None:
        return None
    try:
        return await kind.extent(request, reader, entry)
    except BadInput:
        return None


def _leading_to(request: web.Request, entry: ZimEntry, query: dict[str, str]) -> web.Response:
    pack_id = request.match_info["id"]
    address = request.app[ORIGINS].pack(request, pack_id) + read_path(pack_id, entry.path, **query)
    return web.Response(status=302, headers={hdrs.LOCATION: address, hdrs.CACHE_CONTROL: "no-store"})


ROUTES = [web.get("/read/{id}/" + ANY_PATH, lead)]
