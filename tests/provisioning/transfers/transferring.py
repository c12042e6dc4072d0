"""What the tests of transfers share: files to fetch, and a line that counts and hurries."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from provisioning.transfers import DiskPace, Limits, Line, Pieces, Unfinished, Wanted
from provisioning.transfers.arriving import boot_id
from provisioning.transfers.journal import Progress, read

# As usual, only that nobody waits: rounds follow at once, and little is asked for at a time.
HURRIED = Limits(connect=5, silence=5, pause=0.0, least=8 * 1024, most=64 * 1024)
SMALL = DiskPace(write_bytes=512, write_seconds=1, flush_bytes=16 * 1024, flush_seconds=10)


def content_of(size: int, seed: object = 0) -> bytes:
    return random.Random(str(seed)).randbytes(size)


def sums_of(content: bytes, length: int, algorithm: str = "sha256") -> Pieces:
    parts = (content[start : start + length] for start in range(0, len(content), length))
    return Pieces(algorithm, length, tuple(hashlib.new(algorithm, part).digest() for part in parts))


def wanted(content: bytes, *addresses: str, length: int = 0, algorithm: str = "sha256", key: str = "key") -> Wanted:
    """`length`: of the pieces whose sums are known, 0 where none are."""
    sums = sums_of(content, length, algorithm) if length else None
    return Wanted(key, len(content), hashlib.sha256(content).hexdigest(), addresses, sums, name="a.zim")


@dataclass
class Counted:
    """A line, and how many bytes came over it. `at`: called with that number after each chunk."""

    client: aiohttp.ClientSession
    at: Callable[[int], None] = lambda came: None
    came: int = 0
    limits: Limits = HURRIED
    pace: DiskPace = SMALL
    line: Line = field(init=False)

    def __post_init__(self) -> None:
        self.line = Line(self.client, on_bytes=self._count, limits=self.limits, pace=self.pace)

    def _count(self, count: int) -> None:
        self.came += count
        self.at(self.came)


def stop_at(count: int) -> Callable[[int], None]:
    def stop(came: int) -> None:
        if came >= count:
            raise Unfinished("Enough.")

    return stop


def progress_of(arriving: Path, file: Wanted) -> Progress:
    """What the journal says at this moment."""
    path = arriving / file.key / "journal"
    found = read(path.read_text(errors="replace"), file, boot_id()) if path.exists() else None
    return found or Progress(file.size)
