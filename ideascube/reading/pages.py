"""`/read/ID/PATH` on a pack's origin: an EPUB, a PDF or any page of a pack in our frame; and on the app: the way there.

Which kind it is decides who shows it: `epub_pages`, `pdf_pages`, `article_pages`. Whatever else is asked for is
shown as it is in the pack.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from content_packs.zim.reader import PackReader, ZimEntry, ZimRedirect
from ideascube.reading import article_pages, epub_pages, pdf_pages
from ideascube.reading.addresses import read_path
from ideascube.reading.extent import Extent
from ideascube.reading.preferences import choose
from ideascube.web.context import ORIGINS
from ideascube.web.lookup import ANY_PATH, find_entry, open_pack, tail_of
from ideascube.web.origins import content_path
from ideascube.web.raw import same_address

_HANDED_ON = ("at", "contents", "file", "image")
EPUB, PDF = "application/epub+zip", "application/pdf"


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be read: how it is shown, and how far it goes (None for what has no places to keep)."""

    show: Callable[[web.Request, PackReader, ZimEntry], Awaitable[web.StreamResponse]]
    extent: Callable[[web.Request, PackReader, ZimEntry], Awaitable[Extent]] | None = None


_EPUB = Kind(epub_pages.show, epub_pages.extent)
_PDF = Kind(pdf_pages.show, pdf_pages.extent)
_ARTICLE = Kind(article_pages.show)


def kind_of(entry: ZimEntry) -> Kind | None:
    """How this entry is read; None where it is nothing to be read so."""
    essence = entry.mimetype.partition(";")[0].strip().lower()
    return {EPUB: _EPUB, PDF: _PDF}.get(essence) or (_ARTICLE if entry.is_html else None)


def entry_of(request: web.Request) -> tuple[PackReader, ZimEntry]:
    """What the address names. Raises HTTPFound for an entry that only leads to another, HTTPNotFound, BrokenEntry."""
    pack_id = request.match_info["id"]
    reader = open_pack(request, pack_id)
    found = find_entry(reader, tail_of(request, 2))
    if isinstance(found, ZimRedirect):
        raise web.HTTPFound(read_path(pack_id, found.target, **query_of(request)))
    return reader, found


def query_of(request: web.Request) -> dict[str, str]:
    """What the address asks for, to be handed on to another one."""
    return {name: value for name, value in request.query.items() if name in _HANDED_ON}


async def show(request: web.Request) -> web.StreamResponse:
    """On the pack's origin: the book at the place `at`, or the article."""
    pack_id = request.match_info["id"]
    if not request.app[ORIGINS].owns(request, pack_id):
        raise same_address(request, pack_id)
    if (chosen := choose(request)) is not None:
        return chosen
    reader, entry = entry_of(request)
    kind = kind_of(entry)
    if kind is None:
        raise web.HTTPFound(content_path(pack_id, entry.path))
    return await kind.show(request, reader, entry)


CONTENT_ROUTES = [web.get("/read/{id}/" + ANY_PATH, show)]
