"""PDF in our frame."""

from __future__ import annotations

from aiohttp import web

from content_packs.zim.reader import PackReader, ZimEntry
from ideascube.reading.extent import Extent
from ideascube.web.origins import content_path


async def show(request: web.Request, reader: PackReader, entry: ZimEntry) -> web.StreamResponse:
    """The page `at` of the file."""
    raise web.HTTPFound(content_path(request.match_info["id"], entry.path))


async def extent(request: web.Request, reader: PackReader, entry: ZimEntry) -> Extent:
    """Its pages, from 1."""
    return Extent(1, 0, entry.title)
