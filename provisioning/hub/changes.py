"""What may change in a signed catalogue: each function gives the changed one. Nothing is read or sent here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from content_packs.box_key import box_id_of
from content_packs.errors import BadInput
from provisioning.trust.catalogue import Catalogue, EnrolledBox, SignedPack, Withdrawn

_KEY = re.compile(r"[0-9a-f]{64}")


def with_pack(catalogue: Catalogue, pack: SignedPack, *, older: bool = False) -> Catalogue:
    """In place of the version that is there, whose aliases are kept.

    Raises BadInput where that one is newer, unless `older`.
    """
    before = catalogue.pack(pack.id)
    if before is not None and not older and pack.manifest.date < before.manifest.date:
        raise BadInput(
            f"The hub has {pack.id} of {before.manifest.date}, and this one is of {pack.manifest.date or 'no date'}: "
            "give --older to publish it all the same."
        )
    aliases = {**catalogue.aliases, **dict.fromkeys(pack.manifest.aliases, pack.id)}
    return replace(
        catalogue,
        packs=tuple(sorted((*_others(catalogue, pack.id), pack), key=lambda each: each.id)),
        aliases={old: new for old, new in aliases.items() if old != pack.id},
        withdrawn=tuple(each for each in catalogue.withdrawn if each.id != pack.id or each.date < pack.manifest.date),
    )


def without_pack(catalogue: Catalogue, pack_id: str, today: str, reason: str = "") -> Catalogue:
    """Withdrawn: boxes that have it remove it. `today`: YYYY-MM-DD. Raises BadInput where it is not there."""
    pack = catalogue.pack(pack_id) or catalogue.pack(catalogue.aliases.get(pack_id, ""))
    if pack is None:
        raise BadInput(f"The hub has no pack “{pack_id}”: see what it has with `ideascube hub list`.")
    withdrawn = Withdrawn(id=pack.id, date=pack.manifest.date or today, reason=reason)
    others = (each for each in catalogue.withdrawn if each.id != pack.id)
    return replace(catalogue, packs=_others(catalogue, pack.id), withdrawn=(*others, withdrawn))


def with_box(catalogue: Catalogue, key: str, name: str = "") -> Catalogue:
    """With the box that has this public key, 64 hexadecimal digits, enrolled. Raises BadInput for what is no key."""
    digits = "".join(key.split()).lower()
    if not _KEY.fullmatch(digits):
        raise BadInput("A box's public key is 64 hexadecimal digits, as the box shows it: copy them all.")
    box = EnrolledBox(id=box_id_of(bytes.fromhex(digits)), key=digits, name=name.strip()[:200])
    return replace(catalogue, boxes=(*(each for each in catalogue.boxes if each.id != box.id), box))


def without_box(catalogue: Catalogue, box_id: str) -> Catalogue:
    """With the box of this id no longer enrolled. Raises BadInput where it is not."""
    boxes = tuple(each for each in catalogue.boxes if each.id != box_id)
    if boxes == catalogue.boxes:
        raise BadInput(f"No box “{box_id}” is enrolled: see `ideascube hub list`.")
    return replace(catalogue, boxes=boxes)


def with_parcels(catalogue: Catalogue, parcels: Iterable[Mapping[str, Any]]) -> Catalogue:
    """With these parcels (docs/formats/sharing.md) in place of earlier ones of the same kind and id.

    A withdrawn one stays as such, so that boxes learn of it.
    """
    new = {(each.get("kind"), each["id"]): each for each in parcels}
    others = (each for each in catalogue.creations if (each.get("kind"), each["id"]) not in new)
    return replace(catalogue, creations=(*others, *new.values()))


def _others(catalogue: Catalogue, pack_id: str) -> tuple[SignedPack, ...]:
    return tuple(each for each in catalogue.packs if each.id != pack_id)
