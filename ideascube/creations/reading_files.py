"""Reading what was made of a file that somebody brought, within a bound."""

from __future__ import annotations

from pathlib import Path

LONGEST = 2_000_000  # bytes of one file that are read


def read_file(path: Path) -> bytes:
    """Its bytes, at most `LONGEST`; none where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LONGEST)
    except OSError:
        return b""
