"""The lists of one box: refused where they are not its own, older than what was seen, or without end."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from content_packs.errors import BadInput, BrokenPack
from provisioning.hub.collect.record import SEEN_KEPT, KnownBox
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.learning import read_pages
from provisioning.outgoing.manifest import ROUTES, SIZE_LIMIT, Manifest, manifest_path, read_manifest
from provisioning.outgoing.pages import SEGMENTS_LIMIT, Sent, read_page
from provisioning.outgoing.parcels import PARCELS_LIMIT


class UnknownBox(BadInput):
    """A list of a box that is not enrolled; `manifest` says which."""

    def __init__(self, sentence: str, manifest: Manifest) -> None:
        super().__init__(sentence)
        self.manifest = manifest


@dataclass(slots=True)
class Lists:
    """What the lists of one box say together: of each parcel what the newest list says. `needed`: names of objects.

    `problems`: a sentence for each list that was refused, or page that has not arrived. `missing`: objects of pages.
    """

    box: str
    manifests: dict[str, Manifest] = field(default_factory=dict)
    sent: dict[str, Sent] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


async def find_manifest(asking: Asking, box: str) -> Manifest:
    """What the box says of itself, before it is enrolled. Raises BadInput."""
    for route in ROUTES:
        raw = await asking.get(manifest_path(box, route), SIZE_LIMIT)
        if raw is not None:
            return read_manifest(raw, box)
    raise BadInput(f"Nothing of the box {box} has arrived yet: have it sync first, or see whether the id is right.")


async def read_lists(asking: Asking, box: str, key: str | None, known: KnownBox) -> Lists:
    """All lists of the box. `key`: with which it is enrolled; `known`: what was seen before, and is brought up to date.

    Raises UnknownBox, and what the storage raises.
    """
    lists = Lists(box)
    for route in ROUTES:
        raw = await asking.get(manifest_path(box, route), SIZE_LIMIT)
        if raw is None:
            continue
        try:
            manifest = _believed(raw, box, route, key, known)
        except UnknownBox:
            raise
        except BadInput as error:
            lists.problems.append(str(error))
            continue
        lists.manifests[route] = manifest
    for manifest in sorted(lists.manifests.values(), key=lambda each: each.counter):
        await _add_pages(asking, manifest, lists)
    return lists


def _believed(raw: bytes, box: str, route: str, key: str | None, known: KnownBox) -> Manifest:
    manifest = read_manifest(raw, box)
    if key is None or manifest.key.hex() != key:
        raise UnknownBox(f"The box {box} (“{manifest.name}”) is not enrolled: nothing of it was read.", manifest)
    seen, digest = known.seen.get(route, []), hashlib.sha256(raw).hexdigest()
    newest = seen[-1] if seen else 0
    if manifest.counter < newest:
        raise BadInput(
            f"The list of the box {box} has the number {manifest.counter}, and {newest} was seen already: "
            "somebody put an old one there, or the box was restored; its next sync puts it right."
        )
    if manifest.counter == newest and known.digests.get(route, digest) != digest:
        raise BadInput(
            f"The box {box} signed two lists with the number {newest}: are there two boxes with the same key?"
        )
    if manifest.counter > newest:
        known.seen[route] = [*seen, manifest.counter][-SEEN_KEPT:]
    known.digests[route] = digest
    known.name, known.key = manifest.name, manifest.key.hex()
    return manifest


async def _add_pages(asking: Asking, manifest: Manifest, lists: Lists) -> None:
    """What a later list says of a parcel holds; what it does not mention stays."""
    count = 0
    for page in manifest.pages:
        lists.needed |= set(page)
        try:
            found = read_page(await read_pages(asking, page), lists.problems)
        except (BadInput, BrokenPack) as error:
            lists.problems.append(f"{manifest.box}: {error}")
            lists.missing |= set(page)
            continue
        count += sum(len(segments) for sent in found for segments in sent.segments.values())
        if len(lists.sent) + len(found) > PARCELS_LIMIT or count > SEGMENTS_LIMIT:
            lists.problems.append(f"The list of the box {manifest.box} has no end: the rest of it is refused.")
            return
        for sent in found:
            lists.sent[sent.parcel.key] = sent
            lists.needed |= {each.name for segments in sent.segments.values() for each in segments}
