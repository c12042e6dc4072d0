"""Forms that may be larger than those of most pages: read within a bound that the handler names.

Both codings that browsers send are read (`application/x-www-form-urlencoded`, and `multipart/form-data`, RFC 7578),
files onto the disk. What is too large for a form is uploaded in pieces.
"""

from __future__ import annotations

import asyncio
import secrets
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web
from aiohttp.http import HttpProcessingError
from multidict import MultiDict

from content_packs.errors import NoSpace, is_disk_full
from ideascube.web.i18n import interface_language, translations
from ideascube.web.wording import size_text

# What aiohttp and we raise for what is no form at all, such as a part with headers that are none.
NO_FORM = (
    ValueError,
    LookupError,
    AssertionError,
    RuntimeError,
    zlib.error,
    web.RequestPayloadError,
    HttpProcessingError,
)
MOST_FIELDS = 1000  # of one form, files among them
MOST_TEXT = 8 * 1000 * 1000  # bytes of all fields of one form that are no files: they are held in memory
_LONGEST_NAME = 200  # characters of a field's or a file's name
_PIECE = 256 * 1024  # bytes written at once


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a form: `path` is ours and is to be moved or removed, `name` is what the phone calls it."""

    field: str
    name: str
    path: Path
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class SentForm:
    """What somebody sent. Lines of a text end in LF alone, and there is no NUL in it."""

    fields: MultiDict[str] = field(default_factory=MultiDict)
    files: list[SentFile] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        """The first field of that name."""
        return self.fields.get(name, default)

    def all(self, name: str) -> list[str]:
        return self.fields.getall(name, [])

    def file(self, name: str) -> SentFile | None:
        return next((file for file in self.files if file.field == name), None)

    def discard_files(self) -> None:
        """Remove what nobody took. Slow: for a thread."""
        for file in self.files:
            file.path.unlink(missing_ok=True)


_READ: web.RequestKey[SentForm] = web.RequestKey("form that was sent", SentForm)


async def read_form(request: web.Request, limit: int, files: Path | None = None) -> SentForm:
    """The form of `request`, of at most `limit` bytes; read once, and the same when it is asked for again.

    Files are written into the folder `files` and left out where there is none. Raises HTTPBadRequest for what is no
    form, HTTPRequestEntityTooLarge, and NoSpace; no file is left behind then.
    """
    if _READ not in request:
        request[_READ] = await _Reading(request, limit, files).form()
    return request[_READ]


class _Reading:
    """One form while it comes in. `left`: bytes that may still come, and of fields that are no files."""

    def __init__(self, request: web.Request, limit: int, folder: Path | None) -> None:
        self._request, self._limit, self._folder = request, limit, folder
        self._left, self._text_left = limit, MOST_TEXT
        self._form = SentForm()
        self._gettext = translations(interface_language(request)).gettext

    async def form(self) -> SentForm:
        _ = self._gettext
        self._count(self._request.content_length or 0)  # told before it is sent, where the browser says how much comes
        self._left = self._limit
        try:
            await (self._multipart() if self._request.content_type == "multipart/form-data" else self._encoded())
        except BaseException as error:
            await asyncio.to_thread(self._form.discard_files)
            if isinstance(error, NO_FORM):
                raise web.HTTPBadRequest(
                    text=_("This form cannot be read. Go back to the page and try again.")
                ) from error
            if isinstance(error, OSError) and is_disk_full(error):
                raise NoSpace(
                    _("This box has no room for it. Ask the person who looks after the box to make some.")
                ) from error
            raise
        return self._form

    async def _encoded(self) -> None:
        if self._request.content_type != "application/x-www-form-urlencoded":
            raise ValueError(self._request.content_type)
        self._count(self._request.content_length or 0, text=True)
        self._left, self._text_left = self._limit, MOST_TEXT
        body = bytearray()
        async for piece in self._request.content.iter_any():
            self._count(len(piece), text=True)
            body += piece
        for name, value in await asyncio.to_thread(_pairs, body):
            self._add(name, value)

    async def _multipart(self) -> None:
        reader = await self._request.multipart()
        for _ in range(MOST_FIELDS):
            part = await reader.next()
            if part is None:
                return
            assert isinstance(part, BodyPartReader)  # no multipart within multipart: RFC 7578, 4.3
            await self._part(part)
        raise ValueError("too many fields")

    async def _part(self, part: BodyPartReader) -> None:
        if part.filename is not None:
            await self._file(part)
            return
        value = bytearray()
        while piece := await part.read_chunk():
            self._count(len(piece), text=True)
            value += piece
        self._add(part.name or "", value.decode("utf-8", "replace"))

    async def _file(self, part: BodyPartReader) -> None:
        """Into a file of a name of ours; an empty field of files, which browsers send as well, is left out."""
        path = (self._folder or Path()) / f"form-{secrets.token_hex(8)}.part"
        piece = await part.read_chunk(_PIECE)
        if self._folder is None or not piece:
            await self._skip(part, piece)
            return
        name = Path(part.filename or "").name[:_LONGEST_NAME]
        self._form.files.append(SentFile((part.name or "")[:_LONGEST_NAME], name, path, 0))
        size = 0
        while piece:
            self._count(len(piece))
            size += len(piece)
            await asyncio.to_thread(_append, path, bytes(piece))
            piece = await part.read_chunk(_PIECE)
        self._form.files[-1] = SentFile((part.name or "")[:_LONGEST_NAME], name, path, size)

    async def _skip(self, part: BodyPartReader, piece: bytes) -> None:
        while piece:
            self._count(len(piece))
            piece = await part.read_chunk(_PIECE)

    def _add(self, name: str, value: str) -> None:
        clean = value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        self._form.fields.add(name[:_LONGEST_NAME], clean)

    def _count(self, size: int, *, text: bool = False) -> None:
        self._left -= size
        self._text_left -= size if text else 0
        if self._left < 0 or self._text_left < 0:
            _ = self._gettext
            said = _("This is too large to be sent at once: %(size)s is the most. Send it in parts.")
            most = size_text(self._limit if self._left < 0 else MOST_TEXT, interface_language(self._request))
            raise web.HTTPRequestEntityTooLarge(self._limit, text=said % {"size": most})


def _pairs(body: bytearray) -> list[tuple[str, str]]:
    """Raises ValueError."""
    return parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)


def _append(path: Path, piece: bytes) -> None:
    with path.open("ab") as file:
        file.write(piece)
