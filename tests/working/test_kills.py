"""Whatever is killed, whenever: the work is done once or begun again, nothing is left running or half made."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import box_database
from ideascube.box_db.jobs import Job, JobState, last_job
from ideascube.box_media.addresses import made_folder
from ideascube.box_media.model import State
from ideascube.box_media.store import CONVERT
from tests.media.films import ffprobe
from tests.support.box import Box, eventually
from tests.support.media import bring, media_now

LATEST = 0.4  # seconds after the beginning
MOMENTS = random.Random(6)


def test_it_yields_to_whoever_reads(box: Box, long_film: Path, tmp_path: Path):
    data, film = DataFolder(box.data), tmp_path / "film.avi"
    film.write_bytes(long_film.read_bytes() + b"modest")
    media = bring(data, film).media
    process = eventually(lambda: processes_of(data.root, "ffmpeg"))[0]
    how = process.nice(), os.sched_getscheduler(process.pid), process.ionice().ioclass, len(process.cpu_affinity())
    eventually(lambda: media_now(data, media.id).state is State.READY, within=60)

    assert (19, os.SCHED_IDLE, psutil.IOPRIO_CLASS_IDLE) == how[:3]
    assert max(1, len(os.sched_getaffinity(0)) - 1) == how[3]


def job_now(data: DataFolder, media_id: str) -> Job:
    with box_database(data.root / "box.db") as connection:
        job = last_job(connection, CONVERT, media_id)
    assert job is not None
    return job


def processes_of(root: Path, *names: str) -> list[psutil.Process]:
    """Those that work on files below `root`, and whose program has one of these names."""
    found = []
    for process in psutil.process_iter(["name", "cmdline"]):
        words = " ".join(process.info["cmdline"] or [])
        if str(root) in words and any(name in words for name in names):
            found.append(process)
    return found


def at_work(box: Box) -> list[psutil.Process]:
    return processes_of(box.data, "process_main", "ffmpeg", "ffprobe")


def kill_worker(box: Box) -> None:
    for process in processes_of(box.data, "process_main"):
        process.kill()


def kill_ffmpeg(box: Box) -> None:
    for process in processes_of(box.data, "ffmpeg"):
        process.kill()


def kill_jobs_process(box: Box) -> None:
    for process in box.processes("jobs"):
        process.kill()


def kill_everything(box: Box) -> None:
    assert box.process is not None
    for process in [*psutil.Process(box.process.pid).children(recursive=True), box.process]:
        os.kill(process.pid, signal.SIGKILL)
    box.process.wait()
    eventually(lambda: not at_work(box))
    box.start()


@pytest.mark.parametrize("kill", [kill_worker, kill_ffmpeg, kill_jobs_process, kill_everything])
def test_what_was_killed_is_begun_again_and_done(
    box: Box, long_film: Path, kill: Callable[[Box], None], tmp_path: Path
):
    data, film = DataFolder(box.data), tmp_path / "film.avi"
    film.write_bytes(long_film.read_bytes() + kill.__name__.encode())  # another one for each
    media = bring(data, film).media
    eventually(lambda: processes_of(data.root, "ffmpeg"))
    time.sleep(MOMENTS.uniform(0, LATEST))
    kill(box)
    eventually(lambda: job_now(data, media.id).state is JobState.DONE, within=60)
    made = made_folder(data, media.id)

    assert [] == at_work(box)
    assert [] == list((data.media / "working").glob("*"))
    assert ["film.mp4", "poster.webp", "small.webp"] == sorted(file.name for file in made.iterdir())
    assert 5 == round(float(ffprobe(made / "film.mp4")["format"]["duration"]))
    assert (State.READY, 2) == (media_now(data, media.id).state, job_now(data, media.id).tries)
