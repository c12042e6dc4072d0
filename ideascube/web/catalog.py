"""`/catalog/v2/…`: the catalogue of this box's packs, for Kiwix's programs and for other boxes."""

from __future__ import annotations

import hashlib

from aiohttp import hdrs, web

from content_packs.store.library import PackRecord
from ideascube.web import opds
from ideascube.web.catalog_entry import CatalogEntry, catalog_entries
from ideascube.web.catalog_query import FILTERS, PAGING, parse_query, select
from ideascube.web.compression import compress
from ideascube.web.context import LIBRARY, ORIGINS
from ideascube.web.lookup import as_header, printable
from ideascube.web.negotiation import IDENTITY, choose_encoding
from ideascube.web.ranges import etag_matches
from ideascube.web.security import RAW_HEADERS

_USUAL_SIZE = 48  # pixels, of the illustration that every pack should have


async def root(request: web.Request) -> web.Response:
    return _answer(request, opds.root_feed(_entries(request)), opds.NAVIGATION)


async def search_description(request: web.Request) -> web.Response:
    return _answer(request, opds.search_description(), opds.DESCRIPTION)


async def entries(request: web.Request) -> web.Response:
    return _page(request, partial=False)


async def partial_entries(request: web.Request) -> web.Response:
    return _page(request, partial=True)


async def entry(request: web.Request) -> web.Response:
    uuid = request.match_info["uuid"]
    found = next((each for each in _entries(request) if each.uuid == uuid), None)
    if found is None:
        raise web.HTTPNotFound(text=f"No pack on this box has the UUID “{printable(uuid)}”.")
    return _answer(request, opds.entry_document(found, request.app[ORIGINS].app(request)), opds.ENTRY)


async def categories(request: web.Request) -> web.Response:
    return _answer(request, opds.categories_feed(_entries(request)), opds.NAVIGATION)


async def languages(request: web.Request) -> web.Response:
    return _answer(request, opds.languages_feed(_entries(request)), opds.NAVIGATION)


async def illustration(request: web.Request) -> web.Response:
    """A pack's picture, by its UUID, or by its id as kiwix-serve 3.3 has it; `size` in pixels, 48 if not given."""
    record = _record(request, request.match_info["pack"])
    size = next((size for size in record.illustrations if str(size) == request.query.get("size", f"{_USUAL_SIZE}")), 0)
    found = request.app[LIBRARY].archive(record.id).illustration(size) if size else None
    if found is None:
        raise web.HTTPNotFound(text=f"The pack “{record.id}” has no illustration of this size.")
    body, mimetype = found
    return _answer(request, body, as_header(mimetype))


def _entries(request: web.Request) -> list[CatalogEntry]:
    return catalog_entries(request.app[LIBRARY].shown)


def _page(request: web.Request, *, partial: bool) -> web.Response:
    page = select(_entries(request), parse_query(request.query))
    asked = {name: request.query[name] for name in (*FILTERS, *PAGING) if name in request.query}
    origin = request.app[ORIGINS].app(request)
    return _answer(request, opds.entries_feed(page, origin, asked, partial=partial), opds.ACQUISITION)


def _record(request: web.Request, name: str) -> PackRecord:
    shown = request.app[LIBRARY].shown
    matching = (record for record in shown if record.manifest and name in (record.manifest.zim.uuid, record.id))
    found = next(matching, None)
    if found is None:
        raise web.HTTPNotFound(text=f"There is no pack “{printable(name)}” on this box.")
    return found


def _answer(request: web.Request, body: bytes, content_type: str) -> web.Response:
    """`body`, compressed for who takes that, or 304 for who has it. The validator is weak: one for every coding."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {**RAW_HEADERS, hdrs.ETAG: f"W/{etag}", hdrs.CACHE_CONTROL: "no-cache", hdrs.VARY: hdrs.ACCEPT_ENCODING}
    condition = request.headers.get(hdrs.IF_NONE_MATCH)
    if condition is not None and etag_matches(condition, etag):
        return web.Response(status=304, headers=headers)
    headers[hdrs.CONTENT_TYPE] = content_type
    encoding = choose_encoding(request.headers.get(hdrs.ACCEPT_ENCODING, ""))
    if encoding != IDENTITY and "xml" in content_type:
        headers[hdrs.CONTENT_ENCODING] = encoding
        body = compress(body, encoding)
    return web.Response(body=body, headers=headers)


ROUTES = [
    web.get(f"{opds.ROOT}/root.xml", root),
    web.get(f"{opds.ROOT}/searchdescription.xml", search_description),
    web.get(f"{opds.ROOT}/entries", entries),
    web.get(f"{opds.ROOT}/partial_entries", partial_entries),
    web.get(f"{opds.ROOT}/entry/{{uuid}}", entry),
    web.get(f"{opds.ROOT}/illustration/{{pack}}", illustration),
    web.get(f"{opds.ROOT}/illustration/{{pack}}/", illustration),
    web.get(f"{opds.ROOT}/categories", categories),
    web.get(f"{opds.ROOT}/languages", languages),
]
