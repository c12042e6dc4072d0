"""The rows: what is fetched or sent, and by whom; how one run of it is measured over the link."""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.layers import django_releases, gimp_editions
from benchmarks.sync.hosts import hosts
from benchmarks.sync.line import Terms, Traffic, open_line, timed
from benchmarks.sync.ours import Ours
from benchmarks.sync.tools import Casync, Place, Rsync, Tool, Wget, Zsync
from benchmarks.sync.tries import Effort, NotDoneError, insist

TOOLS: tuple[Tool, ...] = (Ours(), Wget(), Rsync(), Zsync(), Casync())
FIRST, REFRESH, OUT = "first install", "refresh", "creations out"
_SENT_SIZE = 50_000_000  # bytes
_PATIENCE = 4  # times as long as the whole file takes over the link, and a minute


@dataclass(frozen=True, slots=True)
class Work:
    """`new` is to get to the other end, where `old` is already, if that is given."""

    kind: str
    called: str
    new: Path
    old: Path | None = None

    @property
    def size(self) -> int:
        return self.new.stat().st_size


@dataclass(frozen=True, slots=True)
class Run:
    """One tool at one work. `seconds` as in the field; `failed`: why it did not come to its end, or empty."""

    work: Work
    tool: str
    traffic: Traffic
    seconds: float
    effort: Effort
    failed: str = ""

    @property
    def share(self) -> float:
        """Bytes over the link, of the file's."""
        return self.traffic.bytes / self.work.size


def all_work(cache: Path, *, quick: bool) -> list[Work]:
    """What is measured. Raises PreparationError."""
    layers = cache / "layers"
    django = django_releases(layers)
    film = _film(cache, _SENT_SIZE // (20 if quick else 1))
    small = [
        Work(FIRST, "django", django[1]),
        Work(REFRESH, "django", django[1], django[0]),
        Work(OUT, "a film of 2.5 MB" if quick else "a film of 50 MB", film),
    ]
    if quick:
        return small
    gimp = gimp_editions(layers)
    return [Work(FIRST, "gimp-fr", gimp[1]), *small, Work(REFRESH, "gimp-fr, 5 % edited", gimp[1], gimp[0])]


def _film(cache: Path, size: int) -> Path:
    """Bytes as a film has them: nothing of them can be packed, and none of them are twice."""
    film = cache / f"film-{size}.webm"
    if not film.exists():
        film.write_bytes(random.Random(size).randbytes(size))
    return film


def measure(work: Work, tool: Tool, cache: Path, seed: int) -> Run | None:
    """The tool at the work over a fresh link; None where it is not made for it. Raises PreparationError."""
    with (
        tempfile.TemporaryDirectory(prefix="work-", dir=cache) as folder,
        hosts(Path(folder).resolve() / "hosts") as far,
        open_line(Terms(), seed) as line,
    ):
        here = Path(folder).resolve() / "here"
        here.mkdir()
        place = Place(far, line, here)
        command = tool.sending(place, work.new) if work.kind == OUT else tool.fetching(place, work.new, work.old)
        if command is None:
            return None
        failed = ""
        effort = Effort()
        with timed(line) as spans:
            try:
                effort = insist(command, here, here / "log", 60 + _PATIENCE * work.size / (Terms().rate * 64))
            except NotDoneError as error:
                failed = str(error)
        failed = failed or _wrong(work, tool, place)
        return Run(work, tool.name, line.traffic, spans[0].in_the_field, effort, failed)


def _wrong(work: Work, tool: Tool, place: Place) -> str:
    """What is not as it should be at the end."""
    return tool.wrong(place, work.new, work.old) if work.kind != OUT else tool.wrong_at_far_end(place, work.new)
