"""What lies in `packs/` now: which files are packs, which of them changed, and what each one says of itself."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from content_packs.errors import BadInput, IdeascubeError
from content_packs.manifest.of_zim import manifest_of
from content_packs.pack_id import id_from_filename
from content_packs.store.apart import EndedBadlyError, run_apart
from content_packs.store.library import Library, PackRecord, order
from content_packs.zim.archive import ZimArchive
from content_packs.zim.parts import part_paths

Read = TypeVar("Read")

_DESCRIBED_WITHIN = 120  # seconds; a large pack on a slow disk takes a few


@dataclass(frozen=True, slots=True)
class FoundPack:
    """The files of one pack as the folder lists them, not yet opened."""

    paths: tuple[Path, ...]
    size: int
    stamp: str

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(path.name for path in self.paths)


def find_packs(folder: Path) -> list[FoundPack]:
    """Every pack in `folder` by its file names, sorted; hidden files are other people's work in progress.

    Raises OSError where the folder cannot be read.
    """
    firsts = sorted(path for path in folder.iterdir() if _is_first_part(path))
    return [found for first in firsts if (found := find_pack(first)) is not None]


def _is_first_part(path: Path) -> bool:
    return path.suffix in (".zim", ".zimaa") and not path.name.startswith(".")


def find_pack(first: Path) -> FoundPack | None:
    """The pack whose first file is `first`, as it lies there now, or None where it does not."""
    try:
        paths = tuple(part_paths(first))
        stats = [path.stat() for path in paths]
    except OSError:
        return None  # it left while the folder was read; a link to nowhere is no pack either
    if not stats or not all(stat.S_ISREG(each.st_mode) for each in stats):
        return None  # a folder or a pipe may be called so, too
    facts = repr([(each.st_size, each.st_mtime_ns, each.st_ino) for each in stats])
    return FoundPack(paths, sum(each.st_size for each in stats), hashlib.sha256(facts.encode()).hexdigest()[:16])


def scan_store(folder: Path, known: Library, seen: Callable[[Library], None] = lambda library: None) -> Library:
    """The library of what `folder` holds now. Packs that `known` has unchanged are not opened again.

    `seen` is called with the library so far after each pack that had to be opened, since a first scan may be long.
    """
    try:
        found = find_packs(folder)
    except OSError as error:
        problem = f"The folder {folder} cannot be read: {error.strerror}. Its packs are not shown until it can."
        return replace(known, packs=(), problems=(problem,))
    old = known.by_stamp()
    kept = [old[key] for pack in found if (key := (pack.files, pack.stamp)) in old]
    fresh = [pack for pack in found if (pack.files, pack.stamp) not in old]
    records = kept
    for pack in fresh:
        records = [*records, _read_apart(pack)]
        seen(Library(order(_without_twins(records))))
    return Library(order(_without_twins(records)))


def describe_file(path: Path) -> PackRecord:
    """The record that the ZIM file `path` would have in a store. Raises BadInput where it is no pack's first file."""
    found = find_pack(path) if path.suffix in (".zim", ".zimaa") else None
    if found is None:
        raise BadInput(f"{path.name} is not a pack: give a .zim file, or the first part (.zimaa) of a split one.")
    return _read_apart(found)


def _read_apart(pack: FoundPack) -> PackRecord:
    """The record of one pack; what cannot be opened gets one with a problem, even if it ends the process."""
    empty = PackRecord(id_from_filename(pack.paths[0].name), pack.files, pack.size, pack.stamp)
    try:
        return run_apart(partial(_read_record, empty, pack), _DESCRIBED_WITHIN)
    except EndedBadlyError:
        name = empty.id
        problem = f"{name} is so damaged that opening it fails altogether: copy or download it again."
        return replace(empty, problem=problem)


def _read_record(record: PackRecord, pack: FoundPack) -> PackRecord:
    """Everything that a box will later ask of libzim for this pack is asked here once."""
    try:
        archive = ZimArchive(pack.paths[0])
    except IdeascubeError as error:
        return replace(record, problem=str(error))
    fulltext, titles = _or(archive.indexes, (False, False))
    sizes = [size for size in archive.illustration_sizes() if _or(partial(archive.illustration, size), None)]
    archive.main_path()
    manifest = manifest_of(archive, record.id)
    return replace(
        record,
        id=manifest.id,
        manifest=manifest,
        has_fulltext_index=fulltext,
        has_title_index=titles,
        illustrations=tuple(sizes),
    )


def _or(read: Callable[[], Read], default: Read) -> Read:
    """One damaged value must not hide the pack: it counts as missing here, and `pack check` names it."""
    try:
        return read()
    except IdeascubeError:
        return default


def _without_twins(records: Iterable[PackRecord]) -> list[PackRecord]:
    """Two files with one id: the one whose name gives it, else the first by name, is shown; the other is named.

    So a file cannot take a pack's place by claiming its id.
    """
    owners: dict[str, str] = {}
    result = []
    for record in sorted(records, key=_claim):
        owner = owners.setdefault(record.id, record.files[0])
        if owner != record.files[0] and record.manifest is not None:
            cure = "remove one of them" if _claim(record)[1] else "rename or remove one of them"
            problem = f"{record.files[0]} has the same id as {owner} (“{record.id}”): {cure}."
            record = replace(record, manifest=None, problem=problem)
        result.append(record)
    return result


def _claim(record: PackRecord) -> tuple[bool, bool, tuple[str, ...]]:
    """What can be shown before what cannot, an id that the file's name gives before one that is only claimed."""
    return record.manifest is None, id_from_filename(record.files[0]) != record.id, record.files
