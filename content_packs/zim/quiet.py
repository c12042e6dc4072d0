"""Keeping libzim's own words off standard output: its writer prints there, among our results, whatever it is told."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager

_STANDARD_OUTPUT = 1


@contextmanager
def silent_output() -> Iterator[None]:
    """Send what C++ prints on standard output to nowhere meanwhile: the whole process's, so keep it short."""
    library = ctypes.CDLL(None)
    library.fflush(None)
    kept = os.dup(_STANDARD_OUTPUT)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STANDARD_OUTPUT)
    try:
        yield
        library.fflush(None)
    finally:
        os.dup2(kept, _STANDARD_OUTPUT)
        os.close(kept)
        os.close(nowhere)
