"""What was published of each pack, kept so that deltas can be made: `hub/` of the operator's data folder.

hub/packs/ID/NAME.zim           the newest few versions: second names of the store's files, or copies
hub/deltas/ID/OLD-NEW.delta     deltas between them; an empty file where one would be no smaller than half of NEW
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from content_packs.delta import write_delta
from content_packs.delta.container import Delta
from content_packs.errors import BadInput, BrokenEntry, BrokenPack, IdeascubeError, NoSpace, NotAllowed, is_disk_full
from content_packs.manifest.hashes import Progress, hash_file
from content_packs.store.durable import copy_file, link_file, make_folder
from content_packs.store.found import find_dropped
from content_packs.store.opening import open_pack
from content_packs.store.records import folder_name
from content_packs.store.verify import verify_pack
from content_packs.workplace import workplace
from content_packs.zim.archive import ZimArchive
from content_packs.zim.identity import Identity
from content_packs.zim.stack import open_stack, stack_identity
from provisioning.trust.catalogue import SignedDelta

_UNDATED = "undated"
_WORTH = 2  # a delta is kept where it is smaller than one part in so many of the pack


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """`path`: its ZIM file. `size` in bytes, `pieces`: SHA-256 of each MiB, one after the other."""

    path: Path
    size: int
    sha256: str
    pieces: bytes


@dataclass(frozen=True, slots=True)
class MadeDelta:
    file: Path
    signed: SignedDelta


class KeptPacks:
    """What is kept in `folder` of the pack `pack_id`. All methods are slow."""

    def __init__(self, folder: Path, pack_id: str) -> None:
        self.name = hub_name(pack_id)
        self._packs, self._deltas = folder / "packs" / self.name, folder / "deltas" / self.name

    def keep(self, files: Sequence[Path], layers: Sequence[Path], date: str, progress: Progress) -> KeptVersion:
        """One ZIM file of these, verified, read for its sums. Raises BrokenPack, NoSpace and NotAllowed."""
        try:
            make_folder(self._packs)
            with workplace(self._packs / "new") as folder:
                one = self._kept_as_one(files, layers) or _as_one(files, layers, folder / "pack.zim", progress)
                _refuse_damaged(one)
                size, hashes = hash_file(one, progress)
                place = self._packs / f"{self.name}_{date or _UNDATED}_{hashes.sha256[:8]}.zim"
                if not place.exists():
                    _bring(one, place, folder / "copy.zim")
        except OSError as error:
            kind = NoSpace if is_disk_full(error) else NotAllowed
            raise kind(f"{self._packs} cannot be written: {error.strerror}.") from error
        return KeptVersion(place, size, hashes.sha256, bytes.fromhex("".join(hashes.pieces)))

    def _kept_as_one(self, files: Sequence[Path], layers: Sequence[Path]) -> Path | None:
        """The file that was made of the same layers before: another would have other bytes, all to be sent again."""
        if not layers:
            return None
        wanted = stack_identity(open_pack(files, layers))
        return next((path for path in self._packs.glob("*.zim") if _identity(path) == wanted), None)

    def older_than(self, version: KeptVersion, count: int) -> list[Path]:
        """The newest `count` other versions."""
        others = [path for path in self._packs.glob("*.zim") if path != version.path]
        return sorted(others, key=_age, reverse=True)[:count]

    def delta(self, old: Path, new: KeptVersion, progress: Progress) -> MadeDelta | str:
        """What makes the new version of the old one; or why not, a sentence."""
        make_folder(self._deltas)
        file = self._deltas / f"{_sum_of(old)}-{_sum_of(new.path)}.delta"
        if not file.exists():
            try:
                write_delta(open_stack(old, ()), ZimArchive(new.path), file, progress)
            except (BadInput, BrokenPack, BrokenEntry) as error:
                return str(error)
            if file.stat().st_size * _WORTH >= new.size:
                file.write_bytes(b"")
        if file.stat().st_size == 0:
            return f"A delta from {old.name} to {new.path.name} would be hardly smaller than the pack: none was kept."
        return MadeDelta(file, _signed_delta(file, f"deltas/{self.name}/{file.name}"))

    def clear(self, newest: KeptVersion, count: int) -> None:
        """Keep the newest version and `count` more, and the deltas that lead to it."""
        kept = {newest.path, *self.older_than(newest, count)}
        for path in self._packs.glob("*.zim"):
            if path not in kept:
                path.unlink()
        for path in self._deltas.glob("*.delta"):
            if not path.name.endswith(f"-{_sum_of(newest.path)}.delta"):
                path.unlink()


def hub_name(pack_id: str) -> str:
    """What a pack's files are called on the hub: its id, or what is known by it, which every file system can have."""
    name = folder_name(pack_id)
    return name if name.isascii() and not set(name) & set('\\:*?"<>| %') else folder_name(f"/{pack_id}")


def _as_one(files: Sequence[Path], layers: Sequence[Path], place: Path, progress: Progress) -> Path:
    if layers:
        from content_packs.delta import flatten

        flatten(open_pack(files, layers), place, progress)
        return place
    if len(files) == 1:
        return files[0]
    with place.open("wb") as out:
        for part in files:
            with part.open("rb") as file:
                shutil.copyfileobj(file, out)
    return place


def _identity(kept: Path) -> Identity | None:
    """None for what cannot be opened."""
    try:
        return stack_identity(open_pack([kept]))
    except IdeascubeError:
        return None


def _refuse_damaged(one: Path) -> None:
    """What every box would refuse is not signed."""
    found = find_dropped(one)
    if found is None:
        raise BrokenPack(f"{one.name} is no file any more: see what happened to it.")
    verify_pack(found)


def _bring(one: Path, place: Path, copy: Path) -> None:
    if link_file(one, place):
        return
    copy_file(one, copy, lambda count: None)
    copy.replace(place)


def _age(path: Path) -> tuple[str, int]:
    """By the date in its name; of the same day, and of those without one, by when the file was written."""
    date = path.stem.rsplit("_", 2)[1]
    return ("" if date == _UNDATED else date), path.stat().st_mtime_ns


def _sum_of(path: Path) -> str:
    return path.stem.rpartition("_")[2]


def _signed_delta(file: Path, path: str) -> SignedDelta:
    size, hashes = hash_file(file)
    with Delta(file) as delta:
        about = delta.description()
    return SignedDelta(
        path=path, size=size, sha256=hashes.sha256, base=about.base, stored=about.stored, text=about.text
    )
