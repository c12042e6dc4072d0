"""The file of the word list as a searcher reads it: opened when first asked, and again when it is another file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ideascube.indexing.words.database import FORMAT

_PATIENCE = 0.1  # seconds; only while the list is mended after a crash does a reader wait for anybody


class WordList:
    """Calls `changed` when what was read before no longer holds. For one thread."""

    def __init__(self, path: Path, changed: Callable[[], None]) -> None:
        self._path = path
        self._changed = changed
        self._connection: sqlite3.Connection | None = None
        self._state: tuple[int, int] | None = None  # of the file: its inode, and what SQLite counts its changes by

    def ask(self, statement: str, values: tuple[object, ...], types: tuple[type, ...]) -> list[Any]:
        """The rows, whose columns have these types; none where the list cannot be read."""
        if self._connection is None:
            return []
        try:
            rows = self._connection.execute(statement, values).fetchall()
        except (sqlite3.Error, UnicodeError):
            return []
        return [row for row in rows if tuple(map(type, row)) == types]  # damage may make a number of a text

    def follow(self) -> bool:
        """Notice that the list was written, or made anew; True where it was."""
        inode = self._inode()
        if self._state is not None and self._state[0] != inode:
            self.close()
        if self._connection is None and inode is not None:
            self._connection = self._opened()
        state = None if inode is None or self._connection is None else (inode, self._version())
        if state == self._state:
            return False
        self._state = state
        self._changed()
        return True

    def _inode(self) -> int | None:
        try:
            return self._path.stat().st_ino
        except OSError:
            return None

    def _opened(self) -> sqlite3.Connection | None:
        where = f"{self._path.absolute().as_uri()}?mode=ro"
        try:
            connection = sqlite3.connect(where, timeout=_PATIENCE, isolation_level=None, uri=True)
        except sqlite3.Error:
            return None
        try:
            if connection.execute("PRAGMA user_version").fetchone() == (FORMAT,):
                return connection
        except sqlite3.Error:
            pass  # damaged; whoever writes it makes it anew
        connection.close()
        return None

    def _version(self) -> int:
        rows = self.ask("PRAGMA data_version", (), (int,))
        return int(rows[0][0]) if rows else 0

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
