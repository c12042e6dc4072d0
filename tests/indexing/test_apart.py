"""Processes that work apart: what they tell, and how they end."""

from __future__ import annotations

import mmap
import os
import signal
import time
from collections.abc import Callable

import psutil
import pytest

from ideascube.indexing.apart import Apart, Tell, Told

MEMORY = 100 * 1024 * 1024


def told_by(work: Callable[[Tell], None], silence: int = 60) -> tuple[list[Told], int]:
    """All that the work told, and how its process ended."""
    apart = Apart(work, MEMORY, silence)
    told: list[Told] = []
    while not apart.ended:
        told += apart.read(10)
    return told, apart.status


def crash(tell: Tell) -> None:
    tell({"total": 5})
    os.kill(os.getpid(), signal.SIGSEGV)


def swallow(tell: Tell) -> None:
    """Memory of the system's own, for a process that many tests ran in may have so much of its heap to spare."""
    tell({"size": len(mmap.mmap(-1, 4 * MEMORY, flags=mmap.MAP_PRIVATE))})


def talk_much(tell: Tell) -> None:
    tell({"segments": ["x" * 100] * 10_000})


def say_who(tell: Tell) -> None:
    me = psutil.Process()
    tell({"nice": me.nice(), "parent": me.ppid()})


def test_what_is_told_arrives_however_long_it_is():
    told, status = told_by(talk_much)

    assert ([{"segments": ["x" * 100] * 10_000}], 0) == (told, status)


def test_the_work_has_the_lowest_priority():
    assert ([{"nice": 19, "parent": os.getpid()}], 0) == told_by(say_who)


@pytest.mark.parametrize(("work", "told"), [(crash, [{"total": 5}]), (swallow, [])])
def test_a_crash_or_too_much_memory_costs_only_the_process(work: Callable[[Tell], None], told: list[Told]):
    found, status = told_by(work)

    assert told == found
    assert 0 != status


def test_who_is_silent_for_too_long_is_ended():
    assert ([], -signal.SIGALRM) == told_by(lambda tell: time.sleep(60), silence=1)


def test_a_sign_of_life_is_no_word():
    def live(tell: Tell) -> None:
        for _ in range(4):
            time.sleep(0.5)
            tell({})

    assert ([], 0) == told_by(live, silence=1)


def test_it_can_be_ended_at_once():
    apart = Apart(lambda tell: time.sleep(60), MEMORY, 60)
    apart.kill()

    assert apart.ended
    assert not psutil.pid_exists(apart.pid)


def test_it_stands_still_while_something_else_has_its_turn():
    apart = Apart(lambda tell: [tell({"beat": beat}) or time.sleep(0.01) for beat in range(100)], MEMORY, 60)
    apart.read(10)
    apart.pause()
    while apart.read(0.2):
        pass
    still = psutil.Process(apart.pid).status()
    apart.resume()
    told: list[Told] = []
    while not apart.ended:
        told += apart.read(10)

    assert psutil.STATUS_STOPPED == still
    assert (99, 0) == (told[-1]["beat"], apart.status)
