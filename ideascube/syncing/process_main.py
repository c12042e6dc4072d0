"""`python -m ideascube.syncing.process_main PARENT ARGUMENTS…`: become `ideascube ARGUMENTS…` at the lowest priority.

It is asked to end, by SIGTERM, when its parent does, however that ends: a transfer is then cut where it is, and goes on
there the next time. (prctl(2): that lasts over execve.)
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

import psutil

from content_packs.apart import end_with_parent


def main(arguments: Sequence[str]) -> None:
    parent, *command = arguments
    end_with_parent(signal.SIGTERM)
    if os.getppid() != int(parent):
        return  # it ended before this could be asked
    os.nice(19)
    with suppress(OSError, psutil.Error):  # some containers do not let us
        psutil.Process().ionice(psutil.IOPRIO_CLASS_IDLE)
    os.execv(sys.executable, [sys.executable, "-m", "ideascube", *command])  # noqa: S606 - our own program


if __name__ == "__main__":
    main(sys.argv[1:])
