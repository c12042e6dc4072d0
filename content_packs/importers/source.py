"""What an importer is given: a folder, a ZIP archive of one, or a single file, all seen as files by their paths.

What the files mean is not known here.
"""

from __future__ import annotations

import datetime
import errno
import os
import shutil
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from content_packs.build.file_types import ITEM_ENDINGS
from content_packs.build.source import SourceFile, is_left_out, scan_folder
from content_packs.errors import BadInput, IdeascubeError, NoSpace, NotAllowed, is_disk_full
from content_packs.unpack import SPACE_RESERVE, Member, SafeZip, is_zip

# Told bytes done and bytes in all.
Progress = Callable[[int, int], None]

_EARLIEST = datetime.date(1980, 1, 1)


class Source(ABC):
    """A folder of files, wherever it lies.

    `name`: of the folder or file, without an ending; `files`: sizes in bytes by path, in the order of the paths;
    `date`: the newest file's; `notes`: what was left out already.
    """

    name: str
    files: Mapping[str, int]
    date: datetime.date
    notes: Sequence[str] = ()

    @abstractmethod
    def head(self, path: str, size: int) -> bytes:
        """The first `size` bytes of a file. Raises BadInput or NotAllowed."""

    @abstractmethod
    def bring(self, path: str, target: Path) -> None:
        """Put a file at a new place, without a copy where that can be. Raises BadInput, NoSpace or NotAllowed."""


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """The folder, archive or single file at `path`. Raises BadInput for what is none, and for a refused archive."""
    if path.is_dir():
        yield FolderSource(path)
    elif is_zip(path) and path.suffix.lower() not in ITEM_ENDINGS:
        with SafeZip(path) as archive:
            yield ZipSource(archive)
    elif path.suffix.lower() in ITEM_ENDINGS and path.is_file():
        yield FileSource(path)
    else:
        raise _no_source(path)


def _no_source(path: Path) -> BadInput:
    if not path.exists():
        return BadInput(f"There is no file or folder {path}: correct the name.")
    if path.suffix in (".zim", ".zimaa"):
        return BadInput(f"{path.name} is a pack already: add it to a library with `ideascube pack install`.")
    return BadInput(f"{path.name} is no folder, no ZIP archive, no film, sound, PDF or EPUB: give one of these.")


class _Files(Source):
    """What sources that lie on the disk as files share."""

    def __init__(self, name: str, files: Mapping[str, SourceFile]) -> None:
        self.name = name
        self._files = files
        self.files = {path: file.size for path, file in files.items()}
        self.date = max((_day(file.file.stat().st_mtime) for file in files.values()), default=_EARLIEST)

    def head(self, path: str, size: int) -> bytes:
        try:
            with self._files[path].file.open("rb") as opened:
                return opened.read(size)
        except OSError as error:
            raise NotAllowed(f"{path} cannot be read: {error.strerror}.") from error

    def bring(self, path: str, target: Path) -> None:
        file = self._files[path].file.resolve()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(file, target)
            except OSError as error:
                if error.errno == errno.EEXIST:
                    raise
                _copy(file, target)
        except OSError as error:
            raise explained(error, path) from error


class FolderSource(_Files):
    """A folder, without its hidden files and links to elsewhere."""

    def __init__(self, folder: Path) -> None:
        found = scan_folder(folder)
        super().__init__(folder.resolve().name, found.files)
        self.notes = tuple(found.warnings)


class FileSource(_Files):
    """One file, as if it lay in a folder of its own."""

    def __init__(self, file: Path) -> None:
        path = unicodedata.normalize("NFC", file.name)
        super().__init__(file.stem, {path: SourceFile(path, str(file), file.stat().st_size)})


class ZipSource(Source):
    """A ZIP archive, without hidden files; a folder that holds all of it is passed over."""

    def __init__(self, archive: SafeZip) -> None:
        self._archive = archive
        members = [member for member in archive.members if not _is_left_out(member.path)]
        top = _top_folder([member.path for member in members])
        self._members = {member.path.removeprefix(top): member for member in members}
        self.name = archive.file.stem if archive.file.suffix.lower() == ".zip" else archive.file.name
        self.files = {path: member.size for path, member in self._members.items()}
        self.date = max((_member_day(member) for member in members), default=_EARLIEST)

    def head(self, path: str, size: int) -> bytes:
        return self._archive.head(self._members[path], size)

    def bring(self, path: str, target: Path) -> None:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise explained(error, path) from error
        self._archive.extract(self._members[path], target)


def bring_all(source: Source, targets: Mapping[str, Path], progress: Progress) -> None:
    """Bring files to their targets, by their paths. Raises as `Source.bring`."""
    total, done = sum(source.files[path] for path in targets), 0
    for path, target in targets.items():
        source.bring(path, target)
        done += source.files[path]
        progress(done, total)


def _is_left_out(path: str) -> bool:
    return any(map(is_left_out, path.split("/")))


def _top_folder(paths: list[str]) -> str:
    """The one folder that holds everything, with a slash; else nothing."""
    tops = {path.partition("/")[0] + "/" if "/" in path else "" for path in paths}
    return tops.pop() if len(tops) == 1 else ""


def _day(seconds: float) -> datetime.date:
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
    except (OverflowError, ValueError, OSError):
        return _EARLIEST


def _member_day(member: Member) -> datetime.date:
    try:
        return datetime.date(*member.info.date_time[:3])
    except ValueError:
        return _EARLIEST


def _copy(file: Path, target: Path) -> None:
    if file.stat().st_size + SPACE_RESERVE > shutil.disk_usage(target.parent).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with file.open("rb") as reader, target.open("xb") as writer:
        shutil.copyfileobj(reader, writer, 1024 * 1024)


def explained(error: OSError, path: str) -> IdeascubeError:
    """The sentence for what the disk refused while `path` was brought or written."""
    if is_disk_full(error):
        return NoSpace(f"The disk has no room for a copy of {path}: make room, or use a larger disk.")
    return NotAllowed(f"{path} cannot be copied: {error.strerror}.")
