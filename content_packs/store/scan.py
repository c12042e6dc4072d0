"""What lies in `packs/` now: which files are packs, which of them changed, and what each one says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from content_packs.apart import EndedBadlyError, run_apart
from content_packs.courses.reading import course_ids
from content_packs.errors import BadInput, BrokenPack, IdeascubeError
from content_packs.manifest.of_zim import manifest_of
from content_packs.pack_id import id_from_filename
from content_packs.store.found import FoundPack, find_dropped, find_packs, find_version
from content_packs.store.library import Library, PackRecord, order
from content_packs.store.records import FOLDER
from content_packs.store.versions import Version

Read = TypeVar("Read")

_DESCRIBED_WITHIN = 120  # seconds; a large pack on a slow disk takes a few


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
    records = [_placed(old[_key(pack)], pack) for pack in found if _is_known(pack, old)]
    new = [pack for pack in found if not _is_known(pack, old)]
    for number, pack in enumerate(new, 1):
        records = [*records, _described(pack)]
        seen(Library(order(_without_twins([*records, *_shown_until_now(new[number:], known)]))))
    return Library(order(_without_twins(records)))


def _shown_until_now(waiting: Iterable[FoundPack], known: Library) -> Iterator[PackRecord]:
    """The records of installed packs before a new version came: that one is read in its turn, and people read on."""
    for pack in waiting:
        record = known.get(pack.shelf.id) if pack.shelf else None
        if record is not None and record.manifest is not None:
            yield record


def _key(pack: FoundPack) -> tuple[tuple[str, ...], str]:
    return pack.files + pack.layers, pack.stamp


def _is_known(pack: FoundPack, old: Mapping[tuple[tuple[str, ...], str], PackRecord]) -> bool:
    return pack.problem is None and _key(pack) in old


def known_record(pack: FoundPack, known: Library) -> PackRecord | None:
    """What `known` says of the pack, if its files are the same still."""
    old = known.by_stamp()
    return _placed(old[_key(pack)], pack) if _is_known(pack, old) else None


def describe_file(path: Path) -> PackRecord:
    """The record that the ZIM file `path` would have in a store. Raises BadInput where it is no pack's first file."""
    found = find_dropped(path) if path.suffix in (".zim", ".zimaa") else None
    if found is None:
        raise BadInput(f"{path.name} is not a pack: give a .zim file, or the first part (.zimaa) of a split one.")
    return describe_found(found)


def _described(pack: FoundPack) -> PackRecord:
    """The pack's record; of an installed one that cannot be opened the previous version's, if that can."""
    record = _placed(describe_found(pack), pack)
    older = _previous_record(pack) if record.problem is not None else None
    if older is None:
        return record
    warning = (
        f"{record.problem} Its previous version ({record.previous}) is shown instead: "
        f"`ideascube pack rollback {record.id}` makes that lasting, or install the pack again."
    )
    shown = pack.shelf.pack.previous if pack.shelf and pack.shelf.pack else None
    return replace(_placed(older, pack, shown), version=record.previous or "", previous=None, warning=warning)


def _previous_record(pack: FoundPack) -> PackRecord | None:
    installed = pack.shelf.pack if pack.shelf else None
    if pack.shelf is None or installed is None or installed.previous is None:
        return None
    found = find_version(pack.folder, pack.shelf, installed.previous)
    record = describe_found(found) if found else None
    return record if record is not None and record.problem is None else None


def _placed(record: PackRecord, pack: FoundPack, shown: Version | None = None) -> PackRecord:
    """The record with what the store knows of an installed pack, which is not in its files.

    `shown`: the version that the record describes, where it is not the current one.
    """
    installed = pack.shelf.pack if pack.shelf else None
    if installed is None:
        return record
    shown = shown or installed.current
    return replace(
        record,
        id=installed.id,
        manifest=record.manifest and replace(record.manifest, id=installed.id),
        version=installed.current.version,
        previous=installed.previous.called if installed.previous else None,
        aliases=installed.aliases,
        warning=None,
        origin=shown.origin,
        sha256=shown.sha256,
    )


def describe_found(pack: FoundPack) -> PackRecord:
    """The record of one pack; what cannot be opened gets one with a problem, even if it ends the process. Slow."""
    pack_id = pack.shelf.id if pack.shelf else id_from_filename(pack.paths[0].name)
    empty = PackRecord(pack_id, pack.files, pack.size, pack.stamp, problem=pack.problem, layers=pack.layers)
    if pack.problem is not None:
        return empty
    try:
        return run_apart(partial(_read_record, empty, pack), _DESCRIBED_WITHIN)
    except EndedBadlyError:
        problem = f"{pack_id} is so damaged that opening it fails altogether: copy or download it again."
        return replace(empty, problem=problem)


def described(pack: FoundPack) -> PackRecord:
    """The same for a pack that can be opened. Raises BrokenPack."""
    record = describe_found(pack)
    if record.problem is not None:
        raise BrokenPack(record.problem)
    return record


def _read_record(record: PackRecord, pack: FoundPack) -> PackRecord:
    """Everything that a box will later ask of libzim for this pack is asked here once."""
    from content_packs.store.opening import open_pack  # with libzim, in the process that opens the pack alone

    try:
        archive = open_pack(pack.paths, pack.layer_paths)
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
        version=manifest.version,
        aliases=manifest.aliases,
        has_fulltext_index=fulltext,
        has_title_index=titles,
        illustrations=tuple(sizes),
        courses=_or(partial(course_ids, archive), ()),
    )


def _or(read: Callable[[], Read], default: Read) -> Read:
    """One damaged value must not hide the pack: it counts as missing here, and `pack check` names it."""
    try:
        return read()
    except IdeascubeError:
        return default


def _without_twins(records: Iterable[PackRecord]) -> list[PackRecord]:
    """Of packs with one id the installed one is shown, else one whose name gives it, else the first by name.

    So a file cannot take a pack's place by claiming its id. The others are named with their problem.
    """
    owners: dict[str, PackRecord] = {}
    result = []
    for record in sorted(records, key=_claim):
        owner = owners.setdefault(record.id, record)
        if owner is not record and record.manifest is not None:
            record = replace(record, manifest=None, problem=_twin(record, owner))
        result.append(record)
    return result


def _claim(record: PackRecord) -> tuple[bool, bool, bool, tuple[str, ...]]:
    """Installed before dropped, what can be shown before what cannot, an id of the file's name before a claimed one."""
    named = id_from_filename(record.files[0]) == record.id
    return not _is_installed(record), record.manifest is None, not named, record.files


def _is_installed(record: PackRecord) -> bool:
    return record.files[0].startswith(f"{FOLDER}/")


def _twin(record: PackRecord, owner: PackRecord) -> str:
    file = record.files[0]
    if _is_installed(owner):
        cure = "`ideascube pack install` makes it that pack's new version; or delete the file"
        return f"{file} has the same id as the installed pack “{record.id}”: {cure}."
    cure = "rename or remove one of them" if id_from_filename(file) == record.id else "remove one of them"
    return f"{file} has the same id as {owner.files[0]} (“{record.id}”): {cure}."
