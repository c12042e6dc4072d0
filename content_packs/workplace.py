"""Making a file somewhere else than at its place, and putting it there once it is whole.

A failure at any moment leaves what was at the place as it was; a power failure leaves a hidden folder beside it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content_packs.errors import NotAllowed


@contextmanager
def workplace(out: Path) -> Iterator[Path]:
    """A hidden folder beside `out`, on the same file system, gone afterwards with all that libzim puts there."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".tmp", dir=out.parent))
    except OSError as error:
        raise NotAllowed(f"Nothing can be written in {out.parent}: {error.strerror}.") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(made: Path, out: Path) -> None:
    """Flush the file `made`, rename it to `out`, flush the folder."""
    try:
        flush(made)
        made.chmod(0o644)
        made.replace(out)
        flush(out.parent)
    except OSError as error:
        raise NotAllowed(f"{out} cannot be put in place: {error.strerror}.") from error


def flush(path: Path) -> None:
    """Have the disk write a file or folder now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
