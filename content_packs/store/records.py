"""The records of installed packs, `packs/installed/ID/pack.json`: found, read and written.

What they mean is in `versions`, when they are written in `transaction`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from content_packs.errors import BrokenPack
from content_packs.store.durable import flush_folder, write_atomically
from content_packs.store.versions import InstalledPack, NotARecordError, StoredFile

FOLDER = "installed"
RECORD = "pack.json"

_LONGEST_RECORD = 1024 * 1024  # bytes
_LONGEST_NAME = 100  # bytes of a folder's name


@dataclass(frozen=True, slots=True)
class Shelf:
    """One pack's folder, and what its record says; `problem` where the record cannot be read."""

    folder: Path
    pack: InstalledPack | None
    problem: str | None = None

    @property
    def id(self) -> str:
        return self.pack.id if self.pack else self.folder.name

    def path(self, file: StoredFile) -> Path:
        return self.folder / file.path


def folder_of(packs: Path, pack_id: str) -> Path:
    """Where the pack of this id is kept."""
    return packs / FOLDER / folder_name(pack_id)


def folder_name(pack_id: str) -> str:
    """The id, or where no folder can be called so what is known by it."""
    length = len(pack_id.encode("utf-8", "surrogatepass"))
    if length <= _LONGEST_NAME and pack_id.isprintable() and not re.search(r"^\.|/", pack_id):
        return pack_id
    readable = re.sub(r"[^a-z0-9]+", "-", pack_id.lower())[:48].strip("-")
    digest = hashlib.sha256(pack_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{readable or 'pack'}--{digest}"


def shelves(packs: Path) -> list[Shelf]:
    """Every installed pack, sorted by folder. Raises OSError where the folder cannot be read."""
    return [shelf for folder in pack_folders(packs) if (shelf := read_shelf(folder)) is not None]


def pack_folders(packs: Path) -> list[Path]:
    try:
        return sorted(path for path in (packs / FOLDER).iterdir() if path.is_dir())
    except FileNotFoundError:
        return []


def read_shelf(folder: Path) -> Shelf | None:
    """What the record in `folder` says, or None where there is none: what else lies there was left by a crash.

    A disk that fails is another thing than a record that is not there: it makes a broken pack.
    """
    try:
        stat = (folder / RECORD).stat()
        return _read_shelf(folder, (stat.st_ino, stat.st_mtime_ns, stat.st_size))
    except FileNotFoundError:
        return None
    except OSError as error:
        return Shelf(folder, None, _unusable(folder, error.strerror or "it cannot be read"))


@lru_cache(maxsize=1024)
def _read_shelf(folder: Path, _stamp: tuple[int, int, int]) -> Shelf:
    """Read once for each state of the file: the jobs process asks every second. Raises OSError."""
    content = (folder / RECORD).read_bytes()[:_LONGEST_RECORD]
    try:
        return Shelf(folder, _parsed(content))
    except NotARecordError as error:
        return Shelf(folder, None, _unusable(folder, str(error)))
    except (ValueError, RecursionError):
        return Shelf(folder, None, _unusable(folder, "it is damaged"))


def _unusable(folder: Path, reason: str) -> str:
    record = f"The record {folder.name}/{RECORD} of an installed pack"
    return f"{record} cannot be used: {reason}. Install the pack again, or remove it."


def _parsed(content: bytes) -> InstalledPack:
    return InstalledPack.from_json(json.loads(content))


def write_record(folder: Path, pack: InstalledPack) -> None:
    """The moment at which an operation happens."""
    content = json.dumps(pack.to_json(), ensure_ascii=False, indent=1, sort_keys=True)
    write_atomically(folder / RECORD, content.encode("utf-8", "surrogatepass"))


def delete_record(folder: Path) -> None:
    """The moment at which a pack leaves."""
    (folder / RECORD).unlink()
    flush_folder(folder)


def find_shelf(packs: Path, name: str) -> Shelf | None:
    """The installed pack of this id, else the first one with this alias. Raises OSError."""
    found = sorted(shelves(packs), key=lambda shelf: shelf.id)
    by_id = (shelf for shelf in found if shelf.id == name)
    by_alias = (shelf for shelf in found if shelf.pack and name in shelf.pack.aliases)
    return next(by_id, None) or next(by_alias, None)


def usable(shelf: Shelf) -> InstalledPack:
    """The pack. Raises BrokenPack where its record cannot be read."""
    if shelf.pack is None:
        raise BrokenPack(shelf.problem or "")
    return shelf.pack


def stored_paths(shelf: Shelf) -> Iterator[Path]:
    """Where every file lies that the record names."""
    for path in sorted(shelf.pack.paths if shelf.pack else ()):
        yield shelf.folder / path
