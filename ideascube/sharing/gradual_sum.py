"""The sum of a large file, made in small steps: the jobs process has other things to do meanwhile."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from content_packs.store.durable import file_stamp

STEP = 0.2  # seconds of one step
_PIECE = 1024 * 1024  # bytes
_MOST = 500  # sums that are kept


class GradualSums:
    """Sums of files by their paths, as far as they are made, one after the other. `step`: seconds of one step."""

    def __init__(self, step: float = STEP) -> None:
        self._step_seconds = step
        self._made: dict[Path, tuple[object, str]] = {}
        self._path: Path | None = None
        self._stamp: object = None
        self._digest = hashlib.sha256()
        self._done = 0

    def sum_of(self, path: Path) -> str | None:
        """SHA-256 in hexadecimal; None while it is not known: then a step is made. Raises OSError."""
        stamp = file_stamp(path)
        known = self._made.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        if self._path != path or self._stamp != stamp:
            self._path, self._stamp, self._digest, self._done = path, stamp, hashlib.sha256(), 0
        return self._step(path)

    def _step(self, path: Path) -> str | None:
        until = time.monotonic() + self._step_seconds
        with path.open("rb", buffering=0) as file:
            file.seek(self._done)
            while piece := file.read(_PIECE):
                self._digest.update(piece)
                self._done += len(piece)
                if time.monotonic() > until:
                    return None
        digest = self._digest.hexdigest()
        if len(self._made) >= _MOST:
            self._made.clear()
        self._made[path] = (self._stamp, digest)
        self._path = None
        return digest
