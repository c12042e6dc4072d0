"""A process of the jobs process's own that indexes: a fork, so that it has everything that was loaded already."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable

from content_packs.apart import end_with_parent
from ideascube.apart import Ear, Tell, Told, be_modest, teller

__all__ = ["Apart", "Tell", "Told"]

Work = Callable[[Tell], None]


class Apart(Ear):
    """Runs `work` in a child; what it tells is read with `read`. `silence`: seconds without a word that end it."""

    def __init__(self, work: Work, memory: int, silence: int) -> None:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            _work_and_leave(work, memory, silence, writing)
        os.close(writing)
        super().__init__(pid, reading)


def _work_and_leave(work: Work, memory: int, silence: int, writing: int) -> None:
    """In the child: work and end at once, without the parent's clean-up."""
    code = 1
    with contextlib.suppress(BaseException):
        end_with_parent()
        be_modest(memory)
        work(teller(writing, silence))
        code = 0
    os._exit(code)
