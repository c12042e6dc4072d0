"""Searching the side index of a pack: segments that the box made, asked as one. For searchers.

Its entries have the paths of the pack. What is said in a film from a second on is at `PATH#t=SECOND`, where PATH is the
page that shows the film; with `~1`, `~2`, … behind it where that is said in several languages. Segments tell no scores,
so their results are taken in turns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from content_packs.errors import IdeascubeError
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import PackRecord
from content_packs.text import indexed_text
from content_packs.zim.archive import ZimArchive
from content_packs.zim.finding import fulltext, titles
from content_packs.zim.reader import ZimEntry
from ideascube.indexing.segments import side_folder
from ideascube.indexing.state import IndexingState, LiveState, SideState

Each = TypeVar("Each")

_SECOND = re.compile(r"(?P<path>.*)#t=(?P<second>\d{1,7})(?:~\d+)?", re.DOTALL)
_SHOWN_LIMIT = 32 * 1024 * 1024  # bytes


class SidePlace(NamedTuple):
    """Where a side index found something: a path of the pack, the second of a film, or -1, and its own entry for it."""

    path: str
    at: int
    entry: str


class SideText(NamedTuple):
    """What a document without a page of its own is shown by: its title and words; empty for what is a page."""

    title: str
    text: str


def place_of(path: str) -> SidePlace:
    """What the path of an entry of a side index stands for."""
    found = _SECOND.fullmatch(path)
    return SidePlace(found["path"], int(found["second"]), path) if found else SidePlace(path, -1, path)


def entry_path(page: str, second: float, number: int = 0) -> str:
    """The path at which a side index has what is said from a second on; `number`: of several with one place."""
    return f"{page}#t={int(second)}" + (f"~{number}" if number else "")


class SideIndex:
    """Some of the segments of one pack's side index. What cannot be read raises BrokenEntry."""

    def __init__(self, archives: Sequence[ZimArchive]) -> None:
        self.archives = tuple(archives)

    def fulltext(self, text: str, count: int) -> tuple[list[SidePlace], int]:
        """Where all words of `text` are, the first `count` places, and about how many there are."""
        words = indexed_text(text)
        found = [fulltext(archive, words, 0, count) for archive in self.archives]
        places = [place_of(path) for path in in_turns(paths for paths, _ in found)]
        return places[:count], sum(total for _, total in found)

    def titles(self, text: str, count: int) -> list[SidePlace]:
        """Entries, redirects too, whose title has the words of `text`, the last one perhaps unfinished."""
        words = indexed_text(text)
        found = [titles(archive, words, count) for archive in self.archives]
        return [place_of(path) for path in in_turns(found)][:count]

    def text(self, place: SidePlace) -> SideText:
        """Title and words of the document, or of what is said in the film from there on."""
        for archive in self.archives:
            entry = archive.find(place.entry)
            if isinstance(entry, ZimEntry):
                shown = archive.read(entry, keep=False, limit=_SHOWN_LIMIT).decode("utf-8", "replace")
                title, _, text = shown.partition("\n")
                return SideText(title, text)
        return SideText("", "")

    def has_text(self, entry: str) -> bool:
        """Whether it shows something by itself at this path, rather than the pack."""
        return any(
            isinstance(found := archive.find(entry), ZimEntry) and not found.is_html for archive in self.archives
        )

    def is_intact(self) -> bool:
        return all(archive.is_intact() for archive in self.archives)


def in_turns(lists: Iterable[Sequence[Each]]) -> list[Each]:
    """The first of each list, then the second of each, and so on: indexes share no scores."""
    return [each for row in zip_longest(*lists) for each in row if each is not None]


class SideIndexes:
    """The side indexes of a box as the jobs process announces them, opened when they are first asked for."""

    def __init__(self, data: DataFolder) -> None:
        self._data = data
        self._live = LiveState(data.indexing_file)
        self._open: dict[tuple[str, SideState], SideIndex] = {}

    def refresh(self) -> bool:
        """Follow the jobs process; True where there is something else to be searched, or other packs are prepared."""
        before = self._live.state
        if not self._live.refresh():
            return False
        self._open = {key: index for key, index in self._open.items() if self._segments(*key) == key[1].segments}
        return _searchable(before) != _searchable(self._live.state)

    def _segments(self, pack: str, side: SideState) -> tuple[str, ...]:
        now = self._live.state.side(pack, side.stamp)
        return now.segments if now else ()

    @property
    def preparing(self) -> frozenset[str]:
        """Ids of the packs that cannot be searched wholly yet."""
        return self._live.state.preparing

    def of(self, record: PackRecord, complain: Callable[[object], None] = lambda error: None) -> SideIndex | None:
        """The pack's side index as far as it is there and can be opened; None where there is none."""
        side = self._live.state.side(record.id, record.stamp)
        if side is None or not side.segments:
            return None
        key = record.id, SideState(side.stamp, side.segments)
        if key in self._open and self._open[key].is_intact():
            return self._open[key]
        index = SideIndex(list(self._opened(record, side, complain)))
        if len(index.archives) == len(side.segments):  # else it is tried again, since it may be whole by then
            self._open[key] = index
        return index

    def _opened(self, record: PackRecord, side: SideState, complain: Callable[[object], None]) -> Iterator[ZimArchive]:
        for name in side.segments:
            try:
                yield ZimArchive(side_folder(self._data, record.id, side.stamp) / name)
            except (IdeascubeError, OSError) as error:  # the jobs process sees it as well and makes it again
                complain(error)


def _searchable(state: IndexingState) -> object:
    return {pack: (side.stamp, side.segments) for pack, side in state.sides.items()}, state.preparing
