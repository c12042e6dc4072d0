"""The content of packs, at `/content/ID/PATH` on the packs' origin.

The first reader of a page pays for libzim and compression; the next ones get the answer as it was sent, from memory.
What is stored uncompressed in the ZIM and large (films) is sent from the file in pieces: see `stored`.
"""

from __future__ import annotations

import asyncio
from urllib.parse import quote, unquote, urlsplit

from aiohttp import hdrs, web
from multidict import CIMultiDict
from yarl import URL

from content_packs.zim.reader import PackReader, ZimEntry, ZimRedirect
from ideascube.items.addresses import app_page
from ideascube.live_library import sees_all
from ideascube.web.bar import HOME, bar_html, with_bar, with_explained_links
from ideascube.web.compression import SMALLEST, compress, is_compressible
from ideascube.web.context import LIBRARY, ORIGINS, PAGES
from ideascube.web.i18n import interface_language, visitor_languages
from ideascube.web.lookup import ANY_PATH, as_header, find_entry, open_pack
from ideascube.web.negotiation import IDENTITY, choose_encoding
from ideascube.web.origins import content_path
from ideascube.web.page_cache import Page, PageKey
from ideascube.web.ranges import etag_matches
from ideascube.web.security import PACK_HEADERS
from ideascube.web.stored import KEEP_WHOLE, send_bytes, send_stored

_COMPRESS_ASIDE = 512 * 1024  # bytes; to compress more would hold up the other pages of this worker
_FRAMES = frozenset({"iframe", "frame", "embed", "object", "empty"})
_HTML_FRESH = "max-age=120"  # seconds: to and fro between pages costs nothing, and a new version shows soon

# In the query of an address: the pack's own page is wanted, where the app has one for the same film, book or lesson.
OWN = "own"
_OTHER_FRESH = "max-age=3600"


async def content(request: web.Request) -> web.StreamResponse:
    """Answer for one entry: 200, 206, 302 for a redirect, 304, 404, 416, or 502 for an entry that is damaged."""
    headers = request.headers
    pack_id = request.match_info["id"]
    key = PageKey(
        pack_id,
        _path(request),
        IDENTITY if hdrs.RANGE in headers else choose_encoding(headers.get(hdrs.ACCEPT_ENCODING, "")),
        interface_language(request) if is_navigation(request) else "",
    )
    is_known = request.app[ORIGINS].owns(request, pack_id) and OWN not in request.query
    page = request.app[PAGES].get(key) if is_known else None
    if page is None or hdrs.RANGE in headers:
        return await _fresh(request, key)
    return _send_page(request, page)


def _path(request: web.BaseRequest) -> str:
    """The address's path as it was written; a proxy may have written the whole address (RFC 9112, 3.2.2)."""
    path = request.raw_path.partition("?")[0]
    return path if path.startswith("/") else request.rel_url.raw_path


def is_navigation(request: web.BaseRequest) -> bool:
    """Whether a reader opens this as a page: browsers name HTML in Accept then, and only then.

    Sec-Fetch-Dest would say it better, but browsers send it to HTTPS and localhost alone.
    """
    headers = request.headers
    return "text/html" in headers.get(hdrs.ACCEPT, "") and headers.get("Sec-Fetch-Dest", "document") not in _FRAMES


def _send_page(request: web.BaseRequest, page: Page) -> web.Response:
    condition = request.headers.get(hdrs.IF_NONE_MATCH)
    if condition is not None and etag_matches(condition, page.etag):
        return web.Response(status=304, headers=_without_body(page.headers))
    return web.Response(body=page.body, headers=page.headers)


def _without_body(headers: CIMultiDict[str]) -> CIMultiDict[str]:
    """What a 304 repeats (RFC 9110, 15.4.5): all but what describes the body."""
    described = (hdrs.CONTENT_TYPE, hdrs.CONTENT_ENCODING)
    return CIMultiDict((name, value) for name, value in headers.items() if name not in described)


async def _fresh(request: web.Request, key: PageKey) -> web.StreamResponse:
    """The answer from the ZIM itself."""
    path = unquote(_zim_path(key), errors="surrogateescape")
    generation = request.app[LIBRARY].generation
    archive = _archive(request, key.pack)
    found = _first_page(request, archive, key.pack) if path in ("", "/") else find_entry(archive, path)
    if isinstance(found, ZimRedirect):
        raise web.HTTPFound(content_path(key.pack, found.target))
    with_reader_bar = bool(key.bar) and archive.is_front(found)
    if with_reader_bar and OWN not in request.query:
        _lead_to_app(request, archive, key.pack, found.path)
    stored = archive.stored(found)
    headers = _headers(archive, found, key if with_reader_bar else key._replace(bar=""))
    if stored is not None and stored.range.length > KEEP_WHOLE:
        return await send_stored(request, stored, headers)
    body = archive.read(found)
    if with_reader_bar:
        body = _dressed(request, key, found.path, body)
    if key.encoding != IDENTITY and len(body) >= SMALLEST and is_compressible(found.mimetype):
        headers[hdrs.CONTENT_ENCODING] = key.encoding
        body = await _compressed(body, key.encoding)
    if hdrs.RANGE in request.headers:
        return await send_bytes(request, body, headers)
    page = Page(body, headers, headers[hdrs.ETAG])
    if request.app[LIBRARY].generation == generation and _is_for_all(request):
        request.app[PAGES].put(key, page)  # else the pack may have changed while the page was made
    return _send_page(request, page)


def _is_for_all(request: web.Request) -> bool:
    """Not what others are led away from, nor what they may not see."""
    return OWN not in request.query and not sees_all()


def _lead_to_app(request: web.Request, archive: PackReader, pack_id: str, path: str) -> None:
    """Films, books and lessons are shown by the app. Browsers keep the fragment (a film's second) on the way."""
    page = app_page(archive, pack_id, path)
    if page is not None:
        raise web.HTTPFound(URL(request.app[ORIGINS].app(request) + page, encoded=True))


def _zim_path(key: PageKey) -> str:
    """What follows `/content/ID/`, still escaped: a `%3F` is part of a path, a `?` ends it."""
    parts = key.path.split("/", 3)
    return parts[3] if len(parts) > 3 else ""


def _archive(request: web.Request, pack_id: str) -> PackReader:
    if not request.app[ORIGINS].owns(request, pack_id):
        raise web.HTTPFound(request.app[ORIGINS].pack(request, pack_id) + _path(request))
    return open_pack(request, pack_id)


def _first_page(request: web.Request, archive: PackReader, pack_id: str) -> ZimRedirect:
    """In the reader's language where the pack says that it has one."""
    record = request.app[LIBRARY].get(pack_id)
    own = record.manifest.main_in(*visitor_languages(request)) if record and record.manifest else ""
    main = own or archive.main_path()
    if main is None:
        raise web.HTTPNotFound(text="This pack has no first page. Use the search to see what is in it.")
    return ZimRedirect(main)


def _headers(archive: PackReader, entry: ZimEntry, key: PageKey) -> CIMultiDict[str]:
    variant = "-".join(part for part in (key.encoding, key.bar) if part)
    headers = CIMultiDict(PACK_HEADERS)
    headers[hdrs.CONTENT_TYPE] = _content_type(entry)
    headers[hdrs.ETAG] = f'"{archive.fingerprint}-{entry.index}-{variant}"'
    headers[hdrs.CACHE_CONTROL] = _HTML_FRESH if entry.is_html else _OTHER_FRESH
    headers[hdrs.VARY] = "Accept-Encoding, Accept-Language, Accept, Cookie" if entry.is_html else "Accept-Encoding"
    headers[hdrs.ACCEPT_RANGES] = "bytes"
    return headers


def _content_type(entry: ZimEntry) -> str:
    """The writer's MIME type; plain text that names no charset is UTF-8, as everything in a ZIM is."""
    plain = entry.mimetype.startswith("text/") and not entry.is_html and "charset" not in entry.mimetype
    return as_header(f"{entry.mimetype}; charset=utf-8" if plain else entry.mimetype)


def _dressed(request: web.Request, key: PageKey, path: str, page: bytes) -> bytes:
    record = request.app[LIBRARY].get(key.pack)
    title = record.manifest.title_in(key.bar) if record and record.manifest else key.pack
    return with_bar(with_explained_links(page), bar_html(key.pack, path, title, key.bar))


async def _compressed(body: bytes, encoding: str) -> bytes:
    if len(body) < _COMPRESS_ASIDE:
        return compress(body, encoding)
    return await asyncio.get_running_loop().run_in_executor(None, compress, body, encoding)


async def lead_home(request: web.Request) -> web.StreamResponse:
    """`/box/…` on a pack's origin: the same path on the app's origin, which pages in memory can't know."""
    path = request.raw_path.removeprefix("/box")
    raise web.HTTPFound(request.app[ORIGINS].app(request) + path + _way_back(request))


def _way_back(request: web.Request) -> str:
    """The page that a link to the internet stood on, for the explanation to lead back to.

    Of a book it is the book itself, which opens where its reader stopped.
    """
    if request.path != f"{HOME}external":
        return ""
    try:
        came_from = urlsplit(request.headers.get(hdrs.REFERER, "")).path
    except ValueError:
        return ""
    return f"&back={quote(came_from, safe='')}" if came_from.startswith(("/content/", "/read/")) else ""


ROUTES = [
    web.get("/content/{id}/" + ANY_PATH, content),
    web.get("/content/{id}", content),
    web.get("/box{path:/.*}", lead_home),
]
