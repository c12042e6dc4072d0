"""Carrying between a hub and a stick, on a machine that has a line, for boxes that have none.

To the stick: the signed catalogue with its metadata, the packs that box.yml wants, accepted creations, and what the hub's
editor has collected of each box. From the stick: what boxes put on it. Nothing is installed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from content_packs.errors import BadInput, BrokenPack
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.incoming import accepted_creations
from provisioning.outgoing.learning import read_pages
from provisioning.outgoing.manifest import SIZE_LIMIT, is_box_id, manifest_path, read_manifest, read_page, receipt_path
from provisioning.outgoing.objects import STORED_LIMIT, object_path, unpack_object
from provisioning.outgoing.receipt import LIMIT as RECEIPT_LIMIT
from provisioning.storage import Storage
from provisioning.syncing.believing import Believed
from provisioning.syncing.setting import Setting
from provisioning.syncing.state import Notice
from provisioning.transfers import Line, Wanted, discard, fetch
from provisioning.trust import SignedDelta, SignedPack, trust_folder
from provisioning.trust.kept import Kept
from provisioning.trust.metadata import TARGET, TrustedMetadata
from provisioning.trust.refresh import ROOT_LIMIT

_SUMS_LIMIT = 64 * 1024 * 1024  # bytes
_CARRIED = "carried"


class Carrying:
    """`source` and `target`: a hub and a stick, or the other way round. Methods raise as storages do, and Ended."""

    def __init__(self, setting: Setting, source: Storage, target: Storage, line: Line) -> None:
        self._setting, self._source, self._target, self._line = setting, source, target, line
        self._asking = Asking(source, may_go_on=setting.pace.look)
        self.count = 0  # things that were carried

    async def to_stick(self, believed: Believed, wanted: Iterable[SignedPack], stick: Path) -> None:
        """Everything first, the metadata that name it last: a stick that is taken out holds the copy before, or this."""
        for pack in wanted:
            with self._setting.board.failing("pack", pack.id):
                await self._bring_pack(pack, stick)
        for creation in accepted_creations(believed.catalogue.creations):
            with self._setting.board.failing("failed", creation.key):
                await self._copy_pages(creation.page)
        for box in believed.catalogue.boxes:
            await self._copy(receipt_path(box.id), RECEIPT_LIMIT, anew=True)
        await self._put_metadata(believed)

    async def _bring_pack(self, pack: SignedPack, stick: Path) -> None:
        if pack.pieces is not None:
            await self._copy(pack.pieces.path, _SUMS_LIMIT)
        size = pack.manifest.size
        await self._bring(pack.path, size, pack.sha256, stick)
        for delta in pack.deltas:
            await self._bring(delta.path, delta.size, delta.sha256, stick)

    async def _bring(self, path: str, size: int, sha256: str, stick: Path) -> None:
        """A large file, which goes on where it was when the line or the stick went."""
        if await self._target.size(path) == size:
            return
        self._setting.board.fetching(path, path.rpartition("/")[2], 0, size)
        arriving = stick / ".arriving"
        wanted = Wanted(sha256[:32], size, sha256, (self._source.address(path),), name="file")
        arrived = await fetch(wanted, self._line, arriving)
        target = stick / path
        target.parent.mkdir(parents=True, exist_ok=True)
        arrived.replace(target)
        discard(arriving, wanted.key)
        self.count += 1

    async def _put_metadata(self, believed: Believed) -> None:
        """As this machine has verified them a moment ago; the roots before, since a box may know an old one only."""
        kept = Kept(trust_folder(self._setting.data, believed.source.name))
        files = {role: kept.metadata(role) for role in ("root", "snapshot", "targets", "timestamp")}
        content, root = kept.catalogue(), files["root"]
        if content is None or root is None:
            return
        trusted = TrustedMetadata(believed.source.name, root)
        for version in range(1, trusted.root.version + 1):
            await self._copy(f"metadata/{version}.root.json", ROOT_LIMIT)
        names = _names(trusted, files)
        await self._put_new(names.pop("catalogue"), content)
        for name, raw in names.items():
            await self._put_new(name, raw)

    async def _put_new(self, path: str, content: bytes) -> None:
        if await self._asking_target(path) != content:
            await self._target.put(path, content)
            self.count += 1

    async def _asking_target(self, path: str) -> bytes | None:
        return await Asking(self._target, attempts=1).get(path, _SUMS_LIMIT)
'''
