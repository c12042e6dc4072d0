"""Which entries of a ZIM are front pages: what a reader opens, as against what pages load into themselves.

The writer marks them by listing them in `X/listing/titleOrdered/v1`, entry numbers of 4 bytes in the order of titles.
Source: https://wiki.openzim.org/wiki/ZIM_file_format#Title_Pointer_List_(titlePtrPos)
"""

from __future__ import annotations

import contextlib
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from content_packs.errors import IdeascubeError
from content_packs.zim.layout import ByteRange, ZimLayout
from content_packs.zim.parts import PartedFile

LISTING = "listing/titleOrdered/v1"
_NUMBER = 4
_SAME_TITLE_LIMIT = 1000
_HELD_LIMIT = 256 * 1024  # bytes of a list that is held: 65,536 pages


class FrontPages:
    """Asks the list, which small packs hold in memory and large ones search by a few small reads an answer."""

    def __init__(self, file: PartedFile, layout: ZimLayout) -> None:
        self._file = file
        self._layout = layout
        self._range = self._find_listing()

    def _find_listing(self) -> ByteRange | None:
        # A damaged list costs the bar on its pages, never the pages.
        with contextlib.suppress(IdeascubeError):
            index = self._layout.find("X", LISTING)
            found = None if index is None else self._layout.stored_range(index)
            return found if found is not None and found.length else None
        return None

    @property
    def known(self) -> bool:
        """False where the writer marked nothing (old packs): then every page of HTML counts."""
        return self._range is not None

    def contains(self, index: int) -> bool:
        """Whether entry `index` is a front page. A damaged list answers False."""
        if self._range is None:
            return True
        try:
            held = self._held
            return self._search(index, self._range) if held is None else _is_in(held, index)
        except IdeascubeError:
            return False

    def numbers(self) -> Iterator[int]:
        """All entry numbers of the list, in its order. Raises BrokenPack where it cannot be read."""
        if self._range is None:
            return
        end = self._range.offset + self._range.length // _NUMBER * _NUMBER
        for offset in range(self._range.offset, end, _HELD_LIMIT):
            piece = self._file.read_at(offset, min(_HELD_LIMIT, end - offset))
            yield from (number for (number,) in struct.iter_unpack("<I", piece))

    @cached_property
    def _held(self) -> array[int] | None:
        """All entry numbers, sorted, of a pack that is not too large: forty times as quick to ask as the file."""
        if self._range is None or self._range.length > _HELD_LIMIT:
            return None
        numbers = self._file.read_at(self._range.offset, self._range.length // _NUMBER * _NUMBER)
        return array("I", sorted(number for (number,) in struct.iter_unpack("<I", numbers)))

    def _search(self, index: int, listing: ByteRange) -> bool:
        count = listing.length // _NUMBER
        wanted = self._title(index)
        low, high = 0, count
        while low < high:
            middle = (low + high) // 2
            number = self._number(listing, middle)
            if number == index:
                return True
            low, high = (middle + 1, high) if self._title(number) < wanted else (low, middle)
        return self._among_same_titles(index, wanted, range(low, min(count, low + _SAME_TITLE_LIMIT)), listing)

    def _among_same_titles(self, index: int, wanted: bytes, positions: range, listing: ByteRange) -> bool:
        for position in positions:
            number = self._number(listing, position)
            if number == index:
                return True
            if self._title(number) != wanted:
                return False
        return False

    def _number(self, listing: ByteRange, position: int) -> int:
        return int.from_bytes(self._file.read_at(listing.offset + _NUMBER * position, _NUMBER), "little")

    def _title(self, index: int) -> bytes:
        dirent = self._layout.dirent(index)
        return (dirent.title or dirent.path).encode()


def _is_in(numbers: array[int], wanted: int) -> bool:
    place = bisect_left(numbers, wanted)
    return place < len(numbers) and numbers[place] == wanted
