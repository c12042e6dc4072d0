"""Files of a folder or of a stick, which may be pulled out in the middle. Slow: it reads a disk."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from provisioning.addresses import path_of
from provisioning.transfers.answers import Asked, Given
from provisioning.transfers.line import Line
from provisioning.transfers.sources import Answer
from provisioning.transfers.trouble import Changed, Passing, Useless

_READ = 256 * 1024  # bytes


class FileSource:
    def __init__(self, address: str) -> None:
        self.address = address
        self._path = path_of(address)

    @asynccontextmanager
    async def ask(self, asked: Asked, line: Line, validator: str, led_to: str) -> AsyncIterator[Answer]:
        file = self._open()
        try:
            given = self._given(asked, file)
            if validator and given.validator != validator:
                raise Changed("it was changed since")
            yield Answer(given, "", self._chunks(file, given, line))
        finally:
            os.close(file)

    def _open(self) -> int:
        try:
            # A pipe or a device with this name must not make anybody wait.
            return os.open(self._path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        except FileNotFoundError as error:
            raise Useless("the file is not there") from error
        except OSError as error:
            raise Useless(f"it cannot be opened ({error.strerror})") from error

    def _given(self, asked: Asked, file: int) -> Given:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            raise Useless("it is no file")
        if asked.size and found.st_size != asked.size:
            raise Useless(f"it has {found.st_size} bytes, not {asked.size}")  # a copy that is not whole, for `adopt`
        end = min(asked.end or found.st_size, found.st_size)
        return Given(asked.start, end, found.st_size, f"{found.st_size}-{found.st_mtime_ns}")

    async def _chunks(self, file: int, given: Given, line: Line) -> AsyncIterator[bytes]:
        start = given.start
        while start < given.end:
            await line.opening()
            try:
                chunk = os.pread(file, min(_READ, given.end - start), start)
            except OSError as error:
                raise Passing(f"it cannot be read any more ({error.strerror})") from error
            if not chunk:
                raise Passing("it has become shorter")
            yield chunk
            start += len(chunk)
            await asyncio.sleep(0)
