"""`/packs/ID`: all that is known of one pack, its picture, and the ways into it."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote

from aiohttp import hdrs, web
from multidict import CIMultiDict

from content_packs.errors import BrokenPack, IdeascubeError
from content_packs.store.library import PackRecord
from ideascube.courses.opening import courses_in
from ideascube.items.cards import ItemCard, item_card
from ideascube.items.finding import items_of
from ideascube.web.cards import kind_drawing, make_card
from ideascube.web.context import LIBRARY, PAGES
from ideascube.web.external import is_internet_address
from ideascube.web.i18n import visitor_languages
from ideascube.web.illustrations import pack_picture
from ideascube.web.lookup import missing_pack
from ideascube.web.page_cache import Page, PageKey
from ideascube.web.ranges import etag_matches
from ideascube.web.rendering import render

_FIRST_ITEMS = 12  # the pack's own contents have all
_OPENED_HERE = ("film", "audio", "book", "document")
_FOR_EVER = "public, max-age=31536000, immutable"


async def all_packs(request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("/library")


async def pack_page(request: web.Request) -> web.StreamResponse:
    record = _record(request)
    assert record.manifest is not None
    escaped = quote(record.id, safe="")
    return render(
        request,
        "pack.html",
        card=make_card(request, record),
        manifest=record.manifest,
        long_description=record.manifest.long_description_in(*visitor_languages(request)),
        files=[path.rpartition("/")[2] for path in (*record.files, *record.layers)],
        download="" if record.layers else f"/download/{escaped}",  # which would be the base alone, an older version
        share=f"/share?of=/packs/{quote(escaped, safe='')}",
        random=f"/random?content={escaped}",
        items=_first_items(request, record),
        courses=[(one.say(one.course.title), one.address) for one in courses_in(request, record)],
        origin=record.origin,
        source_is_address=is_internet_address(record.manifest.source),
        can_search=record.has_fulltext_index or record.has_title_index,
    )


def _first_items(request: web.Request, record: PackRecord) -> list[ItemCard]:
    """Films, sounds and books of the pack, so that they can be opened at once; nothing where it has no list of them."""
    with suppress(IdeascubeError):
        shown = [item for item in items_of(request.app[LIBRARY].archive(record.id)) if item.kind in _OPENED_HERE]
        return [item_card(record.id, item, visitor_languages(request)) for item in shown[:_FIRST_ITEMS]]
    return []


def _record(request: web.Request) -> PackRecord:
    """The pack in the address. Raises what `missing_pack` gives, or BrokenPack for one that is here and broken."""
    pack_id = request.match_info["id"]
    live = request.app[LIBRARY]
    record = live.get(pack_id)
    if record is not None:
        return record
    broken = live.library.resolve(pack_id)
    if broken is not None and broken.problem:
        raise BrokenPack(broken.problem)
    raise missing_pack(request, pack_id)


async def illustration(request: web.Request) -> web.StreamResponse:
    """The pack's picture. With its stamp as `v` it is kept for ever, since another picture has another address."""
    record = _record(request)
    as_webp = "image/webp" in request.headers.get(hdrs.ACCEPT, "")
    key = PageKey(record.id, "illustration", "webp" if as_webp else "", "")
    page = request.app[PAGES].get(key) or _picture_page(request, record, as_webp=as_webp)
    if page is None:
        raise web.HTTPFound(kind_drawing(record.manifest.kind if record.manifest else ""))
    request.app[PAGES].put(key, page)
    headers = page.headers.copy()
    headers[hdrs.CACHE_CONTROL] = _FOR_EVER if request.query.get("v") == record.stamp else "no-cache"
    if etag_matches(request.headers.get(hdrs.IF_NONE_MATCH, ""), page.etag):
        return web.Response(status=304, headers=headers)
    return web.Response(body=page.body, headers=headers)


def _picture_page(request: web.Request, record: PackRecord, *, as_webp: bool) -> Page | None:
    try:
        archive = request.app[LIBRARY].archive(record.id)
    except BrokenPack:
        return None
    picture = pack_picture(archive, record.illustrations, as_webp=as_webp)
    if picture is None:
        return None
    etag = f'"{record.stamp}-{picture.content_type.partition("/")[2]}"'
    headers = CIMultiDict(
        {
            hdrs.CONTENT_TYPE: picture.content_type,
            hdrs.ETAG: etag,
            hdrs.VARY: "Accept",
            "X-Content-Type-Options": "nosniff",
        }
    )
    return Page(picture.body, headers, etag)


ROUTES = [
    web.get("/packs", all_packs),
    web.get("/packs/{id}", pack_page),
    web.get("/packs/{id}/illustration", illustration),
]
