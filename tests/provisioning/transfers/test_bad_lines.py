"""A thousand lines that drop, crawl and lie, each by its seed: no file is wrong, and nothing is fetched twice."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import aiohttp
import pytest

from content_packs.errors import BrokenPack
from provisioning.transfers import Unfinished, Wanted, fetch
from provisioning.transfers.spans import Spans
from tests.provisioning.transfers.transferring import Counted, content_of, progress_of, wanted
from tests.support.bad_line import KINDS, BadLine, Choose, any_of, bad_line

RUNS, GROUP = 1000, 50
PIECE = 1024  # bytes
SIZE = 24 * PIECE + 333
TRIES = 20  # as many syncs
SPOILING = ("corrupt", "reorder")


@pytest.fixture(scope="module")
def lines(port: int) -> Iterator[list[BadLine]]:
    with ExitStack() as stack:
        yield [stack.enter_context(bad_line(port)) for _ in range(3)]


@pytest.fixture(scope="module")
def content(root: Path) -> bytes:
    content = content_of(SIZE, "bad lines")
    (root / "a.zim").write_bytes(content)
    return content


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """Thousands of flushes take their time on a disk, and what they are for is tested elsewhere."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def destroyed(line: BadLine) -> int:
    """Bytes that a fault itself made useless: the pieces that it reached into, and what belongs to no file."""
    pieces = sum(-(-harm.end // PIECE) - harm.start // PIECE for harm in line.harmed)
    return pieces * PIECE + line.surplus


@pytest.mark.parametrize("group", range(RUNS // GROUP))
async def test_a_thousand_bad_lines(
    group: int, lines: list[BadLine], content: bytes, in_memory: Path, client: aiohttp.ClientSession
) -> None:
    for seed in range(group * GROUP, (group + 1) * GROUP):
        await one_run(seed, lines, content, in_memory / str(seed), client)


async def one_run(
    seed: int, lines: list[BadLine], content: bytes, arriving: Path, client: aiohttp.ClientSession
) -> None:
    chance = random.Random(seed)
    used = lines[: chance.randint(1, 3)]
    pieces = {"length": PIECE, "algorithm": chance.choice(("sha256", "sha1"))} if chance.random() < 0.8 else {}
    for number, line in enumerate(used):
        line.begin((seed, number), faults(chance, spoils=bool(pieces)), longest=chance.choice((PIECE, SIZE)))
    file = wanted(content, *(f"{line.url}/a.zim" for line in used), **pieces)
    counted = Counted(client)

    found = await until_it_is_there(file, counted, arriving)
    if found is None:
        for line in used:
            line.choose = any_of("good")
        found = await fetch(file, counted.line, arriving)

    assert content == found.read_bytes(), seed
    lost = sum(destroyed(line) for line in used)
    assert counted.came <= 1.05 * SIZE + lost, (seed, counted.came, lost)


def faults(chance: random.Random, *, spoils: bool) -> Choose:
    """`spoils`: also such as make other bytes of those that pass: without sums of pieces, one costs the whole file."""
    possible = [kind for kind in KINDS if spoils or kind not in SPOILING]
    chosen = chance.sample(possible, chance.randint(1, len(possible)))
    return any_of(*chosen, good=chance.choice((0.0, 0.2, 0.6)))


async def until_it_is_there(file: Wanted, counted: Counted, arriving: Path) -> Path | None:
    """Sync again and again, as often as a box might; None where no line ever gave all of it."""
    confirmed = Spans()
    for _ in range(TRIES):
        try:
            return await fetch(file, counted.line, arriving)
        except (Unfinished, BrokenPack):
            now = progress_of(arriving, file).counted
            assert all(now.holds(*span) for span in confirmed), "what was confirmed is lost"
            confirmed = now
    return None
