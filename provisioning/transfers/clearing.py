"""What is on its way, and clearing away what arrives for nobody."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from pathlib import Path

from content_packs.errors import NotAllowed
from provisioning.transfers.arriving import JOURNAL, boot_id
from provisioning.transfers.journal import replay
from provisioning.transfers.journal_file import JournalFile

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")


def arrived(arriving: Path) -> dict[str, int]:
    """How many bytes are here of each file on its way, by its key. What cannot be read is left out."""
    boot, folders = boot_id(), _latest_first(arriving, set())
    found = {folder.name: replay(JournalFile(folder / JOURNAL).read(), boot) for folder in folders}
    return {key: len(progress.present) for key, progress in found.items() if progress is not None}


def clear(arriving: Path, wanted: set[str], keep: int = 0) -> int:
    """Delete what arrives for nobody: the folders of keys that are not in `wanted`. Gives the bytes that were freed.

    Of those, the ones that were used last stay as long as they are no more than `keep` bytes together: a wish that
    comes back tomorrow need not be fetched twice. What another process fetches just now stays. Raises NotAllowed.
    """
    freed = 0
    try:
        for folder in _latest_first(arriving, wanted):
            size = _size(folder)
            if size <= keep:
                keep -= size
            elif _delete(folder):
                freed += size
    except OSError as error:
        raise NotAllowed(f"What nobody wants any more in {arriving} cannot be deleted: {error.strerror}.") from error
    return freed


def discard(arriving: Path, key: str) -> None:
    """Delete all of one key: its file was used, or it shall be fetched from the beginning. Raises NotAllowed."""
    try:
        _delete(arriving / key)
    except OSError as error:
        raise NotAllowed(f"{arriving / key} cannot be deleted: {error.strerror}.") from error


def _latest_first(arriving: Path, wanted: set[str]) -> list[Path]:
    if not arriving.is_dir():
        return []
    folders = [each for each in arriving.iterdir() if _KEY.fullmatch(each.name) and each.name not in wanted]
    return sorted((each for each in folders if each.is_dir()), key=lambda each: -each.stat().st_mtime)


def _size(folder: Path) -> int:
    """Bytes on the disk: a file on its way may have holes."""
    return sum(512 * each.stat().st_blocks for each in folder.iterdir())


def _delete(folder: Path) -> bool:
    """Whether it was deleted: not while somebody holds it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
