"""What a storage knows already of what this box sends, by the receipt of the hub's editor and by our manifest there.

The first tells what went another way, or got lost; the second stands in for a note that was lost.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from content_packs.box_key import BoxKey
from content_packs.errors import BadInput, BrokenPack
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.manifest import SIZE_LIMIT, Manifest, manifest_path, read_manifest
from provisioning.outgoing.pages import Sent, read_page
from provisioning.outgoing.parcels import Parcel
from provisioning.outgoing.receipt import Receipt
from provisioning.outgoing.sent import SentNote

_CARRIER_LIMIT = 100  # bytes


def take_receipt(note: SentNote, receipt: Receipt, parcels: list[Parcel]) -> None:
    """Note what is missing after all, and what a stick brought there."""
    if missing := set(receipt.missing) & set(note.objects):
        note.forget(missing)
    carried = set(receipt.seen.get("carried", ()))
    for path in sorted(note.path.parent.glob("*.jsonl")) if carried else ():
        if path != note.path:
            _adopt(note, SentNote(path), carried, _arrived(receipt, parcels))


def _arrived(receipt: Receipt, parcels: list[Parcel]) -> list[Parcel]:
    return [parcel for parcel in parcels if parcel.key not in receipt.incomplete]


def _adopt(note: SentNote, other: SentNote, carried: set[int], parcels: list[Parcel]) -> None:
    """Take what another storage got, such as a stick, for sent, where the hub has read the list that lay there."""
    if not {counter for counter, _ in other.manifests} & carried:
        return
    files = {
        file.sha256
        for parcel in parcels
        if other.listed.get(parcel.key) == parcel.version
        for file in parcel.files
        if other.is_whole(file.sha256, file.size) and not note.is_whole(file.sha256, file.size)
    }
    if files:
        note.adopt(other, sorted(files))


async def carrier_of(asking: Asking, box: str) -> str:
    """What tells this stick from others that were plugged in at the same place: a name that it bears from now on."""
    path = f"inbox/{box}/carrier"
    found = await asking.get(path, _CARRIER_LIMIT)
    if not found:
        found = secrets.token_hex(8).encode()
        await asking.put_and_look(path, found)
    return found.decode("ascii", "replace")


async def forget_lost(asking: Asking, note: SentNote) -> None:
    """Look at each thing that the note says is on the stick; that costs next to nothing there."""
    lost = {name for name in note.objects if not await asking.has_object(name)}
    if lost:
        note.forget(lost)


async def own_manifest(asking: Asking, key: BoxKey, route: str) -> Manifest | None:
    """The manifest of this box that lies there; None where there is none that it signed."""
    raw = await asking.get(manifest_path(key.id, route), SIZE_LIMIT)
    try:
        return None if raw is None else read_manifest(raw, key.id)
    except BadInput:
        return None  # somebody else's, or damaged: it is written anew


async def take_listed(asking: Asking, manifest: Manifest, note: SentNote, files: Mapping[str, int]) -> None:
    """Note of these files (sizes by SHA-256) what the manifest lists. What of it cannot be read is sent again."""
    for page in manifest.pages:
        try:
            for sent in read_page(await read_pages(asking, page)):
                _take(note, sent, files)
        except (BadInput, BrokenPack):
            continue
    note.save()


def _take(note: SentNote, sent: Sent, files: Mapping[str, int]) -> None:
    for sha256, segments in sent.segments.items():
        if sha256 in files and not note.is_whole(sha256, files[sha256]):
            note.take_over(sha256, segments)


async def read_pages(asking: Asking, names: tuple[str, ...]) -> bytes:
    """What these objects hold, one after the other. Raises BrokenPack where one is missing or something else."""
    parts = []
    for name in names:
        content = await asking.get_object(name)
        if content is None:
            raise BrokenPack(f"The object {name} is not there: it has to be sent again.")
        parts.append(content)
    return b"".join(parts)
