"""Room for what the box indexes by itself: the disk's reserve and the folder's bound are kept."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import NoSpace
from content_packs.store.room import usual_reserve

_SHARE, _MOST = 10, 8 * 1000 * 1000 * 1000  # a tenth of the disk, bytes


class NoRoom(NoSpace):
    """What is to be indexed has no room. `needed`: bytes that have to be free for the next step."""

    def __init__(self, sentence: str, needed: int) -> None:
        super().__init__(sentence)
        self.needed = needed


@dataclass(frozen=True, slots=True)
class IndexRoom:
    """Of the folder `index`, which may still be missing. `limit`: bytes that it may take."""

    index: Path
    limit: int

    def free(self) -> int:
        """Bytes that may still be written, the reserve left out. Raises OSError."""
        disk = _existing(self.index)
        return min(self.limit - taken(self.index), shutil.disk_usage(disk).free - usual_reserve(disk))

    def need(self, size: int, what: str) -> None:
        """See that `size` bytes for `what` are free. Raises NoRoom, OSError."""
        if size <= self.free():
            return
        if size > self.limit - taken(self.index):
            raise NoRoom(
                f"The index of “{what}” is not finished, since the box's own index may take {self.limit / 1e6:.0f} MB: "
                "serve with a larger --index-limit, or remove packs without an index of their own.",
                size,
            )
        raise NoRoom(
            f"The index of “{what}” is not finished, since the disk of {self.index} is nearly full: "
            "remove a pack, or use a larger disk.",
            size,
        )


def default_limit(data: Path) -> int:
    """Bytes for all indexes where nobody says how many: a tenth of the disk, at most 8 GB."""
    return min(shutil.disk_usage(_existing(data)).total // _SHARE, _MOST)


def taken(folder: Path) -> int:
    """Bytes of all files below `folder`; what leaves meanwhile counts nothing."""
    return sum(_size(Path(where) / name) for where, _, names in os.walk(folder) for name in names)


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())
