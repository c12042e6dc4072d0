"""A process for one job: a program of its own, so that nothing of the jobs process is in it, and in a group of its own,
so that what it begins (ffmpeg) ends with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ideascube.apart import Ear


class JobProcess(Ear):
    """`python -m ideascube.working.process_main`, which does the job `job_id` of the data folder `root`."""

    def __init__(self, root: Path, job_id: str) -> None:
        reading, writing = os.pipe()
        command = [sys.executable, "-m", "ideascube.working.process_main", str(root.absolute()), job_id]
        process = subprocess.Popen(  # noqa: S603 - our own program, without a shell
            [*command, str(writing), str(os.getpid())],
            stdin=subprocess.DEVNULL,
            pass_fds=(writing,),
            start_new_session=True,
        )
        os.close(writing)
        process.returncode = 0  # `Ear` waits for it, not subprocess
        super().__init__(process.pid, reading, os.killpg)
