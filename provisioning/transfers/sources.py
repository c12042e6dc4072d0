"""Where a file can be had: what all kinds of sources have in common, and which kind an address is of."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from provisioning.addresses import OBJECT_STORES, WEB, split
from provisioning.transfers.answers import Asked, Given
from provisioning.transfers.line import Line
from provisioning.transfers.trouble import Useless


@dataclass(frozen=True, slots=True)
class Answer:
    """What follows, where the address led, and the bytes themselves, as they come. Reading them raises a Trouble."""

    given: Given
    led_to: str
    chunks: AsyncIterator[bytes]


class Source(Protocol):
    """One address of one file. `address` is shown to people."""

    address: str

    def ask(self, asked: Asked, line: Line, validator: str, led_to: str) -> AbstractAsyncContextManager[Answer]:
        """Ask for a part of the file. Where a `validator` is given, only of that state of it that was at `led_to`.

        Entering it raises a Trouble. What `line` raises goes through.
        """


def source_of(address: str) -> Source:
    """The kinds are imported as they are needed: object stores bring a large library. Raises Useless for others."""
    scheme = split(address).scheme
    if scheme in WEB:
        from provisioning.transfers.http_source import HttpSource

        return HttpSource(address)
    if scheme in OBJECT_STORES:
        from provisioning.transfers.object_source import ObjectSource

        return ObjectSource(address)
    if scheme == "file" or address.startswith("/"):
        from provisioning.transfers.file_source import FileSource

        return FileSource(address)
    raise Useless("its address is of an unknown kind")
