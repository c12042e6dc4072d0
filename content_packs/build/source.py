"""The files of a pack's folder: found, named as entries of a ZIM are, and put in a stable order.

What the files mean is not known here: see `plan`.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from content_packs.errors import BadInput, NotAllowed

_LEFT_OUT = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file; `path` as in the ZIM: relative, with `/`, composed letters (NFC)."""

    path: str
    file: Path
    size: int


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
    resolved_root = root.resolve()
    for file in sorted(_walk(root)):
        path = _entry_path(file.relative_to(root).as_posix())
        if path in left_out:
            continue
        if not file.resolve().is_relative_to(resolved_root) or not file.is_file():
            found.warnings.append(f"{path} is left out: it is no file of this folder.")
            continue
        if path in found.files:
            raise BadInput(f"{path} is there twice, written with different letters for the same signs: remove one.")
        found.files[path] = SourceFile(path, file, file.stat().st_size)
    found.files = dict(sorted(found.files.items()))
    return found


def _walk(root: Path) -> Iterator[Path]:
    for folder, subfolders, names in os.walk(root, onerror=_refuse):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and name.lower() not in _LEFT_OUT:
                yield Path(folder, name)


def _refuse(error: OSError) -> None:
    raise NotAllowed(f"{error.filename} cannot be read: {error.strerror}.")


def _entry_path(path: str) -> str:
    try:
        path.encode()
    except UnicodeEncodeError:
        readable = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        raise BadInput(f"The name of {readable} is not UTF-8: rename the file.") from None
    return unicodedata.normalize("NFC", path)
