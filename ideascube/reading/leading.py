"""`/read/ID/PATH` on the app's origin: notes the place in the book, and leads to it on the pack's origin."""

from __future__ import annotations

from aiohttp import hdrs, web

from ideascube.reading.addresses import read_path
from ideascube.reading.pages import entry_of, kind_of
from ideascube.web.context import ORIGINS
from ideascube.web.lookup import ANY_PATH


async def lead(request: web.Request) -> web.StreamResponse:
    """302 to the place `at`, else to where the reader stopped, else to the first one."""
    pack_id = request.match_info["id"]
    reader, entry = entry_of(request)
    kind = kind_of(entry)
    query = dict(request.query)
    if kind is not None and kind.extent is not None:
        extent = await kind.extent(request, reader, entry)
        query["at"] = str(extent.within(_asked(request, extent.first)))
    address = request.app[ORIGINS].pack(request, pack_id) + read_path(pack_id, entry.path, **query)
    return web.Response(status=302, headers={hdrs.LOCATION: address, hdrs.CACHE_CONTROL: "no-store"})


def _asked(request: web.Request, first: int) -> int:
    asked = request.query.get("at", "")
    return int(asked) if asked.isdecimal() and len(asked) < 9 else first


ROUTES = [web.get("/read/{id}/" + ANY_PATH, lead)]
