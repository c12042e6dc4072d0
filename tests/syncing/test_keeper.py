"""The jobs process begins a sync when a page asks for one, never two at a time, and ends it when it ends itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from content_packs.store.data_folder import DataFolder
from ideascube.syncing.asking import STOP, SYNC, Asked, ask, is_running, read_asked
from ideascube.syncing.keeper import SyncKeeper
from ideascube.syncing.process import SyncProcess, arguments_of
from ideascube.syncing.said import SyncState
from tests.support.box import eventually
from tests.syncing.files import state, write


class Pretended:
    """A sync that runs until it is told to have ended."""

    def __init__(self, pid: int) -> None:
        self.pid, self.code, self.was_stopped = pid, None, False
        self.code: int | None

    def ended(self) -> int | None:
        return self.code

    def stop(self) -> None:
        self.was_stopped = True


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.fixture
def begun() -> list[tuple[Asked, Pretended]]:
    return []


@pytest.fixture
def keeper(data: DataFolder, begun: list[tuple[Asked, Pretended]]) -> SyncKeeper:
    def begin(_root: Path, asked: Asked) -> Pretended:
        begun.append((asked, Pretended(4_000_000 + len(begun))))
        return begun[-1][1]

    return SyncKeeper(data, begin)


def looks(keeper: SyncKeeper) -> None:
    for _ in range(3):
        keeper.look()


def test_what_is_asked_begins_once_and_is_forgotten_when_it_runs(
    data: DataFolder, keeper: SyncKeeper, begun: list[tuple[Asked, Pretended]]
) -> None:
    ask(data.sync, SYNC, source="/media/stick/ideascube")

    looks(keeper)
    waits = read_asked(data.sync)
    state(data.sync, phase="link", pid=begun[0][1].pid)
    looks(keeper)

    assert ["/media/stick/ideascube"] == [asked.source for asked, _ in begun]
    assert waits is not None
    assert read_asked(data.sync) is None


def test_what_is_asked_meanwhile_comes_next(
    data: DataFolder, keeper: SyncKeeper, begun: list[tuple[Asked, Pretended]]
) -> None:
    ask(data.sync, SYNC)
    keeper.look()
    ask(data.sync, SYNC, target="/media/stick/ideascube")
    state(data.sync, phase="link", pid=begun[0][1].pid)
    looks(keeper)
    until_then = len(begun)
    begun[0][1].code = 0
    looks(keeper)

    assert 1 == until_then
    assert ["", "/media/stick/ideascube"] == [asked.target for asked, _ in begun]


def test_a_sync_that_ends_at_once_is_not_begun_for_ever(
    data: DataFolder, keeper: SyncKeeper, begun: list[tuple[Asked, Pretended]]
) -> None:
    ask(data.sync, SYNC)
    keeper.look()
    begun[0][1].code = 7
    looks(keeper)

    assert (1, None) == (len(begun), read_asked(data.sync))


def test_it_waits_for_a_sync_that_the_system_began(
    data: DataFolder, keeper: SyncKeeper, begun: list[tuple[Asked, Pretended]]
) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "sync"]) as other:
        state(data.sync, phase="packs", pid=other.pid)
        ask(data.sync, SYNC)
        looks(keeper)
        while_it_ran = len(begun)
        other.kill()
        other.wait()
        looks(keeper)

    assert (0, 1) == (while_it_ran, len(begun))


def test_a_stop_that_comes_too_late_does_not_stop_the_next_one(
    data: DataFolder, keeper: SyncKeeper, begun: list[tuple[Asked, Pretended]]
) -> None:
    ask(data.sync, STOP)

    looks(keeper)

    assert (None, []) == (read_asked(data.sync), begun)


def test_nonsense_begins_nothing(data: DataFolder, keeper: SyncKeeper, begun: list[tuple[Asked, Pretended]]) -> None:
    for nonsense in ({"do": "format"}, {"do": ["sync"]}, {"do": "sync", "format": 2}, {"do": "sync", "from": 7}):
        write(data.sync, "asked.json", **nonsense)
        looks(keeper)

    assert [] == begun


def test_it_ends_with_the_jobs_process(
    data: DataFolder, keeper: SyncKeeper, begun: list[tuple[Asked, Pretended]]
) -> None:
    ask(data.sync, SYNC)
    keeper.look()
    keeper.stop()

    assert begun[0][1].was_stopped


def test_a_number_that_another_process_has_now_is_no_sync() -> None:
    assert not is_running(SyncState(phase="packs", pid=os.getpid()))
    assert not is_running(SyncState(phase="packs", pid=2**22 + 1))
    assert not is_running(SyncState(phase="done", pid=os.getpid()))


def test_folders_are_given_as_options_whatever_they_are_called(tmp_path: Path) -> None:
    asked = Asked(source="/media/-x y", target="/media/é")

    assert ["--data", str(tmp_path), "sync", "--from=/media/-x y", "--to=/media/é"] == arguments_of(tmp_path, asked)


class TestProgram:
    """With the real program."""

    def test_it_runs_at_the_lowest_priority(self, tmp_path: Path) -> None:
        run = SyncProcess(tmp_path, Asked(do=SYNC))
        eventually(lambda: psutil.Process(run.pid).nice() == 19 or run.ended() is not None)
        nice = psutil.Process(run.pid).nice() if run.ended() is None else None
        run.stop()

        assert nice in (19, None)
        assert run.ended() is not None

    def test_it_ends_when_the_jobs_process_is_killed(self, tmp_path: Path) -> None:
        """However that happens: the kernel asks it to end."""
        parent = (
            "import os, sys, time\n"
            "from ideascube.syncing import process_main\n"
            "child = os.fork()\n"
            "if child == 0:\n"
            "    os.execv = lambda *_: time.sleep(60)\n"
            "    process_main.main([str(os.getppid()), 'sync'])\n"
            "print(child, flush=True)\n"
            "time.sleep(60)\n"
        )
        with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True) as jobs:
            assert jobs.stdout is not None
            child = int(jobs.stdout.readline())
            eventually(lambda: psutil.Process(child).nice() == 19)
            time.sleep(0.1)
            jobs.send_signal(signal.SIGKILL)
            jobs.wait()

            eventually(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE)
