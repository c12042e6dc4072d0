"""Reading with bounds: nothing that a file claims decides how much memory or time it gets."""

from __future__ import annotations

from pathlib import Path

from content_packs.errors import BadInput


def read_whole(path: Path, limit: int) -> bytes:
    """All of a file. Raises BadInput where it cannot be read, is empty, or has more than `limit` bytes."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise BadInput(
            f"{path.name} cannot be read ({error.strerror}): check that it is there and may be read."
        ) from error
    if not data:
        raise BadInput(f"{path.name} is empty: copy it again from where it came.")
    if len(data) > limit:
        raise BadInput(f"{path.name} has more than {limit // 1_000_000} MB, too much for a file of its kind.")
    return data
