"""The box's database kept open by a process that uses it often: opening and closing it costs a slow card dear.

For one thread alone, as SQLite's connections are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ideascube.box_db.database import errors_told, open_database


class KeptOpen:
    """Opens `path` when it is first needed, and anew after an error or when another file lies there."""

    def __init__(self, path: Path, timeout: float) -> None:
        self._path, self._timeout = path, timeout
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Raises what `box_database` raises."""
        with errors_told(self._path):
            try:
                yield self._ready()
            except sqlite3.Error:
                self.close()
                raise

    def _ready(self) -> sqlite3.Connection:
        if self._connection is None or self._file != self._identity():
            self.close()
            self._connection = open_database(self._path, self._timeout)
            self._file = self._identity()
        return self._connection

    def _identity(self) -> tuple[int, int] | None:
        """Whoever puts a copy in its place puts another file there."""
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return None
        return stat.st_dev, stat.st_ino

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._file = None
