"""A box that syncs, and who watches it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library
from content_packs.store.scan import scan_store
from provisioning.syncing.asked import Asked
from provisioning.syncing.run import Result, sync


@dataclass
class Watcher:
    said: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def warn(self, sentence: str) -> None:
        self.warned.append(sentence)

    def progress(self, title: str, done: int, total: int) -> None:
        assert 0 <= done <= max(total, done)


@dataclass
class SyncingBox:
    data: DataFolder
    watcher: Watcher = field(default_factory=Watcher)

    @classmethod
    def made(cls, folder: Path, wishes: str) -> SyncingBox:
        data = DataFolder(folder)
        data.create()
        data.wishes.write_text(wishes)
        return cls(data)

    async def sync(self, **asked: Any) -> Result:
        self.watcher = Watcher()
        return await sync(self.data, Asked(**asked), self.watcher)

    @property
    def packs(self) -> dict[str, str]:
        """Version by id."""
        return {pack.id: pack.version for pack in scan_store(self.data.packs, Library()).shown}
