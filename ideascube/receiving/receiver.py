"""Takes pieces in, for a web worker: from the connection onto the disk, in threads of its own, so that no page waits.

docs/formats/uploads.md says in which order rows and files are written. What is done with a file that is whole:
`finishing`.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import ParamSpec, TypeVar

from content_packs.errors import is_disk_full
from content_packs.store.data_folder import DataFolder
from ideascube.box_db.threads import BoxDatabase
from ideascube.box_db.uploads import Upload, set_piece, set_whole, touch_upload
from ideascube.receiving.body import Body, BrokenOff
from ideascube.receiving.bounds import Refused
from ideascube.receiving.finishing import finish_upload
from ideascube.receiving.part_file import Gone, Locked, PartFile, part_path, settled
from ideascube.receiving.tus_headers import Checksum
from ideascube.shared_tasks import SharedTasks

log = logging.getLogger(__name__)

_THREADS = 4  # of one worker: a card writes one thing at a time

P = ParamSpec("P")
T = TypeVar("T")


class Receiver:
    def __init__(self, data: DataFolder, database: BoxDatabase) -> None:
        self.data, self._database = data, database
        self._threads = ThreadPoolExecutor(_THREADS, "receiving")
        self._finishing_thread = ThreadPoolExecutor(1, "finishing")
        self._finishing: SharedTasks[str, None] = SharedTasks()
        self._background: set[asyncio.Task[None]] = set()
        self._bodies: set[Body] = set()

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What is slow because of the disk, in one of the threads."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(function, *args, **kwargs))

    async def open(self, upload_id: str) -> PartFile:
        """Raises Refused where another connection is writing to it."""
        try:
            return await self.run(PartFile, part_path(self.data, upload_id))
        except Locked as error:
            raise Refused("locked") from error

    async def settled(self, upload: Upload) -> int:
        """How far it came. Raises Refused while more of it comes in.

        Where all of it is there, and the power went before that was noted, it is noted now.
        """
        try:
            size = await self.run(settled, self.data, upload.id, upload.piece)
        except Locked as error:
            raise Refused("locked") from error
        if size == upload.size:
            await self._whole(upload)
        return size

    async def _whole(self, upload: Upload) -> None:
        await self._database.write(set_whole, upload.id, upload.size)
        self.begin_finishing(upload.id)

    async def take_piece(self, upload: Upload, offset: int, body: Body, checksum: Checksum | None = None) -> int:
        """Add the bytes that belong at `offset`; how far the upload is then, all of it on the disk.

        Raises Refused: where the bytes belong elsewhere, are more than was announced or are not those that the checksum
        says (nothing of them is kept), and where the disk is full or the body broke off (what came is kept).
        """
        file = await self.open(upload.id)
        try:
            await self._drop_unchecked(file, upload)
            if offset != file.size:
                raise Refused("offset")
            await (self._checked(file, upload, body, checksum) if checksum else self._plain(file, upload, body))
        finally:
            file.close()
        if file.size == upload.size:
            await self._whole(upload)
        return file.size

    async def _drop_unchecked(self, file: PartFile, upload: Upload) -> None:
        """Of a piece with a checksum that never came to its end."""
        if upload.piece is not None:
            await self.run(file.cut, upload.piece)
            await self._database.write(set_piece, upload.id, None)

    async def _plain(self, file: PartFile, upload: Upload, body: Body) -> None:
        begun = file.size
        try:
            await self.write(file, body, upload.size)
        except Refused as error:
            if error.code == "longer":
                await self.run(file.cut, begun)
            raise
        finally:
            if file.size > begun:
                await self.run(file.flush)
                await self._database.write(touch_upload, upload.id)

    async def _checked(self, file: PartFile, upload: Upload, body: Body, checksum: Checksum) -> None:
        """The mark that it is not checked goes last, so that a crash leaves no byte of it that counts."""
        begun, digest = file.size, hashlib.new(checksum.algorithm)
        await self._database.write(set_piece, upload.id, begun)
        refused: Refused | None = None
        try:
            await self.write(file, body, upload.size, digest.update)
        except Refused as error:
            refused = error
        if refused is None and digest.digest() != checksum.digest:
            refused = Refused("checksum")
        await (self.run(file.cut, begun) if refused else self.run(file.flush))
        await self._database.write(set_piece, upload.id, None)
        if refused:
            raise refused
        await self._database.write(touch_upload, upload.id)

    async def write(
        self, file: PartFile, body: Body, most: int,
        seen: Callable[[bytes | bytearray], None] = lambda block: None, first: bytes | bytearray = b"",
    ) -> None:  # fmt: skip
        """Append the whole body to the file, which may then have `most` bytes. `seen` gets each block; `first` is one
        that was read already.

        Raises Refused; what came before is written, if not flushed.
        """
        self._bodies.add(body)
        try:
            while block := first or await body.block():
                if file.size + len(block) > most:
                    raise Refused("longer")
                seen(block)
                await self.run(file.append, block)
                first = b""
        except BrokenOff as error:
            raise Refused(error.code) from error
        except Gone as error:
            raise Refused("gone") from error
        except OSError as error:
            if is_disk_full(error) or error.errno == errno.EFBIG:
                raise Refused("full") from error
            raise
        finally:
            body.close()
            self._bodies.discard(body)

    def begin_finishing(self, upload_id: str) -> None:
        """Have a whole file taken in; nobody needs to wait for it."""
        task = asyncio.create_task(self._finishing.get(upload_id, partial(self._finish, upload_id)))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def finished(self, upload_id: str, seconds: float) -> None:
        """Wait until a whole file was taken in, if that takes no longer."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._finishing.get(upload_id, partial(self._finish, upload_id))

    async def _finish(self, upload_id: str) -> None:
        try:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._finishing_thread, finish_upload, self.data, upload_id)
        except Exception:  # the jobs process tries it again, whatever it was
            log.exception("The upload %s could not be taken in", upload_id)

    def stop(self) -> None:
        """End what comes in; it goes on when the box runs again."""
        for body in self._bodies:
            body.stop()

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        await asyncio.to_thread(self._finishing_thread.shutdown, cancel_futures=True)
