"""A pack of the store, open for reading: its base and what lies on it as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from content_packs.zim.reader import PackReader
from content_packs.zim.stack import open_stack


def open_pack(files: Sequence[Path], layers: Sequence[Path] = ()) -> PackReader:
    """The base `files` (the first part is enough for libzim) under `layers`. Raises BrokenPack."""
    return open_stack(files[0], layers)
