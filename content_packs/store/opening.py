"""A pack of the store, open for reading: its base and what lies on it as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from content_packs.errors import BrokenPack
from content_packs.zim.archive import ZimArchive


def open_pack(files: Sequence[Path], layers: Sequence[Path] = ()) -> ZimArchive:
    """The base `files` (the first part is enough for libzim) under `layers`. Raises BrokenPack."""
    if layers:
        raise BrokenPack(f"{layers[0].name} is a layer, which this version of Ideascube cannot read: update it.")
    return ZimArchive(files[0])
