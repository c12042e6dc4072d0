"""Which packs lie in a store, by the names and the state of their files: nothing is opened here (see `scan`)."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from content_packs.store.records import Shelf, read_shelf, shelves
from content_packs.store.versions import Version
from content_packs.zim.parts import part_paths


@dataclass(frozen=True, slots=True)
class FoundPack:
    """The files of one pack as they lie there: a base (its first part first) and layers, the lowest first.

    `files` and `layers` are their paths below `folder`; `size` in bytes, all together; `stamp` changes when any of them
    does. An installed pack has its `shelf`; `problem` says why it cannot even be tried.
    """

    folder: Path
    files: tuple[str, ...]
    size: int
    stamp: str
    layers: tuple[str, ...] = ()
    shelf: Shelf | None = None
    problem: str | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """The base."""
        return tuple(self.folder / name for name in self.files)

    @property
    def layer_paths(self) -> tuple[Path, ...]:
        return tuple(self.folder / name for name in self.layers)


def find_packs(packs: Path) -> list[FoundPack]:
    """Every pack in the store: the installed ones, then those that were dropped, each sorted by their files.

    Hidden files are other people's work in progress. Raises OSError where the folder cannot be read.
    """
    installed = [found for shelf in shelves(packs) if (found := find_installed(packs, shelf)) is not None]
    firsts = sorted(path for path in packs.iterdir() if _is_first_part(path))
    dropped = [found for first in firsts if (found := find_dropped(first)) is not None]
    return [*installed, *(found for found in dropped if not _is_taken_in(found, installed))]


def _is_first_part(path: Path) -> bool:
    return path.suffix in (".zim", ".zimaa") and not path.name.startswith(".")


def find_dropped(first: Path) -> FoundPack | None:
    """The pack whose first file is `first`, as it lies there now, or None where it does not."""
    try:
        paths = part_paths(first)
        return _found(first.parent, paths) if paths else None
    except OSError:
        return None  # it left while the folder was read; a link to nowhere is no pack either


def find_installed(packs: Path, shelf: Shelf) -> FoundPack | None:
    """The current version of an installed pack; None where the pack leaves just now."""
    if shelf.pack is None:
        return FoundPack(packs, (str(shelf.folder.relative_to(packs)),), 0, "", shelf=shelf, problem=shelf.problem)
    return find_version(packs, shelf, shelf.pack.current)


def find_version(packs: Path, shelf: Shelf, version: Version) -> FoundPack | None:
    """The files of one version; with `problem` where one is missing or has another size than was installed."""
    bases, layers = [[shelf.path(file) for file in files] for files in (version.files, version.layers)]
    try:
        found = _found(packs, bases, layers)
    except FileNotFoundError as error:
        missing = f"{Path(error.filename).name} is missing from the pack “{shelf.id}”: install it again."
        return _unusable(packs, shelf, bases, missing) if read_shelf(shelf.folder) is not None else None
    except OSError as error:
        return _unusable(packs, shelf, bases, f"The pack “{shelf.id}” cannot be read: {error.strerror}.")
    if found is None:
        return _unusable(
            packs, shelf, bases, f"A file of the installed pack “{shelf.id}” is no file any more: install it again."
        )
    changed = f"The files of “{shelf.id}” have another size than when they were installed: install it again."
    return replace(found, shelf=shelf, problem=changed if found.size != version.size else None)


def _unusable(packs: Path, shelf: Shelf, bases: list[Path], problem: str) -> FoundPack:
    return FoundPack(packs, _names(packs, bases), 0, "", shelf=shelf, problem=problem)


def _found(folder: Path, bases: list[Path], layers: Iterable[Path] = ()) -> FoundPack | None:
    layers = list(layers)
    stats = [path.stat() for path in (*bases, *layers)]
    if not all(stat.S_ISREG(each.st_mode) for each in stats):
        return None  # a folder or a pipe may be called so, too
    size = sum(each.st_size for each in stats)
    return FoundPack(folder, _names(folder, bases), size, _stamp(stats), _names(folder, layers))


def _names(folder: Path, paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(str(path.relative_to(folder)) for path in paths)


def _stamp(stats: Iterable[os.stat_result]) -> str:
    facts = repr([(each.st_size, each.st_mtime_ns, each.st_ino) for each in stats])
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that the system cannot have is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_same_file(one: Path, other: Path) -> bool:
    """Whether both are names of one file; a symbolic link is a name of the file that it leads to."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def stamp_of(paths: Iterable[Path]) -> str | None:
    """The stamp of these files as they are now, or None where one of them is gone."""
    try:
        return _stamp([path.stat() for path in paths])
    except OSError:
        return None


def _is_taken_in(dropped: FoundPack, installed: Iterable[FoundPack]) -> bool:
    """Whether the pack's files are an installed pack's already, and its name only remains to be cleared."""
    first = dropped.paths[0]
    return any(
        shelf.pack is not None and _is_among(first, [shelf.folder / path for path in shelf.pack.paths])
        for shelf in (found.shelf for found in installed if found.shelf is not None)
    )


def _is_among(first: Path, stored: Iterable[Path]) -> bool:
    return any(path.name == first.name and is_same_file(path, first) for path in stored)
