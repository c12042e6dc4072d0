"""Quiet reading: the text of any page of a pack in our frame, without the pack's own navigation and scripts."""

from __future__ import annotations

from aiohttp import web

from content_packs.errors import BadInput
from content_packs.zim.reader import PackReader, ZimEntry
from ideascube.items.addresses import app_page
from ideascube.reading.article_links import links_of
from ideascube.reading.article_text import article_text, nothing_of
from ideascube.reading.frame import Frame, show_frame
from ideascube.web.content import OWN
from ideascube.web.context import LIBRARY
from ideascube.web.origins import content_path


async def show(request: web.Request, reader: PackReader, entry: ZimEntry) -> web.StreamResponse:
    """The article's text. What cannot be cleaned is said so, with the way to the page as it is."""
    pack_id = request.match_info["id"]
    text, problem = nothing_of(entry), ""
    try:
        text = await article_text(reader.read(entry), entry, links_of(pack_id, entry.path))
    except BadInput as error:
        problem = str(error)
    frame = Frame(
        title=text.title,
        original=_as_it_is(reader, pack_id, entry.path),
        title_lang=text.lang or _language(request, pack_id),
        lang=text.lang or _language(request, pack_id),
        direction=text.direction,
    )
    return show_frame(
        request,
        "quiet.html",
        frame,
        text=text.html,
        problem=problem,
        sections=text.sections if len(text.sections) > 2 else [],
    )


def _as_it_is(reader: PackReader, pack_id: str, path: str) -> str:
    """The page's own address; asked for so where it would lead to the app's page of the same thing."""
    address = content_path(pack_id, path)
    return f"{address}?{OWN}=1" if app_page(reader, pack_id, path) else address


def _language(request: web.Request, pack_id: str) -> str:
    """The pack's, where it has one alone."""
    record = request.app[LIBRARY].get(pack_id)
    languages = record.manifest.languages if record and record.manifest else ()
    return languages[0] if len(languages) == 1 else ""
