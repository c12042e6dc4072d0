"""Files by a plain form, for browsers without scripts: streamed onto the disk, all of the form or nothing of it.

Source: `multipart/form-data`, RFC 7578. Every file is an upload as those in pieces are, with the same bounds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress

from aiohttp import BodyPartReader, web

from ideascube.box_db.random_ids import is_id
from ideascube.box_db.threads import BoxDatabase
from ideascube.box_db.uploads import Announced, Upload, Way, begin_upload, forget_uploads, set_size, set_whole_all
from ideascube.people.cookies import is_own_token
from ideascube.receiving.body import Body, BrokenOff
from ideascube.receiving.bounds import BOUNDS, Refused
from ideascube.receiving.file_names import shown_name
from ideascube.receiving.part_file import PartFile, disk_of, remove_part
from ideascube.receiving.receiver import Receiver
from ideascube.receiving.said import TARGET, written
from ideascube.web.forms import NO_FORM

_CHUNK = 64 * 1024  # bytes
_LONGEST_FIELD = 4096  # bytes of a field that is no file
_MOST_PARTS = 100
_DRAINED = 32 * 1000 * 1000  # bytes that are read and thrown away so that a browser sees why its form was refused


class NotOwnForm(Exception):
    """The form was not made for who sends it."""


class FormUpload:
    """One form while it comes in. `uploads`: its files, none of which counts before all have come."""

    def __init__(self, request: web.Request, receiver: Receiver, database: BoxDatabase, person: int) -> None:
        self._request, self._receiver, self._database, self._person = request, receiver, database, person
        self._files: list[PartFile] = []
        self._read = 0
        self.uploads: list[Upload] = []
        self.name = ""  # of the file that comes in, for what is said about it
        self.target = ""  # the creation that the files are for, where the form says one before them

    async def receive(self) -> None:
        """Take the whole form in. Raises Refused and NotOwnForm, with nothing kept."""
        async with self._nothing_of_half_a_form():
            await self._parts()
            sizes = {upload.id: file.size for upload, file in zip(self.uploads, self._files, strict=True)}
            for file in self._files:
                await self._receiver.run(file.flush)
            await self._database.write(set_whole_all, sizes)
        for upload in self.uploads:
            self._receiver.begin_finishing(upload.id)

    @asynccontextmanager
    async def _nothing_of_half_a_form(self) -> AsyncIterator[None]:
        try:
            yield
        except BaseException:
            await self._forget()
            raise
        finally:
            for file in self._files:
                file.close()

    async def _forget(self) -> None:
        ids = [upload.id for upload in self.uploads]
        await self._database.write(forget_uploads, ids)
        for each in ids:
            await self._receiver.run(remove_part, self._receiver.data, each)

    async def _parts(self) -> None:
        try:
            reader = await self._request.multipart()
            await self._check_token(await reader.next())
            for _ in range(_MOST_PARTS):
                part = await reader.next()
                if part is None:
                    return
                await self._part(part)
        except NO_FORM as error:
            raise Refused("cut" if self._files else "form") from error
        except ConnectionError as error:
            raise Refused("cut") from error
        raise Refused("many", most=BOUNDS.open)

    async def _check_token(self, part: object) -> None:
        """The form's first field; before it is looked at, nothing else is."""
        is_token = isinstance(part, BodyPartReader) and part.name == "token" and part.filename is None
        token = await self._field(part) if is_token and isinstance(part, BodyPartReader) else b""
        if not is_own_token(self._request, token.decode("ascii", "replace")):
            raise NotOwnForm

    async def _part(self, part: object) -> None:
        if not isinstance(part, BodyPartReader):  # no multipart within multipart: RFC 7578, 4.3
            raise Refused("form")
        if part.filename is None:
            value = (await self._field(part)).decode("utf-8", "replace")
            self.target = value if part.name == TARGET and is_id(value) else self.target
        else:
            await self._file(part)

    async def _field(self, part: BodyPartReader) -> bytes:
        value = b""
        while piece := await part.read_chunk(_LONGEST_FIELD):
            value += piece
            if len(value) > 2 * _LONGEST_FIELD:
                raise Refused("form")
        return value

    async def _file(self, part: BodyPartReader) -> None:
        """An empty field of files, as browsers send it where nothing was chosen, is no file."""
        body = Body(lambda _most: part.read_chunk(_CHUNK))
        first = await _first_block(body)
        self.name = shown_name(part.filename or "")
        if not first and not self.name:
            return
        if not first:
            raise Refused("empty")
        file = await self._begin()
        try:
            await self._receiver.write(file, body, BOUNDS.file, first=first)
        except Refused as error:
            if error.code == "longer":
                raise Refused(
                    "large", size=self._request.content_length or BOUNDS.file + 1, most=BOUNDS.file
                ) from error
            raise
        self._read += file.size
        await self._database.write(set_size, self.uploads[-1].id, file.size)

    async def _begin(self) -> PartFile:
        """Announced as large as what is left of the form: a browser does not say how large each file is."""
        left = (self._request.content_length or BOUNDS.file) - self._read
        disk = await self._receiver.run(disk_of, self._receiver.data)
        size, metadata = max(min(left, BOUNDS.file), 1), written(TARGET, self.target) if self.target else ""
        wanted = Announced(self._person, self.name or "file", size, metadata, Way.FORM)
        upload = await self._database.write(begin_upload, wanted, disk)
        self.uploads.append(upload)
        file = await self._receiver.open(upload.id)
        self._files.append(file)
        return file


async def _first_block(body: Body) -> bytes | bytearray:
    try:
        return await body.block()
    except BrokenOff as error:
        body.close()
        raise Refused(error.code) from error


async def drain(request: web.Request) -> None:
    """Read some of what still comes, so that the browser gets to read the answer."""
    body, left = Body(request.content.read), _DRAINED
    with suppress(BrokenOff), closing(body):
        while left > 0 and (block := await body.block()):
            left -= len(block)
