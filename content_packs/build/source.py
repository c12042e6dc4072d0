"""The files of a pack's folder: found, named as entries of a ZIM are, and put in a stable order.

What the files mean is not known here: see `plan`. There may be hundreds of thousands, so that little is kept of each.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from content_packs.errors import BadInput, NotAllowed

# What systems and programs leave among people's files; `~$…` is of Word, for as long as a document is open.
_LEFT_OUT = ("thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information")
_LEFT_OUT_BEGINNINGS = (".", "~$")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file; `path` as in the ZIM: relative, with `/`, composed letters (NFC); `place` where it is on the disk."""

    path: str
    place: str
    size: int

    @property
    def file(self) -> Path:
        return Path(self.place)


@dataclass(slots=True)
class SourceFolder:
    """All files of a folder by their paths, sorted, and what was left out with the reason."""

    files: dict[str, SourceFile] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def scan_folder(root: Path, left_out: frozenset[str] = frozenset()) -> SourceFolder:
    """The files under `root` but hidden ones and those whose path is in `left_out`.

    Raises BadInput for names that no ZIM can hold, NotAllowed for what cannot be read.
    """
    found = SourceFolder()
    for entry in _walk(root):
        path = _entry_path(os.path.relpath(entry.path, root))
        if path in left_out:
            continue
        if not _belongs(entry, root):
            found.warnings.append(f"{path} is left out: it is no file of this folder.")
            continue
        if path in found.files:
            raise BadInput(f"{path} is there twice, written with different letters for the same signs: remove one.")
        found.files[path] = SourceFile(path, entry.path, entry.stat().st_size)
    found.files = dict(sorted(found.files.items()))
    found.warnings.extend(_case_warnings(found.files))
    return found


def _walk(root: Path) -> Iterator[os.DirEntry[str]]:
    """Everything that is no folder, in the order of names; a link to a folder is not followed."""
    folders = [str(root)]
    while folders:
        try:
            with os.scandir(folders.pop()) as found:
                entries = sorted((one for one in found if not is_left_out(one.name)), key=lambda one: one.name)
        except OSError as error:
            raise NotAllowed(f"{error.filename} cannot be read: {error.strerror}.") from error
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                yield entry


def is_left_out(name: str) -> bool:
    """Whether a file or folder of this name is hidden, or nobody's content."""
    return name.startswith(_LEFT_OUT_BEGINNINGS) or name.lower() in _LEFT_OUT


def _belongs(entry: os.DirEntry[str], root: Path) -> bool:
    """Whether it is a file, or a link to a file, of the folder: no device, and nothing from elsewhere."""
    if entry.is_file(follow_symlinks=False):
        return True
    return entry.is_file() and Path(entry.path).resolve().is_relative_to(root.resolve())


def _entry_path(path: str) -> str:
    try:
        path.encode()
    except UnicodeEncodeError:
        readable = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        raise BadInput(f"The name of {readable} is not UTF-8: rename the file.") from None
    return unicodedata.normalize("NFC", path)


def _case_warnings(paths: Iterable[str]) -> Iterator[str]:
    """A ZIM tells `Tap.png` from `tap.png`; a memory card that it is unpacked to does not."""
    first: dict[str, str] = {}
    for path in paths:
        if (other := first.setdefault(path.casefold(), path)) != path:
            yield f"{other} and {path} differ in capital letters only, and not every disk keeps them apart: rename one."
