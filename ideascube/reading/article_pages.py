"""Quiet reading: the text of any page of a pack in our frame, without the pack's own navigation and scripts."""

from __future__ import annotations

from aiohttp import web

from content_packs.zim.reader import PackReader, ZimEntry
from ideascube.web.origins import content_path


async def show(request: web.Request, reader: PackReader, entry: ZimEntry) -> web.StreamResponse:
    """The article's text."""
    raise web.HTTPFound(content_path(request.match_info["id"], entry.path))
