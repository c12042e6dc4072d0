"""Where a file is cut into objects: so that another edition of the same collection has most of them in common.

A ZIM is cut where its clusters begin, and at films within them, whatever lies before; all else at a fixed length.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path

from content_packs.errors import IdeascubeError
from content_packs.zim.layout import STORED, ClusterPlace, ZimLayout, parse_blob_offsets
from content_packs.zim.parts import PartedFile

_LARGE = 64 * 1024  # bytes from which on a stored blob (a film, a picture) gets cuts of its own
_CLUSTERS_LIMIT = 2_000_000
_BLOBS_LIMIT = 100_000  # of a cluster: more is no real file's

Cuts = array  # of places in bytes, each larger than the one before


def natural_cuts(path: Path) -> Cuts[int]:
    """Where a ZIM is best cut, in bytes, in order; nothing for another or a damaged file, which loses nothing by it."""
    if path.suffix != ".zim":
        return array("Q")
    try:
        file = PartedFile([path])
        try:
            return array("Q", sorted(set(_cuts(file, ZimLayout(file)))))
        finally:
            file.close()
    except (IdeascubeError, OSError, OverflowError):
        return array("Q")


def _cuts(file: PartedFile, layout: ZimLayout) -> Iterator[int]:
    count = min(layout.header.cluster_count, _CLUSTERS_LIMIT)
    starts = [layout.cluster_offset(number) for number in range(count)]
    ends = sorted([*starts, file.size])
    for start in starts:
        yield start
        end = ends[bisect_right(ends, start)] if start < file.size else file.size
        if end - start > _LARGE and (information := file.read_at(start, 1)[0]) & 0x0F in STORED:
            yield from _blobs(file, ClusterPlace(start + 1, 0, 8 if information & 0x10 else 4), end)
        yield end


def _blobs(file: PartedFile, place: ClusterPlace, end: int) -> Iterator[int]:
    """Beginnings and ends of the large blobs of a stored cluster."""
    width = place.offset_width
    first = int.from_bytes(file.read_at(place.offset, width), "little")
    count = first // width - 1
    if not 0 < count <= _BLOBS_LIMIT or place.offset + first > end:
        return
    table = file.read_at(place.offset, first)
    for number in range(count):
        start, stop = parse_blob_offsets(table[number * width : (number + 2) * width], width)
        if stop - start > _LARGE and place.offset + stop <= end:
            yield place.offset + start
            yield place.offset + stop


def cut_length(cuts: Cuts[int], size: int, start: int, length: int) -> int:
    """How many bytes the object has that begins at `start` of a file of `size` bytes, at most `length`.

    A run between two cuts that is longer than an object is cut from its beginning on, so that it is cut alike in every
    file that has it; what is left at its end stands alone. Short runs go together.
    """
    latest = min(start + length, size)
    following = bisect_right(cuts, start)
    if following == len(cuts):
        return latest - start
    is_within = bisect_left(cuts, start) == following
    if is_within and start > 0:
        return min(latest, cuts[following]) - start
    last = bisect_right(cuts, latest) - 1
    return (cuts[last] if last >= following else latest) - start
