"""A transfer that is killed, refused or loses its power at any of its writes goes on with what had arrived."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from provisioning.transfers import DiskPace, Limits, Wanted, arriving, fetch
from tests.provisioning.transfers.transferring import Counted, content_of, progress_of, wanted
from tests.support.faults import KILLED, Change, Command, run_killed, run_recorded, run_refused
from tests.support.power import disk_states, lay_out

PIECE = 100_000  # bytes
SIZE = 5 * PIECE + 100
# What is asked for at a time comes in two reads, each of which is written.
LIMITS = Limits(connect=5, silence=5, pause=0.0, least=3 * PIECE, most=3 * PIECE)
PACE = DiskPace(write_bytes=1000, write_seconds=60, flush_bytes=290_000, flush_seconds=60)


@pytest.fixture(scope="module")
def content() -> bytes:
    return content_of(SIZE, "crashes")


@pytest.fixture(scope="module", params=[PIECE, 0], ids=["pieces", "whole"])
def file(request: pytest.FixtureRequest, content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Wanted:
    """From a folder, so that reads, and with them writes, are the same each time."""
    source = tmp_path_factory.mktemp("stick") / "crash.zim"
    source.write_bytes(content)
    return wanted(content, str(source), length=request.param)


def fetching(file: Wanted, folder: Path) -> Command:
    """As a process of its own does it."""

    async def go() -> None:
        async with aiohttp.ClientSession() as client:
            await fetch(file, Counted(client, limits=LIMITS, pace=PACE).line, folder)

    return lambda: asyncio.run(go())


async def went_on(file: Wanted, folder: Path, content: bytes) -> int:
    """The bytes that it takes to come to the end, after whatever happened."""
    async with aiohttp.ClientSession() as client:
        counted = Counted(client, limits=LIMITS, pace=PACE)
        found = await fetch(file, counted.line, folder)
    assert content == found.read_bytes()
    assert {found.name, "journal"} == {each.name for each in found.parent.iterdir()}
    return counted.came


@pytest.fixture(scope="module")
def changes(file: Wanted, tmp_path_factory: pytest.TempPathFactory) -> list[Change]:
    folder = tmp_path_factory.mktemp("recorded")
    run = run_recorded(fetching(file, folder), folder, tmp_path_factory.mktemp("scratch"))
    assert 0 == run.status, run.output
    return [
        Change(each.call, tuple(path.replace(str(folder), "ROOT") for path in each.paths), each.data, each.at)
        for each in run.changes
    ]


async def test_a_kill_at_any_write_costs_no_more_than_was_not_written(
    file: Wanted, changes: list[Change], content: bytes, tmp_path: Path
) -> None:
    for number in range(len(changes)):
        folder = tmp_path / str(number)
        folder.mkdir()

        run = run_killed(fetching(file, folder), folder, tmp_path / "scratch", number)

        assert KILLED == run.status, run.output
        written = written_until(changes, number)
        confirmed = len(progress_of(folder, file).counted)
        came = await went_on(file, folder, content)
        assert came <= SIZE - confirmed
        assert came <= SIZE - written, (number, changes[number])


def written_until(changes: list[Change], number: int) -> int:
    """Bytes that were written before the change of that number, but for the last ones, of which nobody was told yet."""
    written = [len(change.data) for change in changes[:number] if change.call == "pwrite"]
    return sum(written[:-1])


async def test_a_full_disk_is_a_sentence_and_loses_nothing(
    file: Wanted, changes: list[Change], content: bytes, tmp_path: Path
) -> None:
    for number, change in enumerate(changes):
        folder = tmp_path / str(number)
        folder.mkdir()

        run = run_refused(fetching(file, folder), folder, tmp_path / "scratch", number, errno.ENOSPC)

        assert 4 == run.status, (change, run.output)
        confirmed = len(progress_of(folder, file).counted)
        assert SIZE - confirmed >= await went_on(file, folder, content)


async def test_after_a_power_cut_all_that_counted_is_there(
    file: Wanted,
    changes: list[Change],
    content: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = tmp_path / "root"
    root.mkdir()
    monkeypatch.setattr(arriving, "_BOOT_ID", tmp_path / "none")  # the machine has been started anew
    for number, state in enumerate(states(root, changes)):
        folder = tmp_path / str(number)
        lay_out(state, folder)
        confirmed = len(progress_of(folder, file).counted)

        came = await went_on(file, folder, content)

        assert came <= SIZE - confirmed


def states(root: Path, changes: list[Change]) -> Iterator[dict[str, bytes | Path | None]]:
    there = [
        Change(each.call, tuple(path.replace("ROOT", str(root)) for path in each.paths), each.data, each.at)
        for each in changes
    ]
    for _, state in disk_states(root, there, apart=True):
        yield state
