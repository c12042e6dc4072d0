"""`/staff/upload/tus`: uploads in pieces, which go on where they stopped, by tus 1.0.0.

Source: https://tus.io/protocols/resumable-upload with creation (also with a first piece), termination, checksum and
expiration. A piece is at most what is left of its upload; how it gets onto the disk is in `receiver`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Awaitable, Callable
from functools import wraps

from aiohttp import hdrs, web

from content_packs.errors import IdeascubeError
from ideascube.box_db.uploads import (
    Announced,
    State,
    Upload,
    begin_upload,
    days_left_of,
    forget_upload,
    load_upload,
)
from ideascube.people.guard import PERSON, staff
from ideascube.people.rights import Right
from ideascube.receiving import tus_headers as tus
from ideascube.receiving.body import BLOCK, Body
from ideascube.receiving.bounds import BOUNDS, Refused
from ideascube.receiving.file_names import shown_name
from ideascube.receiving.part_file import came, disk_of, remove_part
from ideascube.receiving.receiver import Receiver
from ideascube.receiving.said import NAME, said
from ideascube.receiving.wording import STATUSES, sentence
from ideascube.web.context import DATABASE, RECEIVER
from ideascube.web.i18n import interface_language, translations
from ideascube.web.security import BARE_HEADERS, SERVER

ENDPOINT = "/staff/upload/tus"
_VERSION = {tus.RESUMABLE: tus.VERSION}
_NOT_LISTENED_TO = ("offset", "locked")
_FRESH: dict[str, str] = {hdrs.CACHE_CONTROL: "no-store"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _speaks_tus(handler: Handler) -> Handler:
    """Whatever goes wrong is a status, the protocol's header, and one sentence for the person."""

    @wraps(handler)
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            tus.check_version(request.headers)
            return await _signed_in(handler, request)
        except tus.BadHeader as error:
            wrong_version = {"Tus-Version": tus.VERSION} if error.status == 412 else {}
            return _bare(error.status, str(error), wrong_version)
        except Refused as error:
            said = sentence(error.code, error.numbers, interface_language(request))
            return await _refused(request, error.code, _bare(STATUSES[error.code], said))
        except IdeascubeError:
            return _bare(503, sentence("database", {}, interface_language(request)))

    return answer


async def _refused(request: web.Request, code: str, answer: web.Response) -> web.StreamResponse:
    """The answer. A piece that belongs elsewhere is not listened to: browsers send the same piece again by themselves
    after a cut (RFC 9110, 9.2.2), and would fill a slow line with what nobody wants. Its client asks how far it came.
    """
    is_long = (request.content_length or 0) > BLOCK or request.content_length is None
    if code in _NOT_LISTENED_TO and is_long and request.can_read_body and not request.content.at_eof():
        await answer.prepare(request)
        await answer.write_eof()
        request.protocol.force_close()
    return answer


async def _signed_in(handler: Handler, request: web.Request) -> web.StreamResponse:
    """For programs, who is not signed in is told so, and led nowhere."""
    try:
        return await handler(request)
    except web.HTTPRedirection as error:
        _ = translations(interface_language(request)).gettext
        text = _("You are not signed in any more. What came is kept: sign in, and choose the file again.")
        raise web.HTTPUnauthorized(text=text, headers=_VERSION) from error
    except web.HTTPException as error:
        error.headers.update(_VERSION)
        raise


def _bare(status: int, text: str, headers: dict[str, str] | None = None) -> web.Response:
    always: dict[str, str] = {**SERVER, **BARE_HEADERS, **_VERSION, **_FRESH}
    return web.Response(status=status, text=text, headers=always | (headers or {}))


def _empty(status: int, headers: dict[str, str]) -> web.Response:
    always: dict[str, str] = {**SERVER, **_VERSION, **_FRESH}
    return web.Response(status=status, headers=always | headers)


async def capabilities(_request: web.Request) -> web.StreamResponse:
    """What this server can; for everybody, since it says nothing of anybody."""
    return _empty(204, tus.capabilities())


@_speaks_tus
@staff(Right.SUBMIT)
async def create(request: web.Request) -> web.StreamResponse:
    """Announce a file, maybe with its first piece; `Location` says where it goes on."""
    announced = tus.creation(request.headers)
    if has_piece := request.can_read_body:
        tus.check_piece_type(request.headers)
    checksum = tus.checksum(request.headers)
    name = shown_name(said(announced.metadata, NAME)) or "file"
    receiver, database = request.app[RECEIVER], request.app[DATABASE]
    wanted = Announced(request[PERSON].id, name, announced.length, announced.metadata)
    disk = await receiver.run(disk_of, receiver.data)
    upload = await database.write(begin_upload, wanted, disk)
    headers = {hdrs.LOCATION: f"{ENDPOINT}/{upload.id}", **tus.expires(BOUNDS.days, time.time())}
    if has_piece:
        headers[tus.OFFSET] = str(await _first_piece(request, receiver, upload, checksum))
    return _empty(201, headers)


async def _first_piece(request: web.Request, receiver: Receiver, upload: Upload, checksum: tus.Checksum | None) -> int:
    """How far it came. The upload is begun also where the piece broke off; not where it is no piece of it.

    Raises Refused.
    """
    try:
        return await receiver.take_piece(upload, 0, Body(request.content.read), checksum)
    except Refused as error:
        if error.code not in ("checksum", "longer"):
            return await receiver.run(came, receiver.data, upload.id, None)
        await _forget(request, upload)
        raise


@_speaks_tus
@staff(Right.SUBMIT)
async def tell(request: web.Request) -> web.StreamResponse:
    """HEAD: how far it came; 423 while another connection brings more of it.

    Else a phone whose line broke would send a piece that belongs elsewhere by the time it comes.
    """
    upload, days = await _own(request)
    receiver = request.app[RECEIVER]
    is_here = upload.state is State.RECEIVING
    offset = await receiver.settled(upload) if is_here else upload.size
    headers = {tus.OFFSET: str(offset), tus.LENGTH: str(upload.size), **tus.expires(days, time.time())}
    return _empty(200, headers | ({tus.METADATA: upload.metadata} if upload.metadata else {}))


@_speaks_tus
@staff(Right.SUBMIT)
async def piece(request: web.Request) -> web.StreamResponse:
    """PATCH: what belongs at `Upload-Offset`."""
    return await _take_piece(request)


async def _take_piece(request: web.Request) -> web.StreamResponse:
    tus.check_piece_type(request.headers)
    offset, checksum = tus.offset(request.headers), tus.checksum(request.headers)
    upload, _ = await _own(request)
    _check_fits(request, upload, offset)
    receiver = request.app[RECEIVER]
    if upload.state is not State.RECEIVING:
        came_so_far = upload.size
    else:
        came_so_far = await receiver.take_piece(upload, offset, Body(request.content.read), checksum)
    return _empty(204, {tus.OFFSET: str(came_so_far), **tus.expires(BOUNDS.days, time.time())})


def _check_fits(request: web.Request, upload: Upload, offset: int) -> None:
    """Before a byte of it is read, as far as the headers tell. Raises Refused."""
    if upload.state is not State.RECEIVING and offset != upload.size:
        raise Refused("offset")
    if offset + (request.content_length or 0) > upload.size:
        raise Refused("longer")


@_speaks_tus
@staff(Right.SUBMIT)
async def end(request: web.Request) -> web.StreamResponse:
    """DELETE: throw it away, whatever came; also while a piece comes in."""
    return await _end(request)


async def _end(request: web.Request) -> web.StreamResponse:
    upload, _ = await _own(request)
    await _forget(request, upload)
    return _empty(204, {})


@_speaks_tus
@staff(Right.SUBMIT)
async def instead(request: web.Request) -> web.StreamResponse:
    """POST with `X-HTTP-Method-Override`, for clients that cannot send PATCH or DELETE."""
    meant = tus.asked_method(request.method, request.headers)
    handlers = {hdrs.METH_PATCH: _take_piece, hdrs.METH_DELETE: _end}
    if meant not in handlers:
        raise web.HTTPMethodNotAllowed(meant, [hdrs.METH_HEAD, hdrs.METH_PATCH, hdrs.METH_DELETE])
    return await handlers[meant](request)


async def _own(request: web.Request) -> tuple[Upload, int]:
    """The upload of who asks, and the days that it has left. Raises HTTPNotFound, and HTTPGone for an old one."""
    upload_id, person = request.match_info["upload"], request[PERSON]
    found = await request.app[DATABASE].read(_with_days, upload_id, person.id)
    if found is not None and found[1] >= 0:
        return found
    text = sentence("gone", {}, interface_language(request))
    raise web.HTTPNotFound(text=text) if found is None else web.HTTPGone(text=text)


def _with_days(connection: sqlite3.Connection, upload_id: str, person: int) -> tuple[Upload, int] | None:
    upload = load_upload(connection, upload_id, person)
    return None if upload is None else (upload, days_left_of(connection, upload))


async def _forget(request: web.Request, upload: Upload) -> None:
    """The row first: a file without a row is removed by the jobs process."""
    receiver = request.app[RECEIVER]
    await request.app[DATABASE].write(forget_upload, upload.id)
    await receiver.run(remove_part, receiver.data, upload.id)


ROUTES = [
    web.options(ENDPOINT, capabilities),
    web.post(ENDPOINT, create),
    web.options(f"{ENDPOINT}/{{upload}}", capabilities),
    web.head(f"{ENDPOINT}/{{upload}}", tell),
    web.patch(f"{ENDPOINT}/{{upload}}", piece),
    web.delete(f"{ENDPOINT}/{{upload}}", end),
    web.post(f"{ENDPOINT}/{{upload}}", instead),
]
