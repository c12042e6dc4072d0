"""The file of the word list: its tables, how it is opened, and what becomes of it when it is damaged.

SQLite with a write-ahead log: searchers read on while a pack is written, and after a power cut there is the old state
or the new one. Format: docs/formats/index.md
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from content_packs.errors import Busy, IdeascubeError, NoSpace, NotAllowed, is_disk_full
from content_packs.store.durable import make_folder

FORMAT = 1  # of the tables; a file with another number is begun anew

_PATIENCE = 10.0  # seconds that a writer waits for another one
_CACHE = 16 * 1024  # KiB
_LOG_LIMIT = 16 * 1024 * 1024  # bytes of the log that are left between two packs

_REFUSED = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY)

_TABLES = """
    CREATE TABLE packs (
        number INTEGER PRIMARY KEY, pack TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, languages TEXT NOT NULL,
        letters TEXT NOT NULL, words INTEGER NOT NULL
    );
    CREATE TABLE words (
        pack INTEGER NOT NULL, key TEXT NOT NULL, form TEXT NOT NULL, pages INTEGER NOT NULL, weight INTEGER NOT NULL,
        PRIMARY KEY (pack, key, form)
    ) WITHOUT ROWID;
    CREATE TABLE keys (
        key TEXT NOT NULL PRIMARY KEY, packs INTEGER NOT NULL, weight INTEGER NOT NULL
    ) WITHOUT ROWID;
"""


class DamagedList(IdeascubeError):
    """The file is none of ours, or damaged: it is to be deleted and made again."""


def open_list(database: Path) -> sqlite3.Connection:
    """The list, to be written; made where there is none. Raises DamagedList, NoSpace, NotAllowed or Busy."""
    with explained(database):
        make_folder(database.parent)
        connection = sqlite3.connect(database, timeout=_PATIENCE, isolation_level=None)
        try:
            _prepare(connection, database)
        except BaseException:
            connection.close()
            raise
        return connection


def _prepare(connection: sqlite3.Connection, database: Path) -> None:
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # before the first table, or it is too late
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost the last pack, never the file
    connection.execute(f"PRAGMA journal_size_limit = {_LOG_LIMIT}")
    if version == 0:
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {FORMAT}; COMMIT;")
    elif version != FORMAT:
        raise DamagedList(f"The word list {database} is of another format: it is made again.")


def delete_list(database: Path) -> None:
    """Raises NotAllowed. Whoever has it open reads on in what was deleted."""
    with explained(database):
        for name in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
            name.unlink(missing_ok=True)


def mend_words(database: Path) -> None:
    """Delete the list where it is damaged, so that it is made again. Reads all of it: for when a process starts.

    Raises NotAllowed or Busy where that is not known or cannot be done.
    """
    if not database.exists():
        return
    try:
        with contextlib.closing(open_list(database)) as connection, explained(database):
            is_whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except DamagedList:
        is_whole = False
    if not is_whole:
        delete_list(database)


@contextlib.contextmanager
def explained(database: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise into one sentence."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise _explanation(database, error) from error


def _explanation(database: Path, error: sqlite3.Error | OSError) -> IdeascubeError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or (isinstance(error, OSError) and is_disk_full(error)):
        return NoSpace(
            f"The disk has no room for the word list {database}: free some space. "
            "Until then searches forgive fewer typing errors."
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(f"Another process writes the word list {database}: try again in a few seconds.")
    if isinstance(error, OSError) or code in _REFUSED:
        return NotAllowed(
            f"The word list {database} cannot be written: {_reason(error)}. Check the disk and its rights."
        )
    return DamagedList(f"The word list {database} is damaged: it is made again.")


def _reason(error: sqlite3.Error | OSError) -> str:
    return str(getattr(error, "strerror", None) or error).rstrip(".")
