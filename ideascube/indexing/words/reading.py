"""A pack's titles, and the texts of its pages or of an even sample of them. Slow: whole clusters are unpacked."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from math import sqrt

from content_packs.errors import IdeascubeError
from content_packs.zim.archive import ZimArchive
from content_packs.zim.contents import NO_PLACE, place_of
from content_packs.zim.finding import shown_title
from content_packs.zim.index_text import TEXT_FOLDER, visible_text
from content_packs.zim.reader import PackReader, ZimEntry
from content_packs.zim.walk import Listed, files_of, listing

PAGE_LIMIT = 30_000
TEXT_LIMIT = 64_000_000  # letters

_LONGEST_PAGE = 4 * 1024 * 1024  # bytes, as much as searches look into
_GOLDEN = (sqrt(5) - 1) / 2


@dataclass
class Pages:
    """Where the pages of one file of a pack are: entry numbers, and their places in the order of the file."""

    zim: ZimArchive
    indexes: array[int] = field(default_factory=lambda: array("I"))
    places: array[int] = field(default_factory=lambda: array("Q"))

    def note(self, index: int) -> None:
        place = place_of(self.zim, index)
        if place != NO_PLACE:
            self.indexes.append(index)
            self.places.append(place)


class PackTexts:
    """What there is to read in a pack. `titles` is to be gone through first: it notes where the pages are."""

    def __init__(self, reader: PackReader) -> None:
        self._reader = reader
        self._pages = [Pages(zim) for zim in files_of(reader)]
        self.read = 0

    @property
    def page_count(self) -> int:
        return sum(len(pages.indexes) for pages in self._pages)

    def titles(self) -> Iterator[str]:
        """For each entry the title by which a reader finds it, of redirects too, or nothing.

        As far as the pack can be gone through: what is damaged further on is searched as well, and so are its words.
        """
        try:
            for listed in listing(self._reader):
                if listed.is_html or listed.path.startswith(TEXT_FOLDER):
                    self._pages[listed.level].note(listed.index)
                yield _title(listed)
        except (IdeascubeError, OSError):
            return

    def texts(self, tell: Callable[[int], None]) -> Iterator[str]:
        """The texts of all pages, or of PAGE_LIMIT pages, or TEXT_LIMIT letters, evenly from all over the pack.

        `tell` is told how many pages were read.
        """
        letters = 0
        for pages, members in self._clusters():
            for member in members:
                text = _text(pages.zim, pages.indexes[member])
                letters += len(text)
                self.read += 1
                yield text
                if self.read >= PAGE_LIMIT or letters >= TEXT_LIMIT:
                    return
            tell(self.read)

    def _clusters(self) -> Iterator[tuple[Pages, list[int]]]:
        """The pages of each cluster, which is unpacked once; any beginning of this order is an even sample."""
        for pages in reversed(self._pages):
            order = sorted(range(len(pages.places)), key=pages.places.__getitem__)
            starts = _starts(pages, order)
            for number in evenly(len(starts) - 1):
                yield pages, order[starts[number] : starts[number + 1]]


def _starts(pages: Pages, order: list[int]) -> array[int]:
    """Where in `order` each cluster's pages begin, and its end."""
    starts, place = array("I"), 0
    for _, members in groupby(order, key=lambda member: pages.places[member] >> 32):
        starts.append(place)
        place += sum(1 for _ in members)
    starts.append(place)
    return starts


def evenly(count: int) -> list[int]:
    """The numbers below `count` in an order of which every beginning is spread evenly over all of them.

    Source: the Kronecker sequence of the golden ratio.
    """
    return sorted(range(count), key=lambda number: number * _GOLDEN % 1)


def _title(listed: Listed) -> str:
    if not listed.front:
        return ""
    return shown_title(listed.title or listed.path, listed.path).replace("_", " ")


def _text(zim: ZimArchive, index: int) -> str:
    """The words of one page; none where it is damaged or too long to be one."""
    try:
        dirent = zim.layout.read_dirent(index)
        entry = ZimEntry(index, dirent.path, dirent.title, zim.layout.mimetype_of(dirent), zim)
        content = zim.read(entry, keep=False, limit=_LONGEST_PAGE)
    except (IdeascubeError, OSError):
        return ""
    return visible_text(content) if entry.is_html else content.decode("utf-8", "replace")
