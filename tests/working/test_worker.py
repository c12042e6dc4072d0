"""The worker: one job at a time, in order, with tries that end and reasons that are said."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.jobs import MOST, JobState, begin_next, finish, last_job, put_back, queue_job
from ideascube.box_media.model import State
from ideascube.box_media.store import CONVERT
from ideascube.working.turns import TURN, Turns
from ideascube.working.worker import DIED, Worker
from tests.support.media import bring, do_all, media_now

ROOM = 2**40  # bytes


@contextmanager
def writing(data: DataFolder) -> Iterator[sqlite3.Connection]:
    with box_database(data.root / "box.db") as connection, transaction(connection):
        yield connection


def test_jobs_are_done_in_their_order_and_the_same_one_waits_once(data: DataFolder):
    with writing(data) as connection:
        first, second = queue_job(connection, "convert", "a"), queue_job(connection, "convert", "b")
        again = queue_job(connection, "convert", "a")
        begun = begin_next(connection, ROOM), begin_next(connection, ROOM), begin_next(connection, ROOM)

    assert first == again
    assert [first, second, None] == [job and job.id for job in begun]


def test_one_that_runs_can_be_queued_again_since_what_it_read_may_have_changed(data: DataFolder):
    with writing(data) as connection:
        first = queue_job(connection, "publish-collection", "water")
        begin_next(connection, ROOM)
        second = queue_job(connection, "publish-collection", "water")

    assert first != second


def test_a_job_that_lacks_room_lets_others_go_first(data: DataFolder):
    with writing(data) as connection:
        large, small = queue_job(connection, "convert", "large"), queue_job(connection, "convert", "small")
        begin_next(connection, ROOM)
        put_back(connection, large, "There is no room.", needed=1000)
        begun = begin_next(connection, 999)
        waits = last_job(connection, "convert", "large")
        begun_later = begin_next(connection, 1000)

    assert begun is not None and small == begun.id
    assert waits is not None and ("There is no room.", JobState.WAITING, 0) == (waits.problem, waits.state, waits.tries)
    assert begun_later is not None and large == begun_later.id


def test_what_is_done_is_forgotten_in_the_end(data: DataFolder):
    with writing(data) as connection:
        for number in range(600):
            job = queue_job(connection, "convert", str(number))
            finish(connection, job)
        kept = connection.execute("SELECT count(*), min(CAST(about AS INTEGER)) FROM job").fetchone()

    assert (500, 100) == kept
    assert 20_000 == MOST


def kill_each(worker: Worker, times: int) -> None:
    """What a system does that has no memory left."""
    killed: set[int] = set()
    while len(killed) < times or worker.has_work:
        worker.look()
        worker.work(time.monotonic() + 0.05)
        if worker._running and worker._running[1].pid not in killed:
            killed.add(worker._running[1].pid)
            os.kill(worker._running[1].pid, signal.SIGKILL)
    assert times == len(killed)


def test_a_file_that_ends_its_process_three_times_has_failed_and_can_be_tried_again(data: DataFolder, long_film: Path):
    media = bring(data, long_film).media
    kill_each(Worker(data), 3)
    failed = media_now(data, media.id)
    with writing(data) as connection:
        job = last_job(connection, CONVERT, media.id)

    assert (State.FAILED, DIED) == (failed.state, failed.problem)
    assert job is not None
    assert (JobState.FAILED, 3) == (job.state, job.tries)

    bring(data, long_film)  # who sends it again has it tried again
    do_all(data)

    assert State.READY is media_now(data, media.id).state


def test_who_stops_it_costs_no_try(data: DataFolder, long_film: Path):
    media = bring(data, long_film).media
    worker = Worker(data)
    worker.look()
    worker.work(time.monotonic() + 0.1)
    worker.stop()
    with writing(data) as connection:
        job = last_job(connection, CONVERT, media.id)

    assert job is not None
    assert (JobState.WAITING, 0) == (job.state, job.tries)


def test_a_job_of_a_later_version_says_that_it_is_not_known(data: DataFolder):
    with writing(data) as connection:
        queue_job(connection, "dream", "of water")
    do_all(data)
    with writing(data) as connection:
        job = last_job(connection, "dream", "of water")

    assert job is not None
    assert (JobState.FAILED, "This version of Ideascube does not know what is to be done.") == (job.state, job.problem)


class Somebody:
    """Who does heavy work; writes down what they are told."""

    def __init__(self, name: str, told: list[str], has_work: Callable[[], bool]) -> None:
        self._name, self._told, self._has_work = name, told, has_work

    @property
    def has_work(self) -> bool:
        return self._has_work()

    def work(self, until: float) -> None:
        self._told.append(f"{self._name} works")

    def pause(self) -> None:
        self._told.append(f"{self._name} stands")

    def resume(self) -> None:
        pass


@pytest.mark.parametrize(
    ("busy", "expected"),
    [
        ("AB", ["A works", "A works", "B works", "A works"]),
        ("A", ["A works"] * 4),
        ("B", ["B works"] * 4),
    ],
)
def test_two_who_have_heavy_work_take_turns(busy: str, expected: list[str]):
    told: list[str] = []
    now = [0.0]
    turns = Turns(*(Somebody(name, told, lambda name=name: name in busy) for name in "BA"), clock=lambda: now[0])
    for moment in (0.0, TURN / 2, TURN + 1, 2 * TURN + 2):
        now[0] = moment
        turns.work(0)

    assert expected == [words for words in told if words.endswith("works")]
    assert sum(words.endswith("stands") for words in told) == 4
