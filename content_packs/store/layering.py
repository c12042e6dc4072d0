"""How a pack in the store gets a layer: another version over the same base.

What a layer is: docs/formats/layer.md. Write order: docs/formats/store.md
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from content_packs.store.durable import flush_file
from content_packs.store.found import FoundPack
from content_packs.store.install import refuse_older
from content_packs.store.library import Library, load_library
from content_packs.store.occupants import Occupant, called, identity_of, occupants
from content_packs.store.options import Installed, Options
from content_packs.store.records import usable
from content_packs.store.room import has_served, make_room
from content_packs.store.transaction import (
    Place,
    as_described,
    commit,
    found_in,
    new_version,
    operation,
    prepare,
    taken_in,
)
from content_packs.store.versions import InstalledPack, Version

LAYER = "layer.zim"


@dataclass(frozen=True, slots=True)
class LayerSource:
    """What a layer is made of: `name` for sentences, `needed` bytes at most, and `make`.

    `make` writes the layer at a path that is free, over what the pack is now.
    """

    name: str
    needed: int
    make: Callable[[FoundPack, Path], None]


def install_layer(name: str, data: DataFolder, source: LayerSource, options: Options) -> Installed:
    """Lay a layer over the pack called `name`. Slow. Raises what `make` raises, and as `install_pack`."""
    with operation(data, source.name) as packs:
        library = load_library(data.library_file)
        target = called(name, occupants(packs, library))[0]
        make_room(packs, source.needed, source.name, own=target.identity.id, library=library, reserve=options.reserve)
        before = _layered(packs, target)
        place = prepare(packs, target.identity.id)
        source.make(target.found, place.version_folder / LAYER)
        version, names = _verified(place, before, target, options)
        commit(place, before.upgraded(version, names, served=_has_served(target, library)))
    return Installed(target.identity.id, replaced=True)


def _layered(packs: Path, target: Occupant) -> InstalledPack:
    """What is installed now, or what a dropped pack becomes: a layer needs a record that says where it lies."""
    if target.shelf is not None:
        return usable(target.shelf)
    assert target.record is not None
    before = taken_in(packs, target.identity.id, target.found, target.record)
    if before is None:
        name = target.found.files[0]
        raise BadInput(f"{name} lies on a disk that knows no second names: install it with --move first.")
    return before


def _verified(
    place: Place, before: InstalledPack, target: Occupant, options: Options
) -> tuple[Version, tuple[str, ...]]:
    layer = place.version_folder / LAYER
    flush_file(layer)
    files = [place.folder / file.path for file in before.current.files]
    layers = [place.folder / file.path for file in before.current.layers]
    found = found_in(place, version := new_version(place.number, files, [*layers, layer]))
    record = options.verify(found)
    refuse_older(record, target, options)
    return as_described(version, record, origin=options.origin), identity_of(record).names


def _has_served(target: Occupant, library: Library) -> bool:
    return target.shelf is not None and has_served(target.shelf, library)
