"""What the jobs process has to do: rows that are written with what causes them, and done one after the other."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from content_packs.errors import NoSpace
from ideascube.box_db.random_ids import new_id

MOST = 20_000  # jobs that wait or run
KEPT = 500  # of those that are done, and of those that failed; the oldest are forgotten
TRIES = 3
_COLUMNS = "id, kind, about, arguments, state, done, total, seconds_left, problem, needed, tries, at"


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """`about`: what it is about, such as a file's id. `done` of `total` in units of the kind's own, `total` 0 where it
    is not known; `seconds_left` -1 where nobody can tell; `needed`: bytes that have to be free; `at`: since 1970.
    """

    id: str
    kind: str
    about: str
    arguments: Mapping[str, Any]
    state: JobState
    done: float
    total: float
    seconds_left: int
    problem: str
    needed: int
    tries: int
    at: int


def queue_job(
    connection: sqlite3.Connection, kind: str, about: str, arguments: Mapping[str, object] | None = None
) -> str:
    """Have it done; within the deed that causes it. The job's id: of one that waits already, if it is the same.

    Raises NoSpace where more wait than a box can do.
    """
    written = json.dumps(dict(arguments or {}), sort_keys=True)
    same = "SELECT id FROM job WHERE kind = ? AND about = ? AND arguments = ? AND state = 'waiting'"
    if row := connection.execute(same, (kind, about, written)).fetchone():
        return str(row[0])
    waiting = connection.execute("SELECT count(*) FROM job WHERE state IN ('waiting', 'running')").fetchone()[0]
    if waiting >= MOST:
        raise NoSpace(f"{MOST} pieces of work wait on this box: let some of them be done first.")
    job_id = new_id()
    connection.execute(
        "INSERT INTO job"
        " (id, turn, kind, about, arguments, state, done, total, seconds_left, problem, needed, tries, at)"
        " VALUES (?, ?, ?, ?, ?, 'waiting', 0, 0, -1, '', 0, 0, ?)",
        (job_id, _next_turn(connection), kind, about, written, int(time.time())),
    )
    return job_id


def _next_turn(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM job").fetchone()[0])


def load_job(connection: sqlite3.Connection, job_id: str) -> Job | None:
    return _one(connection, "WHERE id = ?", job_id)


def last_job(connection: sqlite3.Connection, kind: str, about: str) -> Job | None:
    """The newest of this kind about this thing, for who shows how far it is."""
    return _one(connection, "WHERE kind = ? AND about = ? ORDER BY turn DESC LIMIT 1", kind, about)


def jobs_about(connection: sqlite3.Connection, kind: str, abouts: list[str]) -> dict[str, Job]:
    """The newest of this kind about each of these things."""
    found = ((about, last_job(connection, kind, about)) for about in abouts)
    return {about: job for about, job in found if job is not None}


def _one(connection: sqlite3.Connection, where: str, *values: object) -> Job | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM job {where}", values).fetchone()  # noqa: S608 - our own
    return None if row is None else _job(row)


def _job(row: tuple[Any, ...]) -> Job:
    job_id, kind, about, arguments, state, *rest = row
    return Job(job_id, kind, about, json.loads(arguments), JobState(state), *rest)


# For who does them


def begin_next(connection: sqlite3.Connection, free: int) -> Job | None:
    """The next one that has the room it needs, from now on running. `free`: bytes that are free on the disk."""
    waiting = "WHERE state = 'waiting' AND needed <= ? ORDER BY turn LIMIT 1"
    job = _one(connection, waiting, free)
    if job is None:
        return None
    connection.execute(
        "UPDATE job SET state = 'running', tries = tries + 1, done = 0, total = 0, seconds_left = -1, problem = '',"
        " needed = 0 WHERE id = ?",
        (job.id,),
    )
    return load_job(connection, job.id)


def note_progress(connection: sqlite3.Connection, job_id: str, done: float, total: float, seconds_left: int) -> None:
    connection.execute(
        "UPDATE job SET done = ?, total = ?, seconds_left = ? WHERE id = ?", (done, total, seconds_left, job_id)
    )


def finish(connection: sqlite3.Connection, job_id: str) -> None:
    connection.execute("UPDATE job SET state = 'done', done = total, seconds_left = 0 WHERE id = ?", (job_id,))
    _forget_oldest(connection, JobState.DONE)


def fail(connection: sqlite3.Connection, job_id: str, problem: str) -> None:
    connection.execute("UPDATE job SET state = 'failed', problem = ? WHERE id = ?", (problem, job_id))
    _forget_oldest(connection, JobState.FAILED)


def put_back(
    connection: sqlite3.Connection, job_id: str, problem: str = "", needed: int = 0, *, is_try: bool = False
) -> None:
    """Let it wait again, for the reason `problem`. `is_try`: whether this counts as one of its tries."""
    connection.execute(
        "UPDATE job SET state = 'waiting', problem = ?, needed = ?, tries = tries - ? WHERE id = ?",
        (problem, needed, 0 if is_try else 1, job_id),
    )


def interrupted(connection: sqlite3.Connection) -> list[Job]:
    """Those that were running when whoever did them ended."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM job WHERE state = 'running' ORDER BY turn")  # noqa: S608
    return [_job(row) for row in rows]


def waiting_with(connection: sqlite3.Connection, free: int) -> bool:
    """Whether a job waits for which so many free bytes are enough."""
    found = connection.execute("SELECT 1 FROM job WHERE state = 'waiting' AND needed <= ? LIMIT 1", (free,))
    return found.fetchone() is not None


def drop_jobs(connection: sqlite3.Connection, kind: str, about: str) -> None:
    """Forget what was to be done about a thing that is not there any more; what runs finds out by itself."""
    connection.execute("DELETE FROM job WHERE kind = ? AND about = ? AND state <> 'running'", (kind, about))


def _forget_oldest(connection: sqlite3.Connection, state: JobState) -> None:
    oldest = "SELECT id FROM job WHERE state = ?1 ORDER BY turn DESC LIMIT -1 OFFSET ?2"
    connection.execute(f"DELETE FROM job WHERE id IN ({oldest})", (state, KEPT))  # noqa: S608 - our own
