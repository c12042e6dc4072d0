"""The outermost boxes of an MP4 or QuickTime file (ISO/IEC 14496-12, section 4.2): their order, and if all is there."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

BOX_LIMIT = 100_000  # a film in fragments has two for every few seconds


def starts_at_once(path: Path) -> bool:
    """Whether the index (`moov`) lies before the film (`mdat`), so that a browser need not fetch the end first."""
    return next((kind == b"moov" for kind, _ in _boxes(path) if kind in (b"moov", b"mdat")), False)


def is_whole(path: Path) -> bool:
    """Whether no box reaches beyond the end of the file, as it does in a download that was cut off.

    Other boxes do not count: some phones write what only looks like one behind the film.
    """
    size = path.stat().st_size
    return all(end <= size for kind, end in _boxes(path) if kind in (b"moov", b"moof", b"mdat"))


def _boxes(path: Path) -> Iterator[tuple[bytes, int]]:
    """The kind of each box, and the byte after it."""
    with path.open("rb") as file:
        size, at = path.stat().st_size, 0
        for _ in range(BOX_LIMIT):
            box = _box(file, at, size)
            if box is None:
                return
            yield box
            at = box[1]


def _box(file: BinaryIO, at: int, size: int) -> tuple[bytes, int] | None:
    file.seek(at)
    head = file.read(16)
    if len(head) < 8:
        return None
    length, kind = struct.unpack_from(">I4s", head)
    if length == 1 and len(head) == 16:
        length = struct.unpack_from(">Q", head, 8)[0]
    elif length == 0:
        length = size - at
    return (kind, at + length) if length >= 8 else None
