"""Writing the folder that a collection's pack is built from: texts, and files of media without a second copy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from ideascube.collecting.source import SOURCE


def write_folder(folder: Path, files: Mapping[str, SOURCE]) -> None:
    """Write all files below `folder`, which is empty or not there. Raises OSError."""
    for name, source in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(source, str):
            path.write_text(source, encoding="utf-8")
        else:
            _take(source, path)


def _take(source: Path, path: Path) -> None:
    """A second name of the file where the disk knows such, else a copy."""
    try:
        os.link(source, path)
    except OSError:
        shutil.copyfile(source, path)
