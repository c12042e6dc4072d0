"""ZIP archives that anyone may have made: looked at and unpacked without letting them out of a folder or a bound.

What is refused beforehand is in `zip_directory` and `zip_names`. What an archive's files mean is not known here.
Limits: `docs/formats/importers.md`.
"""

from __future__ import annotations

import errno
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from content_packs.errors import BadInput, IdeascubeError, NoSpace, NotAllowed, is_disk_full
from content_packs.zip_directory import DEFAULT_LIMITS, GuardedFile, Limits, Member, safe_members
from content_packs.zip_names import shown

__all__ = ["DEFAULT_LIMITS", "SPACE_RESERVE", "Limits", "Member", "Progress", "SafeZip", "is_zip"]

# Told bytes done and bytes in all.
Progress = Callable[[int, int], None]

_PIECE = 1024 * 1024  # bytes unpacked at a time
SPACE_RESERVE = 64 * 1024 * 1024  # bytes left free on the disk
_SPACE_LOOK = 64 * 1024 * 1024  # bytes written between two looks at the free space
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
            self._opened = GuardedFile(file, limits)
            try:
                self._zip = zipfile.ZipFile(self._opened)
                self._opened.guarding = False
                self.members = safe_members(self._zip, file.stat().st_size, limits)
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

    def head(self, member: Member, size: int) -> bytes:
        """The first `size` bytes of a member, or all where there are fewer. Raises BadInput for a damaged one."""
        with self._errors(), self._zip.open(member.info) as source:
            return source.read(size)

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
            while piece := source.read(_PIECE):
                done += len(piece)
                yield piece
        if done != member.size:
            raise zipfile.BadZipFile(f"{member.path} is shorter than it says")

    def _need_space(self, needed: int, folder: Path) -> None:
        with self._errors():
            free = shutil.disk_usage(folder).free
        needed += SPACE_RESERVE
        if needed > free:
            raise NoSpace(
                f"{self.file.name} needs {needed / 1e6:.0f} MB to be unpacked, and the disk where it is to go has "
                f"{free / 1e6:.0f} MB free: make room, or use a larger disk."
            )

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


def _add(progress: Callable[[int], None], before: int, done: int) -> None:
    progress(before + done)


def _explained(error: OSError, file: Path) -> IdeascubeError:
    if is_disk_full(error):
        return NoSpace(f"The disk became full while {file.name} was unpacked: make room, or use a larger disk.")
    if error.errno in (errno.ENOENT, errno.EISDIR):
        return BadInput(f"There is no file {error.filename}: correct the name.")
    return NotAllowed(f"{error.filename or file}: {error.strerror or error}. {file.name} cannot be unpacked.")
