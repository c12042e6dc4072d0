"""EPUB in our frame, chapter by chapter."""

from __future__ import annotations

from aiohttp import web

from content_packs.zim.reader import PackReader, ZimEntry
from ideascube.reading.extent import Extent
from ideascube.web.origins import content_path


async def show(request: web.Request, reader: PackReader, entry: ZimEntry) -> web.StreamResponse:
    """The chapter `at` of the book."""
    raise web.HTTPFound(content_path(request.match_info["id"], entry.path))


async def extent(request: web.Request, reader: PackReader, entry: ZimEntry) -> Extent:
    """Its chapters, from 0."""
    return Extent(0, 0, entry.title)
