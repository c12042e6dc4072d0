"""The folder `outbox/`: what the box wants others to have, as files."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import msgspec

from content_packs.store.durable import flush_folder, make_folder, write_atomically


class _File(msgspec.Struct):
    sha256: str


class _Outline(msgspec.Struct):
    version: str
    state: str
    files: tuple[_File, ...] = ()


class Outbox:
    """Each writing is on the disk when it returns. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._parcels, self._files = folder / "parcels", folder / "files"
        self.has_changed = False  # since it was last cleared

    def has_file(self, sha256: str) -> bool:
        return (self._files / sha256).is_file()

    def put_file(self, sha256: str, content: bytes) -> None:
        """A file that was made for a parcel alone: before the parcel that names it."""
        if not self.has_file(sha256):
            make_folder(self._files)
            write_atomically(self._files / sha256, content)

    def put_parcel(self, name: str, content: bytes) -> None:
        """In place of what was said before of the same thing; the same is not written again."""
        path = self._parcels / name
        if _read(path) != content:
            self.has_changed = True
            make_folder(self._parcels)
            write_atomically(path, content)

    def clear(self, parcels: Collection[str]) -> None:
        """Let go of all others, and of files that none of these names."""
        _keep_only(self._parcels, parcels)
        _keep_only(self._files, {each for name in parcels for each in self.said_of(name)[2]})
        self.has_changed = False

    def said_of(self, name: str) -> tuple[str, str, frozenset[str]]:
        """What a parcel says: its version, its state, and the sums of its files; nothing where there is none."""
        try:
            said = msgspec.json.decode(_read(self._parcels / name) or b"", type=_Outline)
        except msgspec.MsgspecError:
            return "", "", frozenset()
        return said.version, said.state, frozenset(each.sha256 for each in said.files)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _keep_only(folder: Path, names: Collection[str]) -> None:
    if not folder.is_dir():
        return
    gone = [path for path in folder.iterdir() if path.name not in names]
    for path in gone:
        path.unlink(missing_ok=True)
    if gone:
        flush_folder(folder)
