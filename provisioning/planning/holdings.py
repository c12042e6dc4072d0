"""What the box has, as the plan wants to know it. Reads the store; decides nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from content_packs.afresh import Progress, run_afresh
from content_packs.apart import EndedBadlyError
from content_packs.errors import BadInput, IdeascubeError
from content_packs.store.data_folder import DataFolder
from content_packs.store.found import find_packs
from content_packs.store.library import Library, PackRecord, load_library
from content_packs.store.records import Shelf, shelves
from content_packs.store.room import droppable_size, usual_reserve
from content_packs.store.scan import scan_store
from content_packs.zim.identity import Identity
from provisioning.planning.situation import Holding, Space


def held(data: DataFolder) -> list[Holding]:
    """What is in the store, read by a program of its own: libzim takes memory, and ends over some damaged files.

    Raises OSError, and BadInput where it ended so.
    """
    if not find_packs(data.packs):
        return []
    try:
        holdings: list[Holding] = run_afresh(f"{__name__}:scanned", data)
    except EndedBadlyError as error:
        raise BadInput(
            f"The packs in {data.packs} cannot be read, since one of them is damaged or memory is short: "
            "see `ideascube pack check` of those that came last."
        ) from error
    return holdings


def scanned(data: DataFolder, progress: Progress) -> list[Holding]:
    """The same, here. Raises OSError."""
    return read_holdings(data, scan_store(data.packs, load_library(data.library_file)))


def read_holdings(data: DataFolder, library: Library) -> list[Holding]:
    """Each pack of the store, of which `library` is a fresh scan (`scan_store`). Opens each: some milliseconds a pack.

    What cannot be shown is not among them: it is fetched anew if it is wanted. Raises OSError.
    """
    kept = {shelf.id: shelf for shelf in shelves(data.packs)}
    return [_holding(data.packs, record, kept.get(record.id), library) for record in library.shown]


def _holding(packs: Path, record: PackRecord, shelf: Shelf | None, library: Library) -> Holding:
    manifest = record.manifest
    assert manifest is not None
    layers = tuple((packs / name).stat().st_size for name in record.layers)
    version = shelf.pack.current if shelf and shelf.pack else None
    return Holding(
        manifest=manifest,
        aliases=record.aliases,
        base=record.size - sum(layers),
        layers=layers,
        identities=_identities(packs, record),
        sha256=version.sha256 if version else "",
        catalogue=record.origin.catalogue if record.origin else "",
        is_signed=record.origin is not None and record.origin.signed,
        previous=droppable_size(shelf, library) if shelf else 0,
        is_own=record.origin is None and bool(manifest.provenance.collection),
    )


def _identities(packs: Path, record: PackRecord) -> tuple[Identity, ...]:
    """None where the pack cannot be opened: no delta is then of use. A flattened file answers for its stack."""
    from content_packs.store.opening import open_pack  # with libzim
    from content_packs.zim.stack import stack_identity

    try:
        files, layers = ([packs / name for name in names] for names in (record.files, record.layers))
        return (stack_identity(open_pack(files, layers)),)
    except IdeascubeError:
        return ()


def read_space(data: DataFolder, reserve: int | None) -> Space:
    """Of the disk of the packs; `reserve` as `box.yml` says it, None for the usual. Raises OSError."""
    kept_free = usual_reserve(data.packs) if reserve is None else reserve
    return Space(shutil.disk_usage(data.packs).free, kept_free)
