"""USB sticks and other removable disks that are mounted, and whether they carry something for or from a box.

What lies on one is docs/formats/hub.md's matter; what is taken from it or put on it is decided elsewhere.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = "ideascube"
MOUNT_INFO = Path("/proc/self/mountinfo")
PLACES = ("/media", "/run/media", "/mnt")  # where Debian's desktops, udisks and people mount them
_LIMIT = 4 * 1024 * 1024  # bytes
# proc_pid_mountinfo(5): spaces, tabs, line ends and backslashes of a path are octal there.
_OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Stick:
    """A removable disk. `is_writable`: as it is mounted. `carries`: whether it has an `ideascube` folder."""

    mount: Path
    is_writable: bool
    carries: bool

    @property
    def name(self) -> str:
        """What people know it by."""
        return self.mount.name

    @property
    def folder(self) -> Path:
        return self.mount / FOLDER


def find_sticks(mount_info: Path = MOUNT_INFO, places: tuple[str, ...] = PLACES) -> list[Stick]:
    """The removable disks that are mounted now, by name. One that was just pulled out is left out."""
    try:
        with mount_info.open(encoding="utf-8", errors="surrogateescape") as file:
            text = file.read(_LIMIT)
    except OSError:
        return []
    return sorted(_readable(mounts_below(text, places)), key=lambda stick: stick.mount)


def mounts_below(mount_info: str, places: tuple[str, ...]) -> dict[Path, bool]:
    """What is mounted at or below `places`, and whether it may be written to. `mount_info`: proc_pid_mountinfo(5)."""
    found = {}
    for line in mount_info.splitlines():
        fields = line.split(" ")
        if len(fields) < 10 or not _is_of_a_device(fields):
            continue
        mount = Path(_OCTAL.sub(lambda octal: chr(int(octal[1], 8)), fields[4]))
        if any(mount.is_relative_to(place) for place in places):
            found[mount] = "rw" in fields[5].split(",")
    return found


def _is_of_a_device(fields: list[str]) -> bool:
    """Whether all of a disk is mounted there, and not a folder of one that has other names (a bind mount)."""
    source = fields[fields.index("-") + 2] if "-" in fields[:-2] else ""
    return source.startswith("/dev/") and fields[3] == "/"


def _readable(mounts: dict[Path, bool]) -> Iterator[Stick]:
    for mount, is_writable in mounts.items():
        with contextlib.suppress(OSError):
            names = {entry.name for entry in mount.iterdir()}
            yield Stick(mount, is_writable, FOLDER in names)
