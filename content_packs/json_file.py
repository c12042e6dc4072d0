"""Small files of JSON that one program writes and another reads: bounded, and never an error.

They are written by `content_packs.store.durable.write_atomically`. A bad disk, a person or another version may have
made anything of them since.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")

USUAL_LIMIT = 4 * 1024 * 1024  # bytes


def read_json(path: Path, kind: type[T], empty: T, limit: int = USUAL_LIMIT) -> T:
    """What the file says; `empty` where it is missing, cut, foreign, or longer than `limit` bytes.

    Where `kind` has a field `format`, another one than that of `empty` is foreign too.
    """
    try:
        with path.open("rb") as file:
            found = msgspec.json.decode(file.read(limit), type=kind)
    except (OSError, ValueError, RecursionError):
        return empty
    return found if getattr(found, "format", None) == getattr(empty, "format", None) else empty
