"""Reading a file in a process of its own, with bounds on time and memory, by libraries that have none."""

from __future__ import annotations

import faulthandler
import resource
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from content_packs.apart import EndedBadlyError, bound_memory, run_apart
from content_packs.errors import BadInput

Result = TypeVar("Result")


def read_apart(path: Path, read: Callable[[Path], Result], seconds: int, memory: int) -> Result:
    """What `read` makes of the file, in at most `seconds` and with at most `memory` more bytes than this process has.

    Raises the BadInput that `read` raises, or one of its own where the process crashes or reaches a bound.
    """
    try:
        found = run_apart(lambda: _within(path, read, memory), seconds)
    except EndedBadlyError as error:
        raise BadInput(
            f"{path.name} cannot be read in reasonable time and memory: save it again, or smaller."
        ) from error
    if isinstance(found, BadInput):
        raise found
    return found


def _within(path: Path, read: Callable[[Path], Result], memory: int) -> Result | BadInput:
    """In the child. A refusal is an answer, since an exception would not be told from a crash."""
    faulthandler.disable()  # a crash is an answer too, and no news for whoever reads the output
    bound_memory(memory)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        return read(path)
    except BadInput as refusal:
        return refusal
