"""Whether what a box listed has arrived, and is what it says it is: put together, and a pack read from end to end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from content_packs.check import check_pack
from content_packs.errors import BrokenPack, IdeascubeError, NoSpace
from content_packs.manifest import Manifest
from content_packs.manifest.of_zim import manifest_of
from content_packs.zim.archive import ZimArchive
from provisioning.hub.collect.record import BROKEN, INCOMPLETE, WHOLE
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.assembling import MissingObjects, Objects, assemble
from provisioning.outgoing.pages import Sent
from provisioning.outgoing.parcels import COLLECTION


@dataclass(frozen=True, slots=True)
class Found:
    """`how`: whole, incomplete, broken; `why`: a sentence if it is not whole; `missing`: objects to be sent again."""

    how: str
    why: str = ""
    missing: set[str] = field(default_factory=set)


async def check_parcel(asking: Asking, sent: Sent, files: Path) -> Found:
    """Have its files in the folder `files`, and look at them. Raises what the storage raises. Slow for a large pack."""
    objects = Objects(asking)
    ending = ".zim" if sent.parcel.kind == COLLECTION else ""
    try:
        paths = [
            await assemble(objects, file, sent.segments[file.sha256], files, ending) for file in sent.parcel.files
        ]  # fmt: skip
        if sent.parcel.kind == COLLECTION and not sent.parcel.is_withdrawn:
            await asyncio.to_thread(_check_pack, sent, paths)
    except MissingObjects as error:
        return Found(INCOMPLETE, str(error), error.names)
    except NoSpace as error:
        return Found(INCOMPLETE, str(error))
    except BrokenPack as error:
        return Found(BROKEN, str(error))
    return Found(WHOLE)


def pack_file(sent: Sent, files: Path) -> Path:
    """Where the pack of a whole collection lies."""
    return files / f"{sent.parcel.files[0].sha256}.zim"


def _check_pack(sent: Sent, paths: list[Path]) -> None:
    parcel = sent.parcel
    if len(paths) != 1:
        raise BrokenPack(f"The collection {parcel.id} has {len(paths)} files, and a pack is one: it is refused.")
    errors = [finding for finding in check_pack(paths[0]) if finding.severity == "error"]
    if errors:
        raise BrokenPack(f"The pack of the collection {parcel.id} is damaged: {errors[0].what}. It is refused.")
    manifest = _manifest(paths[0])
    if manifest.id != parcel.id:
        raise BrokenPack(f"The pack of the collection {parcel.id} says that it is “{manifest.id}”: it is refused.")


def _manifest(path: Path) -> Manifest:
    try:
        return manifest_of(ZimArchive(path), path.stem)
    except IdeascubeError as error:
        raise BrokenPack(f"A pack cannot be opened: {error}") from error
