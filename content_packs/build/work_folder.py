"""A folder of the build's own for what is made on the way; it is gone after the build."""

from __future__ import annotations

from itertools import count
from pathlib import Path


class WorkFolder:
    """Gives names for new files. `name` is one that no other part of the build uses."""

    def __init__(self, work: Path, name: str) -> None:
        self._folder = work / name
        self._folder.mkdir()
        self._numbers = count(1)

    def new_file(self, ending: str) -> Path:
        return self._folder / f"{next(self._numbers)}{ending}"
