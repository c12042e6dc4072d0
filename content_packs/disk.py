"""What the disk of this machine refuses, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content_packs.errors import NoSpace, NotAllowed, is_disk_full


@contextmanager
def refusals_told(path: Path) -> Iterator[None]:
    """Raise NoSpace or NotAllowed with a sentence for what the system refuses at `path` (OSError)."""
    try:
        yield
    except OSError as error:
        raise refusal(path, error) from error


def refusal(path: Path, error: OSError) -> NoSpace | NotAllowed:
    """The error that says it to a person."""
    if is_disk_full(error):
        return NoSpace(f"The disk has no room for {path}: make some. What was there is kept.")
    return NotAllowed(f"{path} cannot be used: {error.strerror}. Give this user the right to write there.")
