"""The file of the word list as a searcher reads it: what it is asked for, and how it is opened.

It is opened when it is first asked for anything, and again when it is another file. Format: docs/formats/index.md
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, NamedTuple

from ideascube.indexing.words.database import FORMAT

_PATIENCE = 0.1  # seconds; only while the list is mended after a crash does a reader wait for anybody
_BEGINNINGS = 5000  # words looked through for the most frequent: two letters begin that many
_LAST = "\U0010ffff"

# The keys are sought one by one in each pack, never the list gone through: hence the order of the tables.
_WRITTEN = """
    SELECT packs.pack, words.key, form, pages, weight
    FROM packs CROSS JOIN json_each(?) CROSS JOIN words ON words.pack = packs.number AND words.key = value
    ORDER BY weight DESC
"""
_WEIGHTS = "SELECT keys.key, weight FROM json_each(?) CROSS JOIN keys ON keys.key = value"
_ALIKE = "SELECT key, weight FROM keys WHERE key >= ? AND key < ? AND length(key) BETWEEN ? AND ?"
_PACKS_BEGINNING = """
    SELECT packs.pack FROM packs
    WHERE EXISTS (SELECT 1 FROM words WHERE words.pack = packs.number AND words.key >= ? AND words.key < ?)
"""
# Beside max(), SQLite takes other columns from the row that has it: the form that is most frequent.
# Source: https://www.sqlite.org/lang_select.html#bareagg
_BEGINNING = """
    SELECT key, form, sum(pages), max(weight) FROM (
        SELECT key, form, pages, weight FROM words
        WHERE pack = (SELECT number FROM packs WHERE pack = ?) AND key >= ? AND key < ? LIMIT ?
    ) GROUP BY key ORDER BY sum(weight) DESC LIMIT ?
"""


class Row(NamedTuple):
    """One form of a word in one pack."""

    pack: str
    key: str
    form: str
    pages: int
    weight: int


class WordList:
    """Calls `changed` when what was read before no longer holds. For one thread.

    What cannot be read is not there: no method fails.
    """

    def __init__(self, path: Path, changed: Callable[[], None]) -> None:
        self._path = path
        self._changed = changed
        self._connection: sqlite3.Connection | None = None
        self._state: tuple[int, int] | None = None  # of the file: its inode, and what SQLite counts its changes by

    def rows(self, keys: Collection[str]) -> list[Row]:
        """These keys in all packs and forms, by falling weight."""
        rows = self._ask(_WRITTEN, (json.dumps(list(keys)),), (str, str, str, int, int))
        return [Row(pack, key, form or key, pages, weight) for pack, key, form, pages, weight in rows]

    def beginning(self, pack: str, prefix: str, limit: int) -> list[tuple[str, str, int]]:
        """Words of a pack by falling weight: key, most frequent form, pages of all its forms."""
        values = (pack, prefix, prefix + _LAST, _BEGINNINGS, limit)
        rows = self._ask(_BEGINNING, values, (str, str, int, int))
        return [(key, form or key, pages) for key, form, pages, _ in rows]

    def weights(self, keys: Collection[str]) -> dict[str, int]:
        """Those of the keys that any pack has, with what they weigh in all packs."""
        return dict(self._ask(_WEIGHTS, (json.dumps(list(keys)),), (str, int)))

    def weights_beginning(self, prefix: str, shortest: int, longest: int) -> dict[str, int]:
        """The keys that begin so and have so many letters, with what they weigh in all packs."""
        return dict(self._ask(_ALIKE, (prefix, prefix + _LAST, shortest, longest), (str, int)))

    def packs_beginning(self, prefix: str) -> frozenset[str]:
        """The packs that have a word that begins so."""
        return frozenset(pack for (pack,) in self._ask(_PACKS_BEGINNING, (prefix, prefix + _LAST), (str,)))

    def packs(self) -> dict[str, str]:
        """The packs that are listed, and their languages (BCP 47, with spaces between)."""
        return dict(self._ask("SELECT pack, languages FROM packs", (), (str, str)))

    def letters(self) -> set[str]:
        """All letters of all keys."""
        return {letter for (letters,) in self._ask("SELECT letters FROM packs", (), (str,)) for letter in letters}

    def _ask(self, statement: str, values: tuple[object, ...], types: tuple[type, ...]) -> list[Any]:
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
        rows = self._ask("PRAGMA data_version", (), (int,))
        return int(rows[0][0]) if rows else 0

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None
