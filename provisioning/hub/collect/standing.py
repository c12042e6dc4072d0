"""Where each parcel stands with the signed catalogue, and what follows from it. Rules only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from content_packs.errors import BadInput
from provisioning.hub.collect.record import WHOLE
from provisioning.outgoing.pages import Sent
from provisioning.outgoing.parcels import COLLECTION, COUNTERS, CREATION, SHARED
from provisioning.trust.catalogue import Catalogue, SignedPack

NEW, CHANGED, ACCEPTED, TAKEN_BACK, READ = "new", "changed", "accepted", "withdrawn", "read"


@dataclass(frozen=True, slots=True)
class Row:
    """A parcel of a box. `standing`: new and changed wait for the editor; withdrawn; accepted; read (counters);
    else incomplete or broken, with `why`. `warning`: what the editor should know first, or empty.
    """

    box: str
    sent: Sent
    standing: str
    why: str = ""
    warning: str = ""

    @property
    def name(self) -> str:
        """As the editor gives it to --accept."""
        return f"{self.box}.{self.sent.parcel.key}"

    @property
    def waits(self) -> bool:
        return self.standing in (NEW, CHANGED)


def row(box: str, sent: Sent, found: str, why: str, catalogue: Catalogue) -> Row:
    """Where this parcel stands. `found`: as in the record."""
    if found != WHOLE:
        return Row(box, sent, found, why)
    if sent.parcel.kind == COUNTERS:
        return Row(box, sent, READ)
    if sent.parcel.is_withdrawn:
        return Row(box, sent, TAKEN_BACK)
    version = accepted_version(catalogue, box, sent)
    standing = NEW if version is None else ACCEPTED if version == sent.parcel.version else CHANGED
    return Row(box, sent, standing, warning=_warning(box, sent, catalogue))


def accepted_version(catalogue: Catalogue, box: str, sent: Sent) -> str | None:
    """The version that is in the catalogue from this box and is not withdrawn; None where there is none."""
    if sent.parcel.kind == COLLECTION:
        pack = catalogue.pack(sent.parcel.id)
        return pack.manifest.version if pack is not None and origin(pack) == box else None
    entry = creation_of(catalogue, box, sent.parcel.id)
    return str(entry["version"]) if entry is not None and entry.get("state") == SHARED else None


def origin(pack: SignedPack) -> str:
    """The box whose collection the pack is; empty for the organisation's own."""
    box = pack.more.get("box")
    return box if isinstance(box, str) else ""


def from_box(pack: SignedPack, box: str) -> SignedPack:
    return replace(pack, more={**pack.more, "box": box})


def creation_of(catalogue: Catalogue, box: str, creation: str) -> Mapping[str, Any] | None:
    return next((each for each in catalogue.creations if (each.get("box"), each["id"]) == (box, creation)), None)


def _warning(box: str, sent: Sent, catalogue: Catalogue) -> str:
    if sent.parcel.kind == COLLECTION:
        pack = catalogue.pack(sent.parcel.id)
        if pack is not None and origin(pack) != box:
            owner = f"the box {origin(pack)}" if origin(pack) else "your organisation"
            return f"it would take the place of a pack of {owner}"
        return ""
    others = [each["box"] for each in rivals(catalogue, box, sent)]
    return f"the box {others[0]} has changed it too: boxes will get both" if others else ""


def rivals(catalogue: Catalogue, box: str, sent: Sent) -> list[Mapping[str, Any]]:
    """Other boxes' versions of the same creation that this one was not made of."""
    ancestors = set(map(str, sent.parcel.document.get("about", {}).get("ancestors", ())))
    return [
        each
        for each in catalogue.creations
        if each["id"] == sent.parcel.id and each.get("box") != box and each.get("version") not in ancestors
        and each.get("version") != sent.parcel.version and each.get("state") == SHARED
    ]  # fmt: skip


def with_creation(catalogue: Catalogue, box: str, sent: Sent, page: Iterable[str]) -> Catalogue:
    """With this version of it from this box; what it was made of, from whichever box, leaves. A withdrawal stays."""
    parcel = sent.parcel
    entry = {
        "kind": CREATION, "id": parcel.id, "box": box, "version": parcel.version, "state": parcel.state,
        "page": list(page),
    }  # fmt: skip
    keep = {each["box"] for each in rivals(catalogue, box, sent)}
    others = (
        each
        for each in catalogue.creations
        if each["id"] != parcel.id or (each.get("box") != box and (parcel.is_withdrawn or each.get("box") in keep))
    )
    return replace(catalogue, creations=(*others, entry))


def to_take_back(rows: Iterable[Row], catalogue: Catalogue) -> list[Row]:
    """Those that their boxes withdrew and that the catalogue still has. Nobody has to agree to that."""
    return [
        each
        for each in rows
        if each.standing == TAKEN_BACK and accepted_version(catalogue, each.box, each.sent) is not None
    ]


def chosen(rows: list[Row], names: Iterable[str], boxes: Collection[str]) -> list[Row]:
    """What the editor accepts: by name, and all that waits of a box but what would take another's place.

    Raises BadInput for a name that is not there, or that cannot be accepted as it is.
    """
    by_name = {each.name: each for each in rows}
    unknown = set(boxes) - {each.box for each in rows}
    if unknown:
        raise BadInput(f"Nothing of the box {min(unknown)[:100]} is here: `ideascube hub collect` lists what there is.")
    picked = {}
    for name in names:
        if name not in by_name:
            raise BadInput(f"Nothing is called {name[:200]}: `ideascube hub collect` lists what there is.")
        if by_name[name].standing not in (NEW, CHANGED, ACCEPTED):
            raise BadInput(f"{name} cannot be accepted: it is {by_name[name].standing}. {by_name[name].why}".rstrip())
        picked[name] = by_name[name]
    for each in rows:
        if each.box in set(boxes) and each.waits and (each.sent.parcel.kind != COLLECTION or not each.warning):
            picked[each.name] = each
    return [each for each in picked.values() if each.waits]
