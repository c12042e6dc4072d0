"""Keeping libzim's own words off standard output and standard error, where it prints among ours, whatever it is told.

Its writer tells of its progress, and its reader which languages it has no stemmer for: Swahili, Pashto, Burmese, …
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager

_STANDARD_OUTPUT, _STANDARD_ERROR = 1, 2


@contextmanager
def silent_output() -> Iterator[None]:
    """Send what C++ prints on standard output to nowhere meanwhile: the whole process's, so keep it short."""
    library = ctypes.CDLL(None)
    library.fflush(None)
    with _sent_nowhere(_STANDARD_OUTPUT):
        yield
        library.fflush(None)


@contextmanager
def silent_errors() -> Iterator[None]:
    """The same for standard error, which is not buffered."""
    with _sent_nowhere(_STANDARD_ERROR):
        yield


@contextmanager
def _sent_nowhere(descriptor: int) -> Iterator[None]:
    try:
        kept = os.dup(descriptor)
    except OSError:  # a service without that stream
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, descriptor)
        os.close(kept)
