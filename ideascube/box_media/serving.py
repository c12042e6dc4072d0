"""`/media/{id}/{name}`: what was made of a file, in ranges; `/media/{id}/original` is what came, for its owner."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import NamedTuple

from aiohttp import hdrs, web
from multidict import CIMultiDict

from content_packs.errors import BrokenPack
from content_packs.zim.layout import ByteRange
from content_packs.zim.parts import PartedFile
from content_packs.zim.reader import StoredPlace
from ideascube.box_db.media import load_media
from ideascube.box_db.media_uses import is_public
from ideascube.box_media.addresses import ORIGINAL, made_folder, media_folder
from ideascube.box_media.model import Kind, Media
from ideascube.people.guard import person_of
from ideascube.people.rights import Right
from ideascube.web.context import DATABASE, SETTINGS
from ideascube.web.download import attachment
from ideascube.web.security import SERVER
from ideascube.web.stored import send_stored

_HEADERS = {
    **SERVER,
    "Content-Security-Policy": "sandbox; default-src 'none'; media-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FOR_EVER = "max-age=31536000, immutable"  # seconds: another file has another address
_TO_TAKE_AWAY = (Kind.DOCUMENT, Kind.BOOK)


class _Found(NamedTuple):
    media: Media
    is_public: bool


async def media(request: web.Request) -> web.StreamResponse:
    """The file's bytes. 404 for who may not see it, as if it were not there.

    A role stands for the name of what was made for it: whoever uses a file need not wait for it to be made.
    """
    found = await request.app[DATABASE].read(_find, request.match_info["id"])
    name = request.match_info["name"]
    if found is None:
        raise _missing()
    if name == ORIGINAL:
        return await _send_original(request, found.media)
    if not found.is_public and await person_of(request) is None:
        raise _missing()
    return await _send_made(request, found, name)


def _find(connection: sqlite3.Connection, media_id: str) -> _Found | None:
    found = load_media(connection, media_id)
    return None if found is None else _Found(found, is_public(connection, media_id))


def _missing() -> web.HTTPNotFound:
    return web.HTTPNotFound(text="This file is not here, or is not for everybody.")


async def _may_have_original(request: web.Request, media: Media) -> bool:
    """What came may hold where it was recorded: for who brought it, and for mediators."""
    person = await person_of(request)
    return person is not None and (person.id == media.by or person.may(Right.WRITE))


async def _send_made(request: web.Request, found: _Found, name: str) -> web.StreamResponse:
    made = found.media.named(name)
    if made is None:
        raise _missing()
    headers = CIMultiDict(_HEADERS)
    headers[hdrs.CONTENT_TYPE] = made.mimetype
    headers[hdrs.CACHE_CONTROL] = _FOR_EVER if found.is_public else "private, no-cache"
    if made is found.media.main and found.media.kind in _TO_TAKE_AWAY:
        headers[hdrs.CONTENT_DISPOSITION] = attachment(made.name)
    path = made_folder(request.app[SETTINGS].data, found.media.id) / made.name
    return await _send(request, PlaceOnDisk(str(path), f"{found.media.id[:20]}-{made.name}-{made.size}"), headers)


async def _send_original(request: web.Request, media: Media) -> web.StreamResponse:
    if not media.original or not await _may_have_original(request, media):
        raise _missing()
    headers = CIMultiDict(_HEADERS)
    headers[hdrs.CONTENT_TYPE] = "application/octet-stream"
    headers[hdrs.CACHE_CONTROL] = "no-store"
    headers[hdrs.CONTENT_DISPOSITION] = attachment(media.name)
    path = media_folder(request.app[SETTINGS].data, media.id) / media.original
    return await _send(request, PlaceOnDisk(str(path), f"{media.id[:20]}-original"), headers)


class PlaceOnDisk(NamedTuple):
    path: str
    tag: str


async def _send(request: web.Request, place: PlaceOnDisk, headers: CIMultiDict[str]) -> web.StreamResponse:
    headers[hdrs.ETAG] = f'"{place.tag}"'
    headers[hdrs.ACCEPT_RANGES] = "bytes"
    try:
        file = await asyncio.get_running_loop().run_in_executor(None, _opened, place.path)
    except BrokenPack as error:
        raise _missing() from error
    return await send_stored(request, StoredPlace(file, ByteRange(0, file.size)), headers)


def _opened(path: str) -> PartedFile:
    return PartedFile([Path(path)])


ROUTES = [web.get("/media/{id:[0-9a-f]+}/{name}", media)]
