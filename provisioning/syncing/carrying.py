"""Carrying a hub to a stick, on a machine that has a line, for boxes that have none. Nothing is installed here.

The signed catalogue with its metadata, the packs that box.yml wants, accepted creations, and what the hub's editor has
collected of each box. What boxes put on a stick comes back by `returning`.
"""

from __future__ import annotations

from pathlib import Path

from content_packs.store.durable import flush_folder, make_folder
from provisioning.outgoing.asking import Asking
from provisioning.outgoing.incoming import accepted_creations
from provisioning.outgoing.manifest import receipt_path
from provisioning.outgoing.receipt import LIMIT as RECEIPT_LIMIT
from provisioning.storage import Storage
from provisioning.storage.folder import FolderStorage
from provisioning.syncing.believing import Believed
from provisioning.syncing.copying import Copying
from provisioning.syncing.setting import Setting
from provisioning.transfers import Line, Wanted, discard, fetch
from provisioning.trust import SignedPack, trust_folder
from provisioning.trust.hub_paths import TIMESTAMP_PATH, root_path, snapshot_path, targets_path
from provisioning.trust.kept import Kept
from provisioning.trust.metadata import TrustedMetadata
from provisioning.trust.refresh import ROOT_LIMIT

_SUMS_LIMIT = 64 * 1024 * 1024  # bytes
_ARRIVING = ".arriving"


async def carry(setting: Setting, believed: Believed, source: Storage, stick: FolderStorage, line: Line) -> int:
    """Everything first, the metadata that name it last: whenever the stick is taken out, it holds the copy before, or
    this one. Gives how many files were new. What fails of one pack is noted. Raises as storages do, and Ended.
    """
    carrying = _Carrying(setting, source, stick, line)
    for pack in _wanted(setting, believed):
        with setting.board.failing("pack", pack.id):
            await carrying.bring_pack(pack)
    await carrying.bring_creations(believed)
    await carrying.put_metadata(believed)
    return carrying.count


def _wanted(setting: Setting, believed: Believed) -> list[SignedPack]:
    """The small ones first; all of them where box.yml names none."""
    wants = [want for want in setting.wishes.packs if not want.absent]
    packs = believed.catalogue.packs
    if wants:
        packs = tuple(pack for pack in packs if any(want.means(_names(pack), pack.manifest) for want in wants))
    return sorted(packs, key=lambda pack: pack.manifest.size)


def _names(pack: SignedPack) -> frozenset[str]:
    return frozenset((pack.id, *pack.manifest.aliases))


class _Carrying:
    def __init__(self, setting: Setting, source: Storage, stick: FolderStorage, line: Line) -> None:
        self._setting, self._source, self._stick, self._line = setting, source, stick, line
        self._copying = Copying(Asking(source, may_go_on=setting.pace.look), Asking(stick, attempts=1))
        self._large = 0

    @property
    def count(self) -> int:
        return self._large + self._copying.count

    async def bring_pack(self, pack: SignedPack) -> None:
        if pack.pieces is not None:
            await self._copying.copy(pack.pieces.path, _SUMS_LIMIT)
        await self._bring(pack.path, pack.manifest.size, pack.sha256)
        for delta in pack.deltas:
            await self._bring(delta.path, delta.size, delta.sha256)

    async def _bring(self, path: str, size: int, sha256: str) -> None:
        """A large file, which goes on where it was when the line or the stick went."""
        if await self._stick.size(path) == size:
            return
        self._setting.board.fetching(path, path.rpartition("/")[2], 0, size)
        arriving, target = self._stick.place(_ARRIVING), self._stick.place(path)
        wanted = Wanted(sha256[:32], size, sha256, (self._source.address(path),), name="file")
        self._stick.place(f"{_ARRIVING}/{wanted.key}")  # not through a link that a stranger's stick has there
        arrived = await fetch(wanted, self._line, arriving)
        _put(arrived, target)
        discard(arriving, wanted.key)
        self._large += 1

    async def bring_creations(self, believed: Believed) -> None:
        for creation in accepted_creations(believed.catalogue.creations):
            with self._setting.board.failing("failed", creation.key):
                await self._copying.copy_page(creation.page)
        for box in believed.catalogue.boxes:
            await self._copying.copy(receipt_path(box.id), RECEIPT_LIMIT, anew=True)

    async def put_metadata(self, believed: Believed) -> None:
        """As this machine has verified them a moment ago; all roots, since a box may know an old one only."""
        kept = Kept(trust_folder(self._setting.data, believed.source.name))
        files = [kept.metadata(role) or b"" for role in ("root", "timestamp", "snapshot", "targets")]
        trusted = TrustedMetadata(believed.source.name, files[0])
        trusted.update_timestamp(files[1])
        trusted.update_snapshot(files[2], is_ours=True)
        trusted.update_targets(files[3])
        for version in range(1, trusted.root.version + 1):
            await self._copying.copy(root_path(version), ROOT_LIMIT)
        snapshot, targets = trusted.timestamp.snapshot_meta.version, trusted.snapshot.meta["targets.json"].version
        await self._copying.put(trusted.catalogue.path, kept.catalogue(trusted.catalogue) or b"")
        await self._copying.put(targets_path(targets), files[3])
        await self._copying.put(snapshot_path(snapshot), files[2])
        await self._copying.put(TIMESTAMP_PATH, files[1])


def _put(arrived: Path, target: Path) -> None:
    make_folder(target.parent)
    arrived.replace(target)
    flush_folder(target.parent)
