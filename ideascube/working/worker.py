"""The part of the jobs process that does jobs: one at a time, each in a process of its own.

Call `look` once a second or so, then `work` until it is time to look again. Nothing here keeps the database open: the
jobs process forks, which SQLite's connections do not survive.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from content_packs.errors import IdeascubeError
from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import NAME, box_database, database_stamps, transaction
from ideascube.box_db.jobs import (
    TRIES,
    Job,
    begin_next,
    fail,
    finish,
    interrupted,
    note_progress,
    put_back,
    waiting_with,
)
from ideascube.stopping import is_stopping, rest
from ideascube.working.kinds import KINDS
from ideascube.working.process import JobProcess
from ideascube.working.process_main import free_on

log = logging.getLogger(__name__)

DIED = (
    "This was tried three times, and each time it came to no end: it may be damaged, or too much for this box. "
    "Try it again, or send something smaller."
)
_PATIENCE = 10.0  # seconds after the database could not be used
_LOOK_AGAIN = 30.0  # seconds after which room is looked for again, without any change in the database
_NOTE_EVERY = 3.0  # seconds

Deed = Callable[[sqlite3.Connection], None]


class Worker:
    """`clock` in seconds."""

    def __init__(self, data: DataFolder, clock: Callable[[], float] = time.monotonic) -> None:
        self._data, self._clock = data, clock
        self._database = data.root / NAME
        self._running: tuple[Job, JobProcess] | None = None
        self._said: dict[str, Any] = {}
        self._to_write: Deed | None = self._recover
        self._is_waiting = False
        self._stamp: object = None
        shutil.rmtree(data.media / "working", ignore_errors=True)  # of what was at work when the power went
        self._look_at = self._not_before = self._began = self._noted = float("-inf")

    # Looking

    def look(self) -> None:
        """See whether something waits; cheap where nothing changed."""
        stamp = database_stamps(self._database)
        if stamp == self._stamp and self._clock() < self._look_at:
            return
        self._stamp, self._look_at = stamp, self._clock() + _LOOK_AGAIN
        if stamp[0] is not None:
            self._write(self._see_what_waits)

    def _see_what_waits(self, connection: sqlite3.Connection) -> None:
        self._is_waiting = waiting_with(connection, free_on(self._data.root))

    @property
    def has_work(self) -> bool:
        """Whether something runs, or waits and may be begun."""
        return self._running is not None or (self._is_waiting and self._clock() >= self._not_before)

    def pause(self) -> None:
        if self._running is not None:
            self._running[1].pause()

    def resume(self) -> None:
        if self._running is not None:
            self._running[1].resume()

    # Doing

    def work(self, until: float) -> None:
        """Let the job go on until this time, and begin others when it ends."""
        while self._clock() < until and not is_stopping():
            if not self._settle() or not (self._running or self._begin()):
                rest(min(until - self._clock(), 1.0))
            else:
                self._hear(until)

    def _settle(self) -> bool:
        """Whether everything is written down that has happened; a full disk keeps it waiting."""
        if self._to_write is not None and self._database.exists() and self._write(self._to_write):
            self._to_write = None
        return self._to_write is None or not self._database.exists()

    def _begin(self) -> bool:
        begun: list[Job | None] = [None]

        def begin(connection: sqlite3.Connection) -> None:
            begun[0] = begin_next(connection, free_on(self._data.root))

        if not self._is_waiting or not self._write(begin):
            return False
        job = begun[0]
        self._is_waiting = job is not None
        if job is not None:
            self._said, self._began = {}, self._clock()
            self._running = job, JobProcess(self._data.root, job.id)
        return job is not None

    def _hear(self, until: float) -> None:
        assert self._running is not None
        job, process = self._running
        for words in process.read(until - self._clock()):
            self._said |= words
        if process.ended:
            self._running = None
            self._to_write = self._outcome(job, process.status)
            self._settle()
        elif self._said and self._clock() - self._noted > _NOTE_EVERY:
            self._noted = self._clock()
            self._write(self._progress(job))

    def _progress(self, job: Job) -> Deed:
        done, total = float(self._said.get("done", 0)), float(self._said.get("of", 0))
        passed = self._clock() - self._began
        left = round(passed * (total - done) / done) if 0 < done <= total and passed > _NOTE_EVERY else -1

        def note(connection: sqlite3.Connection) -> None:
            note_progress(connection, job.id, done, total, left)

        return note

    def _outcome(self, job: Job, status: int) -> Deed:
        """What is to be written down about a job whose process ended."""
        said = self._said

        def write(connection: sqlite3.Connection) -> None:
            if said.get("ended"):
                finish(connection, job.id)
            elif "problem" not in said:
                log.warning("The process of the job %s (%s) ended with %s.", job.id, job.kind, status)
                self._died(connection, job)
            elif said["needed"]:
                put_back(connection, job.id, said["problem"], said["needed"])
            else:
                self._fail(connection, job, said["problem"])

        return write

    def _died(self, connection: sqlite3.Connection, job: Job) -> None:
        if job.tries < TRIES:
            put_back(connection, job.id, is_try=True)
        else:
            self._fail(connection, job, DIED)

    def _fail(self, connection: sqlite3.Connection, job: Job, problem: str) -> None:
        fail(connection, job.id, problem)
        if kind := KINDS.get(job.kind):
            kind.failed(connection, job.about, problem)

    def _recover(self, connection: sqlite3.Connection) -> None:
        """What was running when the power went, or when this process was killed, is begun again."""
        for job in interrupted(connection):
            self._died(connection, job)

    def stop(self) -> None:
        """End what runs; it is begun again at the next start, and that was no try of its own."""
        if self._running is not None:
            job, process = self._running
            process.kill()
            self._running = None
            self._write(lambda connection: put_back(connection, job.id))

    # The database

    def _write(self, deed: Deed) -> bool:
        """Do it in one transaction; False where the database cannot be used now."""
        try:
            with self._open() as connection, transaction(connection):
                deed(connection)
        except IdeascubeError as error:
            if self._clock() >= self._not_before:
                log.warning("Work that waits cannot go on. %s", error)
            self._not_before = self._clock() + _PATIENCE
            return False
        return True

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with box_database(self._database) as connection:
            yield connection
