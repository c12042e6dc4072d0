"""The bytes of packs for programs: `/raw/ID/content/PATH` and `/raw/ID/meta/NAME`, as kiwix-serve has them.

Nothing is added and nothing compressed. Redirects inside of a pack stay below `/raw`, so that who follows one gets
the bytes of the target, not a page for readers.
Also the addresses on the app's origin that lead to a pack's own: `/content/…` and `/random`.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from aiohttp import hdrs, web
from multidict import CIMultiDict
from yarl import URL

from content_packs.zim.reader import PackReader, ZimEntry, ZimRedirect
from ideascube.web.context import LIBRARY, ORIGINS
from ideascube.web.lookup import (
    ANY_PATH,
    ESCAPED,
    as_header,
    find_entry,
    is_text,
    missing_pack,
    open_pack,
    printable,
    tail_of,
)
from ideascube.web.origins import escaped
from ideascube.web.security import PACK_HEADERS, RAW_HEADERS
from ideascube.web.stored import KEEP_WHOLE, send_bytes, send_stored


def raw_path(pack_id: str, path: str) -> str:
    """The address of an entry's bytes, without the origin."""
    return f"/raw/{quote(pack_id, safe='')}/content/{escaped(path)}"


async def entry(request: web.Request) -> web.StreamResponse:
    """One entry, on the app's origin: programs get its bytes, browsers run nothing of it."""
    return await _send_entry(request, RAW_HEADERS)


async def metadata(request: web.Request) -> web.StreamResponse:
    return await _send_metadata(request, RAW_HEADERS)


async def entry_for_pack(request: web.Request) -> web.StreamResponse:
    """The same on a pack's own origin, for the pack's own pages."""
    _stay_at_home(request)
    return await _send_entry(request, PACK_HEADERS)


async def metadata_for_pack(request: web.Request) -> web.StreamResponse:
    _stay_at_home(request)
    return await _send_metadata(request, PACK_HEADERS)


async def to_content(request: web.Request) -> web.StreamResponse:
    """`/content/…` on the app's origin: the same address on the pack's."""
    pack_id = request.match_info["id"]
    if request.app[LIBRARY].get(pack_id) is None:
        raise missing_pack(request, pack_id)
    raise same_address(request, pack_id)


async def random_page(request: web.Request) -> web.StreamResponse:
    """302 to any front page of the pack `content`."""
    name = request.query.get("content", "")
    pack_id = request.app[LIBRARY].resolve(name) or name
    path = open_pack(request, pack_id).random_path()
    if path is None:
        raise web.HTTPNotFound(text=f"The pack “{printable(pack_id)}” has no page to choose from.")
    address = URL(request.app[ORIGINS].content(request, pack_id, path), encoded=True)
    raise web.HTTPFound(address, headers={hdrs.CACHE_CONTROL: "no-store"})


async def _send_entry(request: web.Request, policy: Mapping[str, str]) -> web.StreamResponse:
    archive = open_pack(request, request.match_info["id"])
    found = find_entry(archive, tail_of(request, 3))
    if isinstance(found, ZimRedirect):
        raise web.HTTPFound(URL(raw_path(request.match_info["id"], found.target), encoded=True))
    return await send_entry(request, archive, found, policy)


async def _send_metadata(request: web.Request, policy: Mapping[str, str]) -> web.StreamResponse:
    archive = open_pack(request, request.match_info["id"])
    name = tail_of(request, 3)
    found = archive.metadata_entry(name) if is_text(name) else None
    if found is None:
        raise web.HTTPNotFound(text=f"This pack has no metadata “{printable(name)}”.")
    return await send_entry(request, archive, found, policy)


async def send_entry(
    request: web.Request, archive: PackReader, found: ZimEntry, policy: Mapping[str, str]
) -> web.StreamResponse:
    """The entry's bytes as they are, whole or in ranges, with the headers of `policy`."""
    headers = CIMultiDict(policy)
    headers[hdrs.CONTENT_TYPE] = as_header(found.mimetype)
    headers[hdrs.ETAG] = f'"{archive.fingerprint}-{found.index}"'
    headers[hdrs.CACHE_CONTROL] = "no-cache"
    headers[hdrs.ACCEPT_RANGES] = "bytes"
    stored = archive.stored(found)
    if stored is not None and stored.range.length > KEEP_WHOLE:
        return await send_stored(request, stored, headers)
    return await send_bytes(request, archive.read(found), headers)


def _stay_at_home(request: web.Request) -> None:
    """A pack is not shown on the origin of another one, whose scripts could then read it."""
    pack_id = request.match_info["id"]
    if not request.app[ORIGINS].owns(request, pack_id):
        raise same_address(request, pack_id)


def same_address(request: web.Request, pack_id: str) -> web.HTTPFound:
    """The address that was asked for, letter by letter, on the pack's origin."""
    address = request.app[ORIGINS].pack(request, pack_id) + quote(
        request.rel_url.raw_path_qs, safe=ESCAPED, errors="surrogateescape"
    )
    return web.HTTPFound(URL(address, encoded=True))


ROUTES = [
    web.get("/raw/{id}/content/" + ANY_PATH, entry),
    web.get("/raw/{id}/meta/{name:.*}", metadata),
    web.get("/content/{id}", to_content),
    web.get("/content/{id}/" + ANY_PATH, to_content),
    web.get("/random", random_page),
]

CONTENT_ROUTES = [
    web.get("/raw/{id}/content/" + ANY_PATH, entry_for_pack),
    web.get("/raw/{id}/meta/{name:.*}", metadata_for_pack),
]
