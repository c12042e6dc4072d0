"""Metadata of The Update Framework as a hub has them: made and signed here, read and written elsewhere.

https://theupdateframework.github.io/specification/latest/, section 4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization.json import JSONSerializer

from provisioning.trust.clock import written
from provisioning.trust.hub_paths import snapshot_path, targets_path
from provisioning.trust.metadata import PUBLISHED, TARGET, SignedFile

T = TypeVar("T", Root, Timestamp, Snapshot, Targets)

_PUBLISHED_ROLES = (Timestamp.type, Snapshot.type, Targets.type)


@dataclass(frozen=True, slots=True)
class Publication:
    """What makes one state of the catalogue known: `files` with their paths, in their order, then `timestamp`."""

    number: int
    files: tuple[tuple[str, bytes], ...]
    snapshot: bytes
    targets: bytes
    timestamp: bytes


def publication(number: int, catalogue: bytes, signer: CryptoSigner, now: datetime, expires: datetime) -> Publication:
    """The files of publication `number`. `now` and `expires`: to the second, in UTC."""
    target = TargetFile.from_data(TARGET, catalogue, ["sha256"])
    targets = _signed(Targets(number, expires=expires, targets={TARGET: target}), [signer])
    snapshot = _signed(Snapshot(number, expires=expires, meta={"targets.json": _described(number, targets)}), [signer])
    fields = {PUBLISHED: written(now)}
    timestamp = Timestamp(
        number, expires=expires, snapshot_meta=_described(number, snapshot), unrecognized_fields=fields
    )
    files = (
        (SignedFile(len(catalogue), hashlib.sha256(catalogue).hexdigest()).path, catalogue),
        (targets_path(number), targets),
        (snapshot_path(number), snapshot),
    )
    return Publication(number, files, snapshot, targets, _signed(timestamp, [signer]))


def first_root(roots: Sequence[CryptoSigner], publish: CryptoSigner, threshold: int, expires: datetime) -> bytes:
    """The root that a hub begins with: `threshold` of the keys `roots` say who may sign."""
    root = Root(1, expires=expires, consistent_snapshot=True)
    for signer in roots:
        root.add_key(signer.public_key, Root.type)
    root.roles[Root.type].threshold = threshold
    for role in _PUBLISHED_ROLES:
        root.add_key(publish.public_key, role)
    return _signed(root, roots)


def next_root(
    before: Root,
    signers: Sequence[CryptoSigner],
    *,
    publish: Sequence[CryptoSigner],
    roots: Sequence[CryptoSigner] | None,
    expires: datetime,
) -> bytes:
    """The root after `before`: with the keys `publish` for what is published, and `roots` (None: as before) for roots.

    `signers`: keys of `before`, as many as it wants. The new ones sign as well.
    """
    root = Root.from_dict(before.to_dict())
    root.version += 1
    root.expires = expires
    if roots is not None:
        _replace(root, Root.type, roots)
    for role in _PUBLISHED_ROLES:
        _replace(root, role, publish)
    return _signed(root, [*signers, *(roots or ())])


def _replace(root: Root, role: str, signers: Sequence[CryptoSigner]) -> None:
    for key_id in list(root.roles[role].keyids):
        root.revoke_key(key_id, role)
    for signer in signers:
        root.add_key(signer.public_key, role)
    root.roles[role].threshold = min(root.roles[role].threshold, len(signers))


def _signed(signed: T, signers: Sequence[CryptoSigner]) -> bytes:
    metadata = Metadata[T](signed)
    for signer in signers:
        metadata.sign(signer, append=True)
    return bytes(metadata.to_bytes(JSONSerializer(compact=True)))


def _described(number: int, content: bytes) -> MetaFile:
    return MetaFile(number, len(content), {"sha256": hashlib.sha256(content).hexdigest()})
