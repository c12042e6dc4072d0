"""How a pack comes into the store and leaves it: whole or not at all, and verified before it is shown.

Write order, and what a crash leaves: docs/formats/data-folder.md
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import BadInput, BrokenPack, IdeascubeError, NoSpace, NotAllowed
from content_packs.store.library import flush_folder
from content_packs.store.scan import FoundPack, describe_file, find_packs
from content_packs.zim.parts import part_paths

COPY_PIECE = 4 * 1024 * 1024  # bytes
_RESERVE = 16 * 1024 * 1024  # bytes left free on the disk, for the box's own writing

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did: the pack's id, and whether it took the place of an older file."""

    id: str
    replaced: bool


def install_pack(
    source: Path,
    packs: Path,
    *,
    verify: Callable[[Path], None],
    move: bool = False,
    progress: Progress = lambda done, total: None,
) -> Installed:
    """Bring the ZIM file `source` (or the first part of a split one) into the folder `packs`.

    On the same file system no second copy is made: the file is linked, or moved with `move`. `verify` is called with
    the file before anything is changed, and raises what is wrong with it. `progress` gets bytes done and in all.
    Raises BadInput, BrokenPack, NoSpace or NotAllowed; the store is then as it was before.
    """
    parts = _parts_of(source)
    verify(source)
    pack_id = describe_file(source).id
    present = _present(packs, pack_id)
    _refuse_other_name(pack_id, present, parts)
    try:
        _bring(parts, packs, progress)
        _drop([path for path in present.paths if path.name not in {part.name for part in parts}] if present else [])
        _drop(parts if move else [])
        flush_folder(packs)
    except OSError as error:
        raise _explained(error, source, packs) from error
    return Installed(pack_id, replaced=present is not None)


def remove_pack(pack_id: str, packs: Path) -> FoundPack:
    """Delete the pack's files, the first part first, since it is what makes the others a pack."""
    present = _present(packs, pack_id)
    if present is None:
        raise BadInput(f"There is no pack “{pack_id}” here: `ideascube pack list` shows what there is.")
    try:
        for path in present.paths:
            path.unlink()
        flush_folder(packs)
    except OSError as error:
        raise NotAllowed(f"{present.files[0]} cannot be removed: {error.strerror}.") from error
    return present


def _parts_of(source: Path) -> list[Path]:
    if source.suffix not in (".zim", ".zimaa"):
        raise BadInput(f"{source.name} is not a pack: give a .zim file, or the first part (.zimaa) of a split one.")
    if not is_file(source):
        raise BadInput(f"There is no file {source}.")
    return part_paths(source)


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that the system cannot have is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _present(packs: Path, pack_id: str) -> FoundPack | None:
    try:
        found = find_packs(packs)
    except OSError as error:
        raise NotAllowed(f"The folder {packs} cannot be read: {error.strerror}.") from error
    return next((pack for pack in found if describe_file(pack.paths[0]).id == pack_id), None)


def _refuse_other_name(pack_id: str, present: FoundPack | None, parts: list[Path]) -> None:
    if present is None:
        return
    if present.files[0] != parts[0].name:
        raise BadInput(
            f"The pack “{pack_id}” is here already, as {present.files[0]}: "
            f"rename {parts[0].name} to that, or remove the pack first."
        )
    if any(path.samefile(part) for path, part in zip(present.paths, parts, strict=False)):
        raise BadInput(f"{parts[0].name} is in the store already.")


def _drop(paths: list[Path]) -> None:
    for path in paths:
        path.unlink()


def _bring(parts: list[Path], packs: Path, progress: Progress) -> None:
    """Every part under a hidden name first; then the names, the first part last: it makes the pack visible."""
    hidden = {part: packs / f".{part.name}.{os.getpid()}" for part in parts}
    try:
        _place_all(hidden, packs, progress)
        for part in reversed(parts):
            hidden[part].replace(packs / part.name)
        flush_folder(packs)
    finally:
        for leftover in hidden.values():
            leftover.unlink(missing_ok=True)


def _place_all(hidden: dict[Path, Path], packs: Path, progress: Progress) -> None:
    total = sum(part.stat().st_size for part in hidden)
    done = 0
    for part, target in hidden.items():
        if not _linked(part, target):
            _check_space(part, packs)
            _copy(part, target, _offset(progress, done, total))
        done += part.stat().st_size
        progress(done, total)


def _offset(progress: Progress, before: int, total: int) -> Callable[[int], None]:
    return lambda count: progress(before + count, total)


def _linked(part: Path, target: Path) -> bool:
    """A second name for the same bytes, where both lie on one file system that can."""
    try:
        os.link(part.resolve(), target)
    except OSError as error:
        if error.errno in (errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.EACCES):
            return False
        raise
    return True


def _check_space(part: Path, packs: Path) -> None:
    needed, free = part.stat().st_size + _RESERVE, shutil.disk_usage(packs).free
    if needed > free:
        raise NoSpace(
            f"{part.name} needs {needed / 1e6:.0f} MB and the disk of {packs} has {free / 1e6:.0f} MB free: "
            "remove a pack, or use a larger disk."
        )


def _copy(part: Path, target: Path, progress: Callable[[int], None]) -> None:
    copied = 0
    with part.open("rb") as source, target.open("xb") as sink:
        while piece := source.read(COPY_PIECE):
            sink.write(piece)
            copied += len(piece)
            progress(copied)
        sink.flush()
        os.fsync(sink.fileno())


def _explained(error: OSError, source: Path, packs: Path) -> IdeascubeError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoSpace(f"The disk of {packs} became full while {source.name} was copied; nothing was changed.")
    if error.errno == errno.EIO:
        return BrokenPack(f"{source.name} cannot be read whole: its disk reports an error. Copy it from elsewhere.")
    return NotAllowed(f"{source.name} cannot be installed into {packs}: {error.strerror}.")


def clean_leftovers(packs: Path) -> None:
    """Remove what an installation that was killed left behind: hidden names of processes that are gone."""
    try:
        leftovers = [path for path in packs.glob(".*.zim*.*") if not _is_alive(path.suffix.removeprefix("."))]
        for path in leftovers:
            path.unlink(missing_ok=True)
    except OSError:
        return  # the folder cannot be read or written: the scan says so


def _is_alive(pid: str) -> bool:
    return not pid.isdecimal() or Path("/proc", pid).exists()
