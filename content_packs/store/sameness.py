"""Whether a file is in the store already, as the version that people read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from content_packs.errors import BrokenPack
from content_packs.store.found import FoundPack, find_installed
from content_packs.store.library import PackRecord
from content_packs.store.records import Shelf

_CHECKSUM_LENGTH = 16  # bytes


def is_here(shelf: Shelf, source: FoundPack, record: PackRecord, verify: Callable[[FoundPack], PackRecord]) -> bool:
    """Whether the current version is what `source` is by its `record`, and sound. Slow, where it may be.

    A damaged one is cured by installing the file again, so that one is not taken for being here.
    """
    return _has_same_content(shelf, source, record) and _is_sound(shelf, verify)


def _has_same_content(shelf: Shelf, source: FoundPack, record: PackRecord) -> bool:
    current = shelf.pack.current if shelf.pack else None
    if current is None or record.manifest is None or current.layers:
        return False
    if (current.uuid, current.size) != (record.manifest.zim.uuid, record.size):
        return False
    return _checksum(shelf.path(current.files[-1])) == _checksum(source.paths[-1])


def _checksum(last: Path) -> bytes:
    """What a ZIM ends with, in its last part: the MD5 of all before."""
    try:
        with last.open("rb") as file:
            file.seek(-_CHECKSUM_LENGTH, os.SEEK_END)
            return file.read()
    except OSError:
        return b""


def _is_sound(shelf: Shelf, verify: Callable[[FoundPack], PackRecord]) -> bool:
    found = find_installed(shelf.folder.parents[1], shelf)
    try:
        return found is not None and verify(found).problem is None
    except BrokenPack:
        return False
