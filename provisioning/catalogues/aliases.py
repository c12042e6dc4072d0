"""Names that packs had: `sync/aliases.json` (docs/formats/catalogues.md), kept for good.

A box.yml that was written three years ago names packs as they were called then; one name of five led nowhere any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from content_packs.json_file import read_json
from content_packs.pack_id import is_pack_id
from content_packs.store.durable import make_folder, write_atomically
from provisioning.catalogues.naming import stable_id
from provisioning.offers import Offer

FORMAT = 1
_FILE = "aliases.json"
_LIMIT = 8 * 1024 * 1024  # bytes
_MOST = 20_000


class _Aliases(msgspec.Struct, frozen=True):
    format: int = FORMAT
    aliases: dict[str, str] = {}


def known_aliases(folder: Path) -> dict[str, str]:
    """Names that packs had, and the id by which each was last known. `folder` is `sync/`."""
    return read_json(folder / _FILE, _Aliases, _Aliases(), _LIMIT).aliases


def keep_aliases(folder: Path, new: Mapping[str, str], *, is_signed: bool) -> None:
    """Add to what is known; a catalogue that is not signed takes no name that leads somewhere. Raises OSError."""
    before = known_aliases(folder)
    after = joined(before, new if is_signed else {name: new[name] for name in new if name not in before})
    if after != before:
        make_folder(folder)
        write_atomically(folder / _FILE, msgspec.json.encode(_Aliases(aliases=after)))


def joined(before: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """All names, each with the id that it leads to by now; a pack that got its old name back needs none."""
    fitting = {old: pack for old, pack in new.items() if is_pack_id(old) and is_pack_id(pack) and old != pack}
    after = {old: fitting.get(pack, pack) for old, pack in before.items()} | fitting
    ids = set(fitting.values())
    kept = {old: pack for old, pack in after.items() if old != pack and old not in ids}
    return dict(list(kept.items())[-_MOST:])


def aliases_of(offers: Iterable[Offer]) -> dict[str, str]:
    """What the offers say of their names, without those that differ by a date only: these are understood anyway."""
    return {alias: offer.id for offer in offers for alias in offer.manifest.aliases if stable_id(alias) != offer.id}


def renamed(gone: Iterable[Offer], there: Iterable[Offer]) -> dict[str, str]:
    """Packs listed under another id than before: of the same ZIM's name and flavour, or the same build."""
    old = {fact: offer.id for offer in gone for fact in _facts(offer)}
    return {old[fact]: offer.id for offer in there for fact in _facts(offer) if old.get(fact, offer.id) != offer.id}


def _facts(offer: Offer) -> Iterator[tuple[str, ...]]:
    zim = offer.manifest.zim
    if zim.name:
        yield "name", zim.name, zim.flavour
    if zim.uuid:
        yield "uuid", zim.uuid
    if offer.sha256:
        yield "sha256", offer.sha256
