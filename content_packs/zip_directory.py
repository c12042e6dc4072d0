"""What a ZIP archive says it holds: its members, read within bounds and refused where they are not what they should be.

Taking them out is in `unpack`, the rules on names in `zip_names`. Limits: `docs/formats/importers.md`.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import BadInput
from content_packs.zip_names import decode_name, refuse_collisions, safe_path, shown

_DIRECTORY_SIGNATURE = b"PK\x01\x02"
_LOCAL_HEADER = 30  # bytes at least before an entry's data: APPNOTE.TXT 4.3.7
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # APPNOTE.TXT 4.4.4
# What every program makes. For the others Python's unpacker has no bound on the memory that one piece takes.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold. `ratio` is unpacked bytes to packed ones, of all, from `ratio_from` bytes on."""

    total: int = 256 * 1024**3  # bytes
    entries: int = 300_000
    ratio: int = 200
    ratio_from: int = 256 * 1024**2  # bytes
    directory: int = 128 * 1024**2  # bytes of the archive's own list


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive; `path` relative, with `/`, composed letters; `size` in bytes unpacked."""

    path: str
    size: int
    info: zipfile.ZipInfo


class GuardedFile(io.BufferedReader):
    """A file that, while `guarding`, gives no list of entries that is too large to be held in memory."""

    def __init__(self, file: Path, limits: Limits) -> None:
        super().__init__(io.FileIO(file))
        self._limits = limits
        self.guarding = True

    def read(self, size: int | None = -1, /) -> bytes:
        if not self.guarding:
            return super().read(size)
        limit = self._limits.directory
        data = super().read(limit + 1 if size is None or size < 0 else min(size, limit + 1))
        if len(data) > limit or data.count(_DIRECTORY_SIGNATURE) > self._limits.entries:
            raise BadInput(f"it holds more than {self._limits.entries} files: pack them as several archives.")
        return data


def safe_members(opened: zipfile.ZipFile, packed: int, limits: Limits) -> tuple[Member, ...]:
    """The files in the order of their paths; `packed` is the archive's size in bytes. Raises BadInput."""
    infos = opened.infolist()
    members = [_member(info) for info in infos]
    found = tuple(sorted((one for one in members if one is not None), key=lambda one: one.path))
    refuse_collisions(member.path for member in found)
    _refuse_overlaps(infos, opened.start_dir)
    _refuse_bombs(sum(member.size for member in found), packed, limits)
    return found


def _member(info: zipfile.ZipInfo) -> Member | None:
    """The member that an entry makes; None for a folder. Raises BadInput for what is no plain file."""
    name = decode_name(info.orig_filename, info.flag_bits, info.extra)
    path = safe_path(name)
    form = stat.S_IFMT(info.external_attr >> 16)
    if form not in (0, stat.S_IFREG, stat.S_IFDIR):
        kind = "a link" if form == stat.S_IFLNK else "a device or pipe"
        raise BadInput(f"{shown(name)} is {kind}, no file: replace it by the file itself.")
    if name.endswith(("/", "\\")) or form == stat.S_IFDIR or not path:
        return None
    if info.flag_bits & _ENCRYPTED:
        raise BadInput(f"{shown(name)} is encrypted: zip the files again without a password.")
    if info.compress_type not in _METHODS:
        raise BadInput(
            f"{shown(name)} is packed by method {info.compress_type}: zip the files again with the usual one, Deflate."
        )
    return Member(path, info.file_size, info)


def _refuse_overlaps(infos: Iterable[zipfile.ZipInfo], end: int) -> None:
    """Entries that share their bytes are how 42 kB become 4.5 GB: https://www.bamsoftware.com/hacks/zipbomb/."""
    for info in sorted(infos, key=lambda one: one.header_offset, reverse=True):
        if info.header_offset < 0 or info.header_offset + _LOCAL_HEADER + info.compress_size > end:
            raise BadInput(f"{shown(info.filename)} overlaps another file or lies outside: get the archive again.")
        end = info.header_offset


def _refuse_bombs(total: int, packed: int, limits: Limits) -> None:
    if total > limits.total:
        raise BadInput(f"it unpacks to {total / 1e9:.0f} GB, more than {limits.total / 1e9:.0f} GB: split it.")
    if total > max(limits.ratio_from, packed * limits.ratio):
        raise BadInput(
            f"{packed} bytes would unpack to {total}, as no honest archive does: zip the files again in smaller parts."
        )
