"""What a store holds, as an operation on it sees it: installed packs by their records, dropped ones by their files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import BadInput
from content_packs.store.found import FoundPack, find_packs
from content_packs.store.library import Library, PackRecord
from content_packs.store.matching import Identity
from content_packs.store.records import Shelf
from content_packs.store.scan import describe_found, known_record


@dataclass(frozen=True, slots=True)
class Occupant:
    """One pack of the store. `record` is that of a dropped pack, whose files alone say what it is."""

    identity: Identity
    found: FoundPack
    record: PackRecord | None = None

    @property
    def shelf(self) -> Shelf | None:
        return self.found.shelf

    @property
    def size(self) -> int:
        """Bytes of all that is kept of it, the previous version too."""
        return self.shelf.pack.size if self.shelf and self.shelf.pack else self.found.size

    @property
    def date(self) -> str:
        """Of what people read, YYYY-MM-DD or empty."""
        if self.record is not None:
            return self.record.manifest.date if self.record.manifest else ""
        return self.shelf.pack.current.date if self.shelf and self.shelf.pack else ""


def occupants(packs: Path, known: Library) -> list[Occupant]:
    """Every pack of the store, the installed ones first. Dropped files that `known` doesn't have are opened: slow."""
    return [_occupant(found, known) for found in find_packs(packs)]


def _occupant(found: FoundPack, known: Library) -> Occupant:
    if found.shelf is not None:
        return Occupant(_identity_of_shelf(found.shelf), found)
    record = known_record(found, known) or describe_found(found)
    return Occupant(identity_of(record), found, record)


def _identity_of_shelf(shelf: Shelf) -> Identity:
    if shelf.pack is None:
        return Identity((shelf.id,), "", "")
    return Identity(shelf.pack.names, shelf.pack.current.name, shelf.pack.current.flavour)


def identity_of(record: PackRecord) -> Identity:
    """Of a file that was opened, or could not be."""
    manifest = record.manifest
    names = (record.id, *record.aliases)
    return Identity(names, manifest.zim.name, manifest.zim.flavour) if manifest else Identity(names, "", "")


def called(name: str, here: list[Occupant]) -> list[Occupant]:
    """Those with the id `name`; where there is none, the first one with this alias, and its dropped twins.

    Raises BadInput where there is no such pack.
    """
    ids = [each.identity.id for each in here]
    by_alias = sorted(each.identity.id for each in here if name in each.identity.names)
    if name not in ids and not by_alias:
        raise BadInput(f"There is no pack “{name}” here: `ideascube pack list` shows what there is.")
    wanted = name if name in ids else by_alias[0]
    return [each for each in here if each.identity.id == wanted]
