"""Making the side index of a pack, segment by segment. Slow, and for a process apart (see `tasks`)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from content_packs.errors import BrokenPack, IdeascubeError, NotAllowed
from content_packs.languages import to_iso639_3
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import make_folder
from content_packs.store.found import stamp_of
from content_packs.store.library import PackRecord
from content_packs.store.opening import open_pack
from content_packs.workplace import workplace
from content_packs.zim.finding import shown_title
from content_packs.zim.index_text import visible_text
from content_packs.zim.reader import PackReader, ZimEntry
from content_packs.zim.walk import Listed, files_of
from ideascube.indexing.documents import DocumentReader
from ideascube.indexing.index_room import IndexRoom
from ideascube.indexing.mentions import Mentions, read_mentions
from ideascube.indexing.segment_file import whole_segments, write_segment
from ideascube.indexing.segments import SMALLEST, Span, first_gap, segment_size, side_folder
from ideascube.indexing.side_document import SideDocument, page_document
from ideascube.indexing.worklist import Wanted, Worklist, is_document, worklist
from ideascube.search.page_text import read_page

LONGEST_PAGE = 4 * 1024 * 1024  # bytes, as much as searches look into
# Bytes on the disk for a byte of text, while a segment is made: libzim's index, and its copy in the ZIM file.
_BYTES_FOR_TEXT = 2

Tell = Callable[[dict[str, object]], None]


@dataclass
class SideBuild:
    """The making of one pack's side index, as far as there is room.

    `size_of` gives bytes of text of the next segment by how many there are. `tell` gets {"segments", "done", "total",
    "complete"} at each step, what changed. Raises NoRoom, NotAllowed, NoSpace; BrokenPack where the pack cannot be gone
    through.
    """

    data: DataFolder
    record: PackRecord
    wanted: Wanted
    room: IndexRoom
    tell: Tell
    size_of: Callable[[int], int] = segment_size
    _segments: dict[Span, int] = field(default_factory=dict)

    def run(self) -> None:
        """What is whole is kept, what is missing is made."""
        try:
            self._clear_work()
            self._segments = whole_segments(self._folder, lambda: self.tell({}))
        except OSError as error:
            raise NotAllowed(f"The index in {self._folder} cannot be read: {error.strerror}.") from error
        if not self._is_complete():
            self._tell_segments()
            self._make_missing()
        self.tell({"complete": True, **self._told()})

    @cached_property
    def _folder(self) -> Path:
        return side_folder(self.data, self.record.id, self.record.stamp)

    def _clear_work(self) -> None:
        """What a crash left under way."""
        for left in self._folder.glob(".*.tmp"):
            shutil.rmtree(left, ignore_errors=True)

    def _is_complete(self) -> bool:
        totals = set(self._segments.values())
        return len(totals) == 1 and first_gap(self._segments, totals.pop()) is None

    def _make_missing(self) -> None:
        self.room.need(SMALLEST * _BYTES_FOR_TEXT, self.record.id)
        _make_folder(self._folder)
        self._drop_strangers()
        while (gap := first_gap(self._segments, len(self._list))) or not self._segments:
            self._make(gap or Span(0, 0))

    def _drop_strangers(self) -> None:
        """Segments that were made when the list was another one, by another version of this program."""
        for span, total in list(self._segments.items()):
            if total != len(self._list):
                (self._folder / span.name).unlink(missing_ok=True)
                del self._segments[span]

    def _make(self, gap: Span) -> None:
        """One segment that begins where the gap does."""
        with workplace(self._folder / "segment") as work:
            documents, end = self._gathered(gap, work)
            text = sum(document.size for document in documents)
            self.room.need(text * _BYTES_FOR_TEXT, self.record.id)
            span = Span(gap.first, end)
            write_segment(work, self._folder, span, len(self._list), self._language, documents)
            self._check_pack()
        self._segments[span] = len(self._list)
        self._tell_segments()

    def _gathered(self, gap: Span, work: Path) -> tuple[list[SideDocument], int]:
        """What the next segment shall hold, and the number of the entry after the last."""
        limit, size = self.size_of(len(self._segments)), 0
        documents: list[SideDocument] = []
        end = gap.first
        reader = DocumentReader(self._pack, self._mentions, work, partial(self.room.need, what=self.record.id))
        for end, listed in enumerate(self._list.items(gap.first, gap.end), gap.first + 1):
            found = reader.read(listed) if is_document(listed.mimetype) else [self._page(listed)]
            documents += found
            size += sum(document.size for document in found)
            self.tell({"done": self._done() + end - gap.first})
            if size >= limit:
                break
        return documents, end

    def _page(self, listed: Listed) -> SideDocument:
        if listed.target is not None or not self.wanted.pages:
            return page_document(listed.path, _title(listed))
        content = self._content(listed)
        return page_document(listed.path, _title(listed) or read_page(content).title, visible_text(content))

    def _content(self, listed: Listed) -> bytes:
        """A page's HTML, empty where it cannot be read: that costs it its words, not the others theirs."""
        zim = files_of(self._pack)[listed.level]
        try:
            entry = ZimEntry(listed.index, listed.path, listed.title, listed.mimetype, zim)
            return zim.read(entry, limit=LONGEST_PAGE)
        except (IdeascubeError, OSError):
            return b""

    @cached_property
    def _pack(self) -> PackReader:
        self._check_pack()
        files, layers = (
            [self.data.packs / name for name in names] for names in (self.record.files, self.record.layers)
        )
        return open_pack(files, layers)

    def _check_pack(self) -> None:
        """Whether the files are still those that the record speaks of."""
        names = [*self.record.files, *self.record.layers]
        if stamp_of(self.data.packs / name for name in names) != self.record.stamp:
            raise BrokenPack(f"{self.record.files[0]} has just changed or left.")

    @cached_property
    def _list(self) -> Worklist:
        return worklist(self._pack, self.wanted)

    @cached_property
    def _mentions(self) -> Mentions:
        """Goes through all pages, if there is a document."""
        documents = {listed.path for listed in self._list.documents}
        return read_mentions(self._pages(), documents) if documents else Mentions()

    def _pages(self) -> Iterator[tuple[str, bytes]]:
        for listed in worklist(self._pack, Wanted(pages=True, titles=False, documents=False)).pages():
            self.tell({})
            yield listed.path, self._content(listed)

    @cached_property
    def _language(self) -> str:
        languages = self.record.manifest.languages if self.record.manifest else ()
        return to_iso639_3(languages[0]) if languages else "eng"

    def _done(self) -> int:
        return sum(span.end - span.first for span in self._segments)

    def _told(self) -> dict[str, object]:
        names = [span.name for span in sorted(self._segments)]
        return {"segments": names, "done": self._done(), "total": max(self._segments.values(), default=0)}

    def _tell_segments(self) -> None:
        self.tell(self._told())


def _title(listed: Listed) -> str:
    """The title; empty where it is but the file's name, which in old files lacks the namespace."""
    title = listed.title or listed.path
    return shown_title(title, title if listed.path.endswith(title) else listed.path).replace("_", " ")


def _make_folder(folder: Path) -> None:
    try:
        make_folder(folder)
    except OSError as error:
        raise NotAllowed(
            f"The folder {folder} for a pack's index cannot be made: {error.strerror}. Give this user the right to."
        ) from error
