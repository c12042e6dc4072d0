"""ZIP archives that anyone may have made: looked at and unpacked without letting them out of a folder or a bound.

The rules on names are in `zip_names`. What an archive's files mean is not known here. `docs/formats/importers.md` names
the limits.
"""

from __future__ import annotations

import errno
import io
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from content_packs.errors import BadInput, IdeascubeError, NoSpace, NotAllowed
from content_packs.zip_names import decode_name, refuse_collisions, safe_path, shown

# Told bytes done and bytes in all.
Progress = Callable[[int, int], None]

PIECE = 1024 * 1024  # bytes unpacked at a time
SPACE_RESERVE = 64 * 1024 * 1024  # bytes left free on the disk
_DIRECTORY_SIGNATURE = b"PK\x01\x02"
_SPACE_LOOK = 64 * 1024 * 1024  # bytes written between two looks at the free space
_LOCAL_HEADER = 30  # bytes at least before an entry's data: APPNOTE.TXT 4.3.7
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # APPNOTE.TXT 4.4.4
# What every program makes. For the others Python's unpacker has no bound on the memory that one piece takes.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# All that zipfile raises for what is wrong in a file, as against the disk.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    IndexError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


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


def is_zip(file: Path) -> bool:
    """Whether the file begins as a ZIP archive does, be it whole or not."""
    try:
        with file.open("rb") as opened:
            return opened.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return False


class SafeZip:
    """An open archive. `members` are its files in the order of their paths; it makes no members of folders.

    Opening it raises BadInput for an archive that is damaged, encrypted, too large, packed too tight to be honest or by
    a rare method, or that has a name, link or device which is refused; NotAllowed for a file that cannot be read.
    """

    def __init__(self, file: Path, limits: Limits = DEFAULT_LIMITS) -> None:
        self.file = file
        with self._errors():
            self._opened = _Guarded(file, limits)
            try:
                self._zip = zipfile.ZipFile(self._opened)
                self._opened.guarding = False
                self.members = self._safe_members(limits)
            except BaseException:
                self._opened.close()
                raise
        self._by_path = {member.path: member for member in self.members}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        self._opened.close()

    def find(self, path: str) -> Member | None:
        return self._by_path.get(path)

    def read(self, member: Member, limit: int) -> bytes:
        """All of a member of at most `limit` bytes. Raises BadInput for a longer or damaged one."""
        if member.size > limit:
            raise BadInput(f"{self.file.name}: {shown(member.path)} is larger than {limit // 1024} KiB: shorten it.")
        with self._errors():
            return b"".join(self._pieces(member))

    def extract(self, member: Member, target: Path, progress: Progress = lambda done, total: None) -> None:
        """Write one member to the new file `target`. Raises BadInput, NoSpace, NotAllowed; then nothing is left."""
        self._need_space(member.size, target.parent)
        with self._errors():
            try:
                self._write(member, target, lambda done: progress(done, member.size))
            except FileExistsError:
                raise
            except BaseException:
                target.unlink(missing_ok=True)
                raise

    def extract_all(
        self,
        into: Path,
        members: Iterable[Member] | None = None,
        progress: Progress = lambda done, total: None,
    ) -> None:
        """Unpack `members`, or all, into the new folder `into`. Raises as `extract`; then nothing is left of it."""
        chosen = self.members if members is None else tuple(members)
        total = sum(member.size for member in chosen)
        self._need_space(total, into.parent)
        with self._errors():
            into.mkdir()
            try:
                self._write_all(chosen, into, lambda done: progress(done, total))
            except BaseException:
                shutil.rmtree(into, ignore_errors=True)
                raise

    def _write_all(self, members: Iterable[Member], into: Path, progress: Callable[[int], None]) -> None:
        before = 0
        for member in members:
            target = into / member.path
            target.parent.mkdir(parents=True, exist_ok=True)
            self._write(member, target, partial(_add, progress, before))
            before += member.size

    def _write(self, member: Member, target: Path, progress: Callable[[int], None]) -> None:
        """`x` neither follows a link nor writes over a file."""
        done, next_look = 0, _SPACE_LOOK
        with target.open("xb") as sink:
            for piece in self._pieces(member):
                sink.write(piece)
                done += len(piece)
                progress(done)
                if done >= next_look:
                    next_look = done + _SPACE_LOOK
                    self._need_space(0, target.parent)

    def _pieces(self, member: Member) -> Iterator[bytes]:
        """The bytes of a member, never more than it says; zipfile compares their checksum at the end."""
        done = 0
        with self._zip.open(member.info) as source:
            while piece := source.read(PIECE):
                done += len(piece)
                yield piece
        if done != member.size:
            raise zipfile.BadZipFile(f"{member.path} is shorter than it says")

    def _need_space(self, needed: int, folder: Path) -> None:
        with self._errors():
            free = shutil.disk_usage(folder).free
        if needed + SPACE_RESERVE > free:
            raise NoSpace(
                f"{self.file.name} needs {needed / 1e6:.0f} MB to be unpacked and the disk of {folder} has "
                f"{free / 1e6:.0f} MB free: make room, or use a larger disk."
            )

    def _safe_members(self, limits: Limits) -> tuple[Member, ...]:
        infos = self._zip.infolist()
        members = [_member(info) for info in infos]
        found = tuple(sorted((one for one in members if one is not None), key=lambda one: one.path))
        refuse_collisions(member.path for member in found)
        _refuse_overlaps(infos, self._zip.start_dir)
        _refuse_bombs(sum(member.size for member in found), self.file.stat().st_size, limits)
        return found

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Every failure as one sentence that begins with the archive's name."""
        try:
            yield
        except BadInput as error:
            raise BadInput(f"{self.file.name}: {error}") from error
        except _DAMAGED as error:
            raise BadInput(f"{self.file.name} is damaged, or no ZIP archive: get it again.") from error
        except OSError as error:
            raise _explained(error, self.file) from error


class _Guarded(io.BufferedReader):
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


def _add(progress: Callable[[int], None], before: int, done: int) -> None:
    progress(before + done)


def _explained(error: OSError, file: Path) -> IdeascubeError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoSpace(f"The disk became full while {file.name} was unpacked: make room, or use a larger disk.")
    if error.errno in (errno.ENOENT, errno.EISDIR):
        return BadInput(f"There is no file {error.filename}: correct the name.")
    return NotAllowed(f"{error.filename or file}: {error.strerror or error}. {file.name} cannot be unpacked.")
