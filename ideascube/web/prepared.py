"""What a start makes of files that seldom change, kept for the next start: a slow box is then back within seconds.

Each piece lies in `cache/prepared/` with sums of what it was made of and of itself. One that is missing, damaged or
made of something else is made again; one that cannot be written is made again the next time.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path

from content_packs.store.durable import write_atomically

_SUM = 32  # bytes of a SHA-256


class Prepared:
    """Pieces in `folder`; without one, each is made anew."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def get(self, name: str, sources: bytes, make: Callable[[], bytes]) -> bytes:
        """The piece called `name`, made by `make` unless it is here and was made of the same `sources`."""
        if self._folder is None:
            return make()
        path, origin = self._folder / name, hashlib.sha256(sources).digest()
        kept = _read(path, origin)
        return kept if kept is not None else _keep(path, origin, make())


def _read(path: Path, origin: bytes) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    body = content[2 * _SUM :]
    return body if content[: 2 * _SUM] == origin + hashlib.sha256(body).digest() else None


def _keep(path: Path, origin: bytes, body: bytes) -> bytes:
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, origin + hashlib.sha256(body).digest() + body)
    return body
