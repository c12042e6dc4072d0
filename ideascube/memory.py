"""How a box's processes share and give back memory: told to Python and to the C library before they are forked."""

from __future__ import annotations

import ctypes
import gc

_M_ARENA_MAX = -8  # glibc's number for mallopt(3)
_HEAPS = 2  # by default every thread gets a heap of its own, which keeps what the others could use


def keep_small() -> None:
    """Bound what the C library keeps for itself, in this process and its children. Does nothing without glibc."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _HEAPS)


def give_back() -> None:
    """Return to the system what the C library holds and nobody uses: some milliseconds, so only now and then."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def share_with_children() -> None:
    """What is loaded now stays shared after a fork: the garbage collector, which would touch all of it, leaves it."""
    gc.collect()
    gc.freeze()
