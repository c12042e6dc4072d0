"""Outboxes as the jobs process of a box leaves them, and storages that do not do what they say."""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from content_packs.errors import Unfinished
from content_packs.store.data_folder import DataFolder
from provisioning.storage import Storage
from provisioning.storage.storage import Reading


def add_parcel(
    data: DataFolder, kind: str, parcel_id: str, files: dict[str, bytes | Path], /, **fields: Any
) -> dict[str, Any]:
    """Put a parcel with these files, by their names, into the outbox."""
    listed = [_add_file(data, name, content) for name, content in files.items()]
    document = {
        "format": 1, "kind": kind, "id": parcel_id, "version": "1", "state": "shared", "title": {"en": parcel_id},
        "languages": ["en"], "licence": "CC-BY-4.0", "files": listed,
        "about": {"box_name": data.root.name}, **fields,
    }  # fmt: skip
    folder = data.outbox / "parcels"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{kind}.{parcel_id}.json").write_text(json.dumps(document))
    return document


def _add_file(data: DataFolder, name: str, content: bytes | Path) -> dict[str, Any]:
    if isinstance(content, Path):
        path, content = content, content.read_bytes()
    else:
        path = data.outbox / "files" / hashlib.sha256(content).hexdigest()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return {
        "name": name, "path": path.relative_to(data.root).as_posix(), "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip


def noise(seed: int, size: int) -> bytes:
    """Bytes that nothing compresses."""
    return random.Random(seed).randbytes(size)


class MemoryStorage(Storage):
    """Files in memory. `puts`: paths in the order in which they were put; `sent`: bytes."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        super().__init__("memory://hub")
        self.files = {} if files is None else files
        self.puts: list[str] = []
        self.asked: list[str] = []
        self.sent = 0

    async def get(self, path: str, limit: int) -> bytes:
        if path not in self.files:
            raise self.not_there(path)
        if len(self.files[path]) > limit:
            raise self.too_long(path, limit)
        return self.files[path]

    def read(self, path: str, start: int = 0) -> Reading:
        raise NotImplementedError

    async def put(self, path: str, content: bytes) -> None:
        self.puts.append(path)
        self.sent += len(content)
        self.files[path] = content

    async def put_file(self, path: str, source: Path) -> None:
        await self.put(path, await asyncio.to_thread(source.read_bytes))

    async def size(self, path: str) -> int | None:
        self.asked.append(path)
        return len(self.files[path]) if path in self.files else None

    async def delete(self, path: str) -> None:
        self.files.pop(path, None)

    async def list(self, prefix: str) -> AsyncIterator[str]:
        for path in sorted(self.files):
            if path.startswith(prefix.rstrip("/") + "/") or not prefix:
                yield path

    async def claim(self, path: str, content: bytes) -> bool:
        if path in self.files:
            return False
        await self.put(path, content)
        return True


class BadStorage(MemoryStorage):
    """Refuses, keeps half and says so, keeps half and says nothing, loses the answer, lies that it has stored, in turn
    as the seed says; with the chance `badness` each time.
    """

    def __init__(self, seed: int, badness: float, files: dict[str, bytes] | None = None) -> None:
        super().__init__(files)
        self._chance = random.Random(seed)
        self._badness = badness
        self._confirmed: set[str] = set()
        self.sent_again = 0  # objects that were put although they had been kept and confirmed

    async def put(self, path: str, content: bytes) -> None:
        if path in self._confirmed:
            self.sent_again += 1
        if self._chance.random() >= self._badness:
            await super().put(path, content)
            if path.startswith("objects/"):
                self._confirmed.add(path)
            return
        fault = self._chance.choice(("refuses", "half", "quiet half", "no answer", "lies"))
        if fault == "no answer":
            await super().put(path, content)
        elif fault in ("half", "quiet half"):
            await super().put(path, content[: len(content) // 2])
        if fault in ("refuses", "half", "no answer"):
            raise Unfinished(f"{path} did not get through ({fault}).")

    async def get(self, path: str, limit: int) -> bytes:
        if self._chance.random() < self._badness / 2:
            raise Unfinished(f"{path} did not get through.")
        return await super().get(path, limit)
