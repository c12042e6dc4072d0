"""A new hub, and new keys for one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from securesystemslib.signer import CryptoSigner

from content_packs.errors import BadInput
from content_packs.store.durable import flush_folder
from provisioning.hub.hub import ROOT_DAYS, Hub, hub_lock, write_hub
from provisioning.hub.keys import NEW_PUBLISH, NEW_ROOT, PUBLISH, ROOT, key_of, load_key, made_key
from provisioning.hub.publishing import Session
from provisioning.hub.repository import first_root, next_root, publication
from provisioning.storage import Storage, open_storage
from provisioning.trust.catalogue import Catalogue
from provisioning.trust.hub_paths import TIMESTAMP_PATH, root_path
from provisioning.trust.kept import Kept
from provisioning.trust.metadata import TrustedMetadata
from provisioning.trust.refresh import ROOT_LIMIT


async def found_hub(hub: Hub, catalogue: Catalogue, threshold: int) -> str:
    """Make the keys and put the first metadata to the hub's address; give the fingerprint of its root.

    Interrupted, it goes on with the same keys. Raises BadInput where a hub is there already, and as a Storage.
    """
    if (hub.keys / "hub.json").exists():
        raise BadInput(f"The data folder {hub.data.root} has a hub already: give another one with --data.")
    with hub_lock(hub):
        kept = Kept(hub.trust)
        root = kept.metadata("root") or _first_root(hub, threshold)
        async with open_storage(hub.url, hub.data.keys, make=True) as storage:
            await _refuse_other_hub(storage, root)
            kept.keep_metadata("root", root)
            await _put_first(hub, storage, root, catalogue)
        write_hub(hub)
    return fingerprint(1, root)


def fingerprint(version: int, root: bytes) -> str:
    """What boxes are given so that they know the root: `provisioning.trust.begin`."""
    digest = hashlib.sha256(root).hexdigest()
    return digest if version == 1 else f"{version}:{digest}"


def _first_root(hub: Hub, threshold: int) -> bytes:
    roots = [made_key(folder / ROOT) for folder in root_folders(hub)]
    return first_root(roots, made_key(hub.keys / PUBLISH), threshold, _root_expires())


async def _refuse_other_hub(storage: Storage, root: bytes) -> None:
    path = root_path(1)
    if await storage.exists(path) and await storage.get(path, ROOT_LIMIT) != root:
        raise BadInput(
            f"{storage.shown} is a hub already. To publish to it from here too, copy keys/hub from where that is done."
        )


async def _put_first(hub: Hub, storage: Storage, root: bytes, catalogue: Catalogue) -> None:
    if await storage.exists(TIMESTAMP_PATH):
        return  # what was interrupted had come that far
    now = datetime.now(UTC).replace(microsecond=0)
    signer = load_key(hub.keys / PUBLISH)
    first = publication(1, catalogue.to_bytes(), signer, now, now + hub.validity)
    for path, content in ((root_path(1), root), *first.files, (TIMESTAMP_PATH, first.timestamp)):
        await storage.put(path, content)


def root_folders(hub: Hub) -> list[Path]:
    return [Path(folder) for folder in hub.root_folders] or [hub.keys]


async def rotate(session: Session, *, with_roots: bool) -> str:
    """Give the hub a new key for publishing, and new root keys where wanted. Gives the new root's fingerprint.

    Two new roots: the first trusts the old and the new key, so that at no moment anything is signed by a key that boxes
    do not trust; the second the new one alone. Interrupted, it is done again from the beginning.
    """
    keys, folders = session.hub.keys, root_folders(session.hub)
    old = key_of((keys / NEW_PUBLISH, keys / PUBLISH), session.root.roles["timestamp"].keyids)
    new = made_key(keys / NEW_PUBLISH)
    await _put_root(session, publish=[old, new], roots=None)
    await session.commit(session.catalogue)
    roots = [made_key(folder / NEW_ROOT) for folder in folders] if with_roots else None
    content = await _put_root(session, publish=[new], roots=roots)
    renames = [
        (keys / NEW_PUBLISH, keys / PUBLISH),
        *((each / NEW_ROOT, each / ROOT) for each in folders if with_roots),
    ]
    for there, here in renames:
        there.replace(here)
        flush_folder(here.parent)
    return fingerprint(session.root.version, content)


async def _put_root(
    session: Session, *, publish: Sequence[CryptoSigner], roots: Sequence[CryptoSigner] | None
) -> bytes:
    """Have the next root at the hub, which boxes follow from then on."""
    content = next_root(session.root, _root_signers(session), publish=publish, roots=roots, expires=_root_expires())
    trusted = TrustedMetadata("hub", Kept(session.hub.trust).metadata("root") or b"")
    trusted.update_root(content)
    await session.storage.put(root_path(trusted.root.version), content)
    Kept(session.hub.trust).keep_metadata("root", content)
    session.root = trusted.root
    return content


def _root_signers(session: Session) -> list[CryptoSigner]:
    """Those of the keys that may sign a root which are here. Raises BadInput where they are too few."""
    role = session.root.roles["root"]
    paths = [folder / name for folder in root_folders(session.hub) for name in (ROOT, NEW_ROOT)]
    found = {key.public_key.keyid: key for path in paths if path.exists() for key in [load_key(path)]}
    signers = [key for key_id, key in found.items() if key_id in role.keyids]
    if len(signers) < role.threshold:
        folders = ", ".join(map(str, root_folders(session.hub)))
        raise BadInput(f"{role.threshold} root keys are wanted and {len(signers)} are here ({folders}): plug them in.")
    return signers


def _root_expires() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=ROOT_DAYS)
