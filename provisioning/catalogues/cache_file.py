"""The file of a catalogue's cache: made, opened, made anew where it is damaged (docs/formats/catalogues.md)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content_packs.disk import refusals_told
from content_packs.errors import Busy, IdeascubeError, NoSpace
from content_packs.store.durable import make_folder
from provisioning.catalogues.cache import Cache
from provisioning.catalogues.sources import Source

VERSION = 1
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_TABLES = """
CREATE TABLE page (address TEXT PRIMARY KEY, etag TEXT NOT NULL, modified TEXT NOT NULL,
    entries INTEGER NOT NULL, total INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE offer (
    id TEXT PRIMARY KEY, page TEXT NOT NULL, refresh INTEGER NOT NULL, date TEXT NOT NULL,
    size INTEGER NOT NULL, entries INTEGER NOT NULL, text TEXT NOT NULL, offer TEXT NOT NULL
);
CREATE INDEX offer_page ON offer (page);
CREATE TABLE held (id TEXT PRIMARY KEY, page TEXT NOT NULL, offer TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def cache_path(folder: Path, name: str) -> Path:
    """`folder` is the data folder's `sync/`."""
    return folder / "catalogues" / f"{name}.db"


def discard_cache(folder: Path, name: str) -> None:
    """Delete it. Raises NotAllowed."""
    path = cache_path(folder, name)
    with refusals_told(path):
        _discard(path)
        path.with_suffix(".lock").unlink(missing_ok=True)


def _discard(path: Path) -> None:
    """With its journal, which SQLite would else take for that of the next one."""
    for each in (path.with_name(f"{path.name}-journal"), path):
        each.unlink(missing_ok=True)


@contextmanager
def open_cache(folder: Path, source: Source) -> Iterator[Cache]:
    """The catalogue's cache in the folder `sync`, made where there is none, and anew where it is damaged.

    Raises Busy, NoSpace, NotAllowed or IdeascubeError, also for what is done with it.
    """
    path = cache_path(folder, source.name)
    with _errors_told(path):
        make_folder(path.parent)
        connection = _connected(path)
        try:
            yield Cache(connection, source)
        finally:
            connection.close()


def _connected(path: Path) -> sqlite3.Connection:
    try:
        return _open(path)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
            raise
        _discard(path)  # all of it can be fetched again
        return _open(path)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            _make_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_tables(connection: sqlite3.Connection) -> None:
    """Of another version: made anew, since nothing in it is precious."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    drops = "".join(f'DROP TABLE "{name}";' for name in names if '"' not in name)
    connection.executescript(f"BEGIN;{drops}{_TABLES}PRAGMA user_version = {VERSION};COMMIT;")


@contextmanager
def _errors_told(path: Path) -> Iterator[None]:
    with refusals_told(path):
        try:
            yield
        except sqlite3.Error as error:
            raise _told(error, path) from error


def _told(error: sqlite3.Error, path: Path) -> IdeascubeError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGED:
        _discard(path)
        return IdeascubeError(f"The catalogue in {path} was damaged and is thrown away: `ideascube catalog refresh`.")
    if code in _BUSY:
        return Busy(f"Another command refreshes the catalogue in {path} just now: try again when it is done.")
    if code == sqlite3.SQLITE_FULL:
        return NoSpace(f"The disk has no room for the catalogue in {path}: make some. What was there is kept.")
    return IdeascubeError(f"The catalogue in {path} cannot be used ({error}): delete the file and refresh it again.")
