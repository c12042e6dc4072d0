"""`/take` says what can be taken away and how large it is, `/save` hands it over, `/share` shows an address as a code.

A file is saved as it lies in its pack; a page as one HTML file with its pictures: `ideascube.taking`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import hdrs, web
from markupsafe import Markup
from multidict import CIMultiDict
from yarl import URL

from content_packs.errors import BadInput
from content_packs.zim.reader import PackReader, ZimEntry, ZimRedirect, content_size
from ideascube.items.cards import item_title
from ideascube.items.finding import find_item
from ideascube.reading.article_text import article_text
from ideascube.taking.names import saved_name
from ideascube.taking.page_file import Surroundings
from ideascube.web.cards import liked_languages, pack_title, page_address
from ideascube.web.context import LIBRARY, ORIGINS
from ideascube.web.download import attachment
from ideascube.web.language import local_path
from ideascube.web.lookup import ANY_PATH, find_entry, open_pack, tail_of
from ideascube.web.origins import area_address, content_path
from ideascube.web.qr import qr_code
from ideascube.web.raw import send_entry
from ideascube.web.rendering import HTML, page_text, render
from ideascube.web.security import RAW_HEADERS
from ideascube.web.stored import send_bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken away: an entry and its title. A page becomes a file that needs no other; the rest is as it is."""

    pack: str
    reader: PackReader
    entry: ZimEntry
    title: str

    @property
    def name(self) -> str:
        """Of the file on the phone."""
        return saved_name(self.title, self.entry.path, ".html" if self.entry.is_html else "")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What `saved.html` shows."""

    title: str
    language: str
    direction: str
    body: Markup
    pack_title: str
    licence: str
    address: str


async def take(request: web.Request) -> web.StreamResponse:
    """What it is, its size, and the ways to take it. A page that only shows a film or book stands for that."""
    taken = _taken(request)
    of = content_path(taken.pack, tail_of(request, 2))
    address = request.app[ORIGINS].app(request) + of
    return render(
        request,
        "take.html",
        title=taken.title,
        pack_title=pack_title(request, taken.pack),
        pack_page=page_address(taken.pack),
        save=area_address("save", taken.pack, tail_of(request, 2)),
        size=await _size(request, taken),
        keep=f"/keep?pack={quote(taken.pack, safe='')}&path={quote(tail_of(request, 2), safe='')}",
        open=of,
        is_page=taken.entry.is_html,
        address=address,
        code=qr_code(address),
    )


async def save(request: web.Request) -> web.StreamResponse:
    """The bytes, as a file to be kept."""
    taken = _taken(request)
    headers = CIMultiDict(RAW_HEADERS)
    headers[hdrs.CONTENT_DISPOSITION] = attachment(taken.name)
    if not taken.entry.is_html:
        return await send_entry(request, taken.reader, taken.entry, headers)
    headers[hdrs.CONTENT_TYPE] = HTML
    headers[hdrs.ETAG] = f'"{taken.reader.fingerprint}-{taken.entry.index}-saved"'
    headers[hdrs.CACHE_CONTROL] = "no-cache"
    headers[hdrs.ACCEPT_RANGES] = "bytes"
    return await send_bytes(request, await _page_file(request, taken), headers)


async def share(request: web.Request) -> web.StreamResponse:
    """`of`: a path of this box, whose address is shown as a code for another phone."""
    of = local_path(request.query.get("of", "/"))
    address = request.app[ORIGINS].app(request) + of
    return render(request, "share.html", of=of, address=address, code=qr_code(address))


def _taken(request: web.Request) -> Taken:
    pack = request.match_info["id"]
    reader = open_pack(request, pack)
    found = find_entry(reader, tail_of(request, 2))
    if isinstance(found, ZimRedirect):
        area = request.rel_url.raw_path.split("/", 2)[1]
        raise web.HTTPFound(URL(area_address(area, pack, found.target), encoded=True))
    item = find_item(reader, found.path)
    if item is None:
        return Taken(pack, reader, found, found.title)
    file = found if item.path == found.path else find_entry(reader, item.path)
    assert isinstance(file, ZimEntry)
    return Taken(pack, reader, file, item_title(item, liked_languages(request, pack)).text)


async def _size(request: web.Request, taken: Taken) -> int:
    """In bytes. That of a page is known once it is made."""
    if taken.entry.is_html:
        return len(await _page_file(request, taken))
    return content_size(taken.reader, taken.entry)


async def _page_file(request: web.Request, taken: Taken) -> bytes:
    """The page by itself; one that cannot be cleaned is saved as it is."""
    origin = request.app[ORIGINS].app(request)
    record = request.app[LIBRARY].get(taken.pack)
    manifest = record.manifest if record else None
    around = Surroundings(taken.entry.path, lambda path: origin + content_path(taken.pack, path))
    raw = taken.reader.read(taken.entry)
    try:
        text = await article_text(raw, taken.entry, around.link)
    except BadInput:
        return raw
    body = await asyncio.to_thread(around.with_pictures, text.html, taken.reader)
    page = SavedPage(
        text.title,
        text.lang or (manifest.language if manifest else ""),
        text.direction,
        Markup(body),  # noqa: S704 - cleaned
        pack_title(request, taken.pack),
        str(manifest.licence) if manifest else "",
        origin + content_path(taken.pack, taken.entry.path),
    )
    return page_text(request, "saved.html", page=page).encode()


ROUTES = [
    web.get("/take/{id}/" + ANY_PATH, take),
    web.get("/save/{id}/" + ANY_PATH, save),
    web.get("/share", share),
]
