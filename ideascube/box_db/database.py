"""Opening `box.db` (SQLite): made where it is missing, brought up to this program's schema, private, durable.

A migration is a numbered file of SQL beside this module; the number of the last one is SQLite's `user_version`.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

from content_packs.errors import Busy, IdeascubeError, NoSpace, NotAllowed
from content_packs.store.durable import file_stamp

NAME = "box.db"

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_REFUSED = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)


@contextmanager
def box_database(path: Path, timeout: float = 5.0) -> Iterator[sqlite3.Connection]:
    """The database, open in autocommit; closed afterwards. `timeout`: seconds to wait for another writer.

    Raises Busy, NoSpace, NotAllowed, or IdeascubeError where the file is damaged or of a later program; also for what
    is done with the connection.
    """
    with errors_told(path):
        connection = open_database(path, timeout)
        try:
            yield connection
        finally:
            connection.close()


def open_database(path: Path, timeout: float) -> sqlite3.Connection:
    """The database, open until `close`. Raises OSError or sqlite3.Error, which `errors_told` words."""
    _make_private(path)
    connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
    try:
        _configure(connection)
        _migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private(path: Path) -> None:
    """SQLite gives the files beside it (WAL) the rights that this one has.

    Made without being opened: to close a file gives away all locks that this process has on it (fcntl(2)), those of
    SQLite's other connections as well, and the next process that closes the database would then throw their log away.
    """
    with suppress(FileExistsError):
        os.mknod(path, stat.S_IFREG | 0o600)


def _configure(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # what was confirmed to a person is on the disk
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA secure_delete = ON")  # what a person erased is overwritten


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    migrations = _migrations()
    if _version(connection) == len(migrations):
        return
    with transaction(connection):
        version = _version(connection)  # another process may have been faster
        if version > len(migrations):
            raise IdeascubeError(f"The box's database {path} was written by a later Ideascube: update this one.")
        for number, script in enumerate(migrations[version:], version + 1):
            _run(connection, script)
            connection.execute(f"PRAGMA user_version = {number}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrations() -> list[str]:
    folder = files("ideascube.box_db") / "migrations"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    return [(folder / name).read_text(encoding="utf-8") for name in names]


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Statement by statement, within the transaction, which `executescript` would end."""
    statement = ""
    for line in script.splitlines():
        statement += f"{line}\n"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def database_stamps(path: Path) -> tuple[object, object]:
    """Another pair whenever something was written to the database; the first is None where there is none."""
    return file_stamp(path), file_stamp(path.with_name(f"{path.name}-wal"))


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is done within."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite has ended it itself where the disk is full
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def errors_told(path: Path) -> Iterator[None]:
    """What SQLite and the system say, as an error for a person."""
    try:
        yield
    except sqlite3.Error as error:
        raise _told(error, path) from error
    except OSError as error:
        raise NotAllowed(
            f"The box's database {path} cannot be used: {error.strerror}. Give this user the right to."
        ) from error


def _told(error: sqlite3.Error, path: Path) -> IdeascubeError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the family of the code: https://sqlite.org/rescode.html
    if code in _BUSY:
        return Busy(f"The box's database {path} is being written by another process: try again in a moment.")
    if code == sqlite3.SQLITE_FULL:
        return NoSpace(f"The disk has no room for the box's database {path}: make some; nothing was changed.")
    if code in _REFUSED:
        return NotAllowed(f"The box's database {path} cannot be written: {error}. Give this user the right to.")
    if code in _DAMAGED:
        return IdeascubeError(
            f"The box's database {path} is damaged ({error}): put a copy of it in its place, or move it away to begin "
            "with an empty one."
        )
    return IdeascubeError(f"The box's database {path} cannot be used: {error}. Look whether its disk is sound.")
