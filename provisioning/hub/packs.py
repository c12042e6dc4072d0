"""Packs that are published: what is made ready here, without a line, and then sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from content_packs.commands.list import current_library
from content_packs.errors import BadInput, BrokenPack
from content_packs.manifest import METADATA_NAME, Hashes, Manifest
from content_packs.manifest.hashes import Progress
from content_packs.store.data_folder import DataFolder
from content_packs.store.found import is_file
from content_packs.store.library import PackRecord
from content_packs.store.matching import undated
from content_packs.store.opening import open_pack
from content_packs.store.scan import describe_file
from content_packs.zim.reader import PackReader
from provisioning.hub.changes import with_pack
from provisioning.hub.kept_packs import KeptPacks, KeptVersion, MadeDelta
from provisioning.hub.publishing import Session
from provisioning.trust.catalogue import Catalogue, PieceSums, SignedPack

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ReadyPack:
    """A pack with all that is sent of it. `pieces`: the content of its file of piece sums."""

    pack: SignedPack
    file: Path
    pieces: bytes
    deltas: tuple[MadeDelta, ...]


def make_ready(data: DataFolder, pack: str, keep: int, say: Say, progress: Progress) -> ReadyPack:
    """Read the pack (an id of the store, or a file), keep it, and make deltas from the `keep` versions before it. Slow.

    Raises BadInput where there is no such pack, BrokenPack where it is damaged, NoSpace and NotAllowed.
    """
    record, manifest = _found(data, pack)
    folder = data.packs if not is_file(Path(pack)) else Path(pack).parent
    files, layers = ([folder / name for name in names] for names in (record.files, record.layers))
    manifest = _named(manifest, open_pack(files, layers))
    kept = KeptPacks(data.hub, manifest.id)
    version = kept.keep(files, layers, manifest.date, progress)
    made = [kept.delta(old, version, progress) for old in kept.older_than(version, keep)]
    for each in made:
        if isinstance(each, str):
            say(each)
    deltas = tuple(each for each in made if isinstance(each, MadeDelta))
    return ReadyPack(_signed(kept.name, manifest, version, deltas), version.path, version.pieces, deltas)


async def publish(session: Session, packs: list[ReadyPack], *, older: bool = False) -> Catalogue:
    """Send the packs and publish a catalogue with them. Raises BadInput where an older one would replace a newer."""
    catalogue = session.catalogue
    for ready in packs:
        catalogue = with_pack(catalogue, ready.pack, older=older)
    for ready in packs:
        await send_pack(session, ready)
    return await session.commit(catalogue)


async def send_pack(session: Session, ready: ReadyPack) -> None:
    for delta in ready.deltas:
        await session.send(delta.signed.path, delta.file)
    if ready.pack.pieces is not None:
        await session.send(ready.pack.pieces.path, ready.pieces)
    await session.send(ready.pack.path, ready.file)


def clear_kept(data: DataFolder, ready: ReadyPack, keep: int) -> None:
    """Let go of versions that no delta is made from any more."""
    version = KeptVersion(ready.file, ready.pack.manifest.size, ready.pack.sha256, ready.pieces)
    KeptPacks(data.hub, ready.pack.id).clear(version, keep)


def _found(data: DataFolder, pack: str) -> tuple[PackRecord, Manifest]:
    record = describe_file(Path(pack)) if is_file(Path(pack)) else current_library(data).resolve(pack)
    if record is None:
        raise BadInput(f"“{pack}” is neither a file nor a pack of this library: see `ideascube pack list`.")
    if record.manifest is None:
        raise BrokenPack(record.problem or f"{pack} cannot be opened.")
    return record, record.manifest


def _named(manifest: Manifest, pack: PackReader) -> Manifest:
    """Kiwix's `wikipedia_fr_all_2026-10` and `…_2026-11` are one pack; an id that a pack gives itself is kept."""
    if pack.metadata(METADATA_NAME) is not None:
        return manifest
    return replace(manifest, id=undated(manifest.id) or manifest.id)


def _signed(name: str, manifest: Manifest, version: KeptVersion, deltas: tuple[MadeDelta, ...]) -> SignedPack:
    """Without what makes a catalogue long and comes with the pack."""
    hashes = Hashes(sha256=version.sha256)
    path = f"packs/{name}/{version.path.name}"
    return SignedPack(
        manifest=replace(manifest, size=version.size, hashes=hashes, long_descriptions={}, layers=()),
        path=path,
        pieces=PieceSums(path=f"{path.removesuffix('.zim')}.pieces", sha256=hashlib.sha256(version.pieces).hexdigest()),
        deltas=tuple(each.signed for each in deltas),
    )
