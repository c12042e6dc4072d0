"""What a first install takes of the machine where the line is fast: memory, and processor time for a GB."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sync.hosts import hosts
from benchmarks.sync.line import Terms, open_line
from benchmarks.sync.ours import Ours
from benchmarks.sync.tools import Place
from benchmarks.sync.tries import Effort, insist


@dataclass(frozen=True, slots=True)
class Speed:
    """Of one program: `processor` seconds for each GB of the file, `memory` in bytes."""

    called: str
    processor: float
    memory: int


def measure_speed(pack: Path, cache: Path) -> list[Speed]:
    """Ours, and `wget -c` with `sha256sum`, both straight from nginx. Raises PreparationError, NotDoneError."""
    size = pack.stat().st_size
    return [
        Speed(called, effort.processor * 1e9 / size, effort.memory)
        for called, effort in (("ideascube sync", _ours(pack, cache)), ("wget -c, sha256sum", _wget(pack, cache)))
    ]


def _ours(pack: Path, cache: Path) -> Effort:
    with tempfile.TemporaryDirectory(prefix="work-", dir=cache) as name:
        folder = Path(name).resolve()
        with hosts(folder / "hosts") as far, open_line(Terms(), 1) as line:
            here = folder / "here"
            here.mkdir()
            place = Place(far, line, here, is_straight=True)
            return insist(Ours().fetching(place, pack, None), here, here / "log")


def _wget(pack: Path, cache: Path) -> Effort:
    with tempfile.TemporaryDirectory(prefix="work-", dir=cache) as name:
        folder = Path(name).resolve()
        with hosts(folder / "hosts") as far:
            (far.root / "file.zim").hardlink_to(pack)
            command = f"wget -c -q -O got http://127.0.0.1:{far.web}/file.zim && sha256sum got"
            return insist(["sh", "-c", command], folder, folder / "log")
