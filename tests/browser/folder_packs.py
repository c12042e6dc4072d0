"""ZIM files of the folders in `packs`: pages that run scripts, as other people's packs do."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from tests.support.zims import make_zim

FOLDERS = Path(__file__).parent / "packs"
Entries = Mapping[str, tuple[str, str | bytes | Path]]


def zim_of_folder(name: str, target: Path, more: Entries | None = None) -> Path:
    """The folder as a pack of that name in the folder `target`; `more` are entries that no file name can hold."""
    folder = FOLDERS / name
    files = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}
    entries = {path: (_mimetype(path), file.read_text()) for path, file in files.items()}
    return make_zim(target / f"{name}.zim", {**entries, **(more or {})}, main="index.html", title=name.title())


def _mimetype(path: str) -> str:
    guessed = mimetypes.guess_type(path)[0]
    assert guessed is not None, path
    return guessed
