"""`python -m ideascube.working.process_main ROOT JOB PIPE PARENT`: do one job, and tell how it goes.

Told are {"done", "of"} now and then, and at the end {"ended": true} or {"problem", "needed"}: bytes that have to be
free before it is begun again, 0 where that would not help.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from content_packs.apart import end_with_parent
from content_packs.errors import Busy, IdeascubeError, NoSpace, is_disk_full
from content_packs.media.convert import EndedError
from content_packs.store.data_folder import DataFolder
from ideascube.apart import Tell, be_modest, teller
from ideascube.box_db.database import NAME, box_database
from ideascube.box_db.jobs import Job, load_job
from ideascube.logs import configure_logging
from ideascube.working.kinds import KINDS

log = logging.getLogger(__name__)

ROOM = 64 * 1024 * 1024  # bytes that have to be free, where the disk was full, before a job is tried again


def main(arguments: Sequence[str]) -> None:
    root, job_id, pipe, parent = arguments
    end_with_parent()
    if os.getppid() != int(parent):
        return  # it ended before this could be asked
    configure_logging()
    logging.getLogger("pikepdf").setLevel(logging.ERROR)  # it says that it is there
    data = DataFolder(Path(root))
    with box_database(data.root / NAME) as connection:
        job = load_job(connection, job_id)
    kind = KINDS.get(job.kind) if job else None
    if job is None or kind is None:
        teller(int(pipe), 60)({"problem": "This version of Ideascube does not know what is to be done.", "needed": 0})
        return
    os.set_inheritable(int(pipe), False)
    be_modest(kind.memory)
    _yield_to_readers()
    do(job, data, teller(int(pipe), kind.silence))


def _yield_to_readers() -> None:
    """Work when nobody else does, and leave one processor out where there are several; what is begun does likewise."""
    with suppress(OSError):  # some containers do not let us
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    processors = sorted(os.sched_getaffinity(0))
    with suppress(OSError):
        os.sched_setaffinity(0, processors[1:] or processors)


def do(job: Job, data: DataFolder, tell: Tell) -> None:
    """Do it to its end, or tell why that cannot be."""
    work = KINDS[job.kind].function()
    try:
        work({**job.arguments, "about": job.about}, lambda done, total: tell({"done": done, "of": total}), data)
        tell({"ended": True})
    except EndedError:
        raise  # begun again, as if this process had been ended itself
    except NoSpace as error:
        tell({"problem": str(error), "needed": _needed(error, data.root)})
    except Busy as error:
        tell({"problem": str(error), "needed": 1})
    except IdeascubeError as error:
        tell({"problem": str(error), "needed": 0})
    except OSError as error:
        _tell_refusal(error, data.root, tell)


def _needed(error: NoSpace, root: Path) -> int:
    """Bytes that have to be free: what the job said, else some more than now."""
    return int(getattr(error, "needed", 0)) or free_on(root) + ROOM


def _tell_refusal(error: OSError, root: Path, tell: Tell) -> None:
    if not is_disk_full(error):
        raise error
    tell({"problem": "The box has no room: remove what nobody uses.", "needed": free_on(root) + ROOM})


def free_on(root: Path) -> int:
    status = os.statvfs(root)
    return status.f_bavail * status.f_frsize


def _logged(work: Callable[[Sequence[str]], None], arguments: Sequence[str]) -> int:
    try:
        work(arguments)
    except MemoryError:
        return 1  # whoever waits for this process says so
    except Exception:  # the last resort of a process: what it was goes to the log, and the job is begun again
        log.exception("A job failed.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_logged(main, sys.argv[1:]))
