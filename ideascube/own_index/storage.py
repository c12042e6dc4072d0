"""Whoosh's files in a folder, of which a record says which count: nothing is deleted that it still names.

Whoosh never changes a file, but it deletes the files of the last generation as soon as the next one is written, and
flushes nothing. A power cut in between would leave neither.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from content_packs.store.durable import flush_file, flush_folder


class Storage(FileStorage):
    """Only `names`, and what is written through it, are there for Whoosh; what it deletes stays until `sweep`."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        super().__init__(str(folder))
        self._path = folder
        self._names = set(names)

    def list(self) -> list[str]:
        return sorted(self._names)

    def create_file(self, name: str, *rest: Any, **options: Any) -> Any:
        self._names.add(name)
        return super().create_file(name, *rest, **options)

    def delete_file(self, name: str) -> None:
        self._names.discard(name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        super().rename_file(oldname, newname, safe)
        self._names.discard(oldname)
        self._names.add(newname)

    def lock(self, name: str) -> _NoLock:
        return _NoLock()

    def flush(self, written_before: Iterable[str]) -> None:
        """Have the disk write the files that are new, and their names."""
        for name in self._names.difference(written_before):
            flush_file(self._path / name)
        flush_folder(self._path)


class _NoLock:
    """Whoosh's own lock, which is a file: whoever writes has the index's lock already."""

    def acquire(self, blocking: bool = False) -> bool:
        return True

    def release(self) -> None:
        pass


def sweep(folder: Path, keep: Iterable[str]) -> None:
    """Remove what a generation does not name: of the one before it, or of a commit that never came to its end."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name not in keep:
            path.unlink(missing_ok=True)
