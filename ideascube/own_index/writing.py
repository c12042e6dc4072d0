"""Writing the box's own index from the jobs process: in a process apart, since Whoosh, and what finds out languages,
would stay in the memory of this one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from content_packs.apart import EndedBadlyError, run_apart
from content_packs.errors import IdeascubeError

_ENDED_BADLY = "Writing the index ended badly: look whether its disk is sound."

T = TypeVar("T")


def written_apart(work: Callable[[], T], seconds: int, ended_badly: str = _ENDED_BADLY) -> T:
    """What `work` returns. Raises the IdeascubeError that it raises, or one that says `ended_badly` after a crash, or
    when it took longer than `seconds`.
    """
    try:
        answer, problem = run_apart(lambda: _told(work), seconds)
    except EndedBadlyError:
        raise IdeascubeError(ended_badly) from None
    if problem or answer is None:
        raise IdeascubeError(problem or ended_badly)
    return answer


def _told(work: Callable[[], T]) -> tuple[T | None, str]:
    try:
        return work(), ""
    except IdeascubeError as error:
        return None, str(error)
