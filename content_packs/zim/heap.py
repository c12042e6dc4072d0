"""Building fast: what the C library does with memory that libzim gives back.

For each cluster that libzim compresses it asks for some 90 MB, uses a part and gives them back. By default the C
library returns so much to the system, which then fills it with zeros for the next cluster: a third of a build's time.
"""

from __future__ import annotations

import ctypes

# glibc's numbers for mallopt(3)
_M_TRIM_THRESHOLD = -1
_M_MMAP_MAX = -4
_M_ARENA_MAX = -8
_KEPT = 1024 * 1024 * 1024  # bytes


def keep_freed_memory() -> None:
    """Have this process keep what it used, for as long as it lives: for commands that build a pack and end.

    Costs about 90 MB more memory at most. Does nothing without glibc.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_MMAP_MAX, 0)
        mallopt(_M_TRIM_THRESHOLD, _KEPT)
