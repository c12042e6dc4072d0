"""The indexing of a box without the box: its data folder is looked at and worked on here, by processes of its own."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from content_packs.store.data_folder import DataFolder
from content_packs.store.library import PackRecord
from content_packs.zim.reader import FoundPage
from ideascube.indexing.index_room import IndexRoom
from ideascube.indexing.indexer import Indexer
from ideascube.indexing.segments import side_folder
from ideascube.indexing.side_index import SideIndex, SideIndexes
from ideascube.indexing.state import IndexingState, load_state
from ideascube.live_library import LiveLibrary
from ideascube.search.side_pages import pages_by_text, pages_by_title
from ideascube.store_watcher import StoreWatcher

PLENTY = 10**12  # bytes


@dataclass
class Indexed:
    """A data folder, and what a jobs process does with it."""

    root: Path
    limit: int = PLENTY
    data: DataFolder = field(init=False)

    def __post_init__(self) -> None:
        self.data = DataFolder(self.root)
        self.data.create()
        self.begin()

    def begin(self) -> None:
        """As a jobs process that starts."""
        self.watcher = StoreWatcher(self.data)
        self.indexer = Indexer(self.data, IndexRoom(self.data.index, self.limit))

    def add(self, *packs: Path) -> None:
        for pack in packs:
            shutil.copyfile(pack, self.data.packs / pack.name)

    def look(self) -> None:
        self.watcher.look()
        self.indexer.look(self.watcher.library)

    def work(self, seconds: float) -> None:
        self.look()
        self.indexer.work(time.monotonic() + seconds)
        self.look()

    def finish(self, within: float = 60.0) -> None:
        """Until everything is done that can be."""
        until = time.monotonic() + within
        self.look()
        while not self.indexer.is_idle:
            assert time.monotonic() < until, self.state
            self.work(0.2)
        self.look()

    @property
    def state(self) -> IndexingState:
        """As searchers and web workers read it."""
        return load_state(self.data.indexing_file)

    def record(self, pack: str) -> PackRecord:
        found = self.watcher.library.get(pack)
        assert found is not None
        return found

    def segments(self, pack: str) -> list[Path]:
        return sorted(side_folder(self.data, pack, self.record(pack).stamp).glob("*.zim"))

    def side(self, pack: str) -> SideIndex:
        found = SideIndexes(self.data).of(self.record(pack))
        assert found is not None
        return found

    def by_text(self, pack: str, text: str) -> list[FoundPage]:
        return pages_by_text(LiveLibrary(self.data).archive(pack), self.side(pack), text, 20)[0]

    def by_title(self, pack: str, text: str) -> list[FoundPage]:
        return pages_by_title(LiveLibrary(self.data).archive(pack), self.side(pack), text, 20)
