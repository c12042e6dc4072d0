"""How a pack gets a version from a delta: the layer that it makes is laid over the pack that it was made for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from content_packs.delta import make_layer
from content_packs.delta.container import Delta, Description
from content_packs.errors import BadInput, IdeascubeError
from content_packs.store.bringing import take_away
from content_packs.store.data_folder import DataFolder
from content_packs.store.found import FoundPack, is_file
from content_packs.store.layering import LayerSource, install_layer
from content_packs.store.library import Library, PackRecord, load_library
from content_packs.store.opening import open_pack
from content_packs.store.options import NO_PROGRESS, Installed, Options, Progress
from content_packs.store.scan import scan_store
from content_packs.store.verify import verify_announced
from content_packs.zim.identity import Identity
from content_packs.zim.stack import stack_identity


def install_delta(delta: Path, data: DataFolder, options: Options, progress: Progress = NO_PROGRESS) -> Installed:
    """Lay what `delta` changes over the pack that it was made for. Slow, in proportion to the change.

    `progress` gets entries done and in all. Raises BadInput, BrokenPack, BrokenEntry, Busy, NoSpace or NotAllowed;
    every pack is then as it was before.
    """
    if not is_file(delta):
        raise BadInput(f"There is no file {delta}.")
    verify_announced(delta, options.announced)
    with Delta(delta) as opened:
        opened.verify()
        description = opened.description()
    library = scan_store(data.packs, load_library(data.library_file))
    target = _pack_for(description, library, data.packs, delta.name)
    if _identity(target, data.packs) == description.result:
        return _done(Installed(target.id, unchanged=True), delta, options)
    options.refuse_other(target.id, delta.name)

    def make(current: FoundPack, layer: Path) -> None:
        make_layer(open_pack(current.paths, current.layer_paths), delta, layer, progress)

    source = LayerSource(delta.name, description.stored + description.text // 2, make)
    return _done(install_layer(target.id, data, source, options), delta, options)


def _done(installed: Installed, delta: Path, options: Options) -> Installed:
    if options.move:
        take_away([delta], installed.id)
    return installed


def _pack_for(description: Description, library: Library, packs: Path, name: str) -> PackRecord:
    """The pack that is what the delta starts from, else the one that is what it leads to. Raises BadInput."""
    for wanted in (description.base, description.result):
        for record in _likely_first(library, wanted):
            if _identity(record, packs) == wanted:
                return record
    raise BadInput(
        f"No pack of this library is the one that {name} was made for, in that very version: "
        "fetch the delta for the version that is here, or the whole pack."
    )


def _likely_first(library: Library, wanted: Identity) -> Iterator[PackRecord]:
    """A flattened file has a UUID of its own, and is found by what it says that it was made of."""
    shown = library.shown
    yield from sorted(shown, key=lambda record: record.manifest is None or _plain(record) != wanted.uuid)


def _plain(record: PackRecord) -> str:
    return record.manifest.zim.uuid.replace("-", "") if record.manifest else ""


def _identity(record: PackRecord, packs: Path) -> Identity | None:
    """None for what cannot be opened now."""
    try:
        files, layers = ([packs / name for name in names] for names in (record.files, record.layers))
        return stack_identity(open_pack(files, layers))
    except IdeascubeError:
        return None
