"""A database of every earlier schema, with data in it, is brought up to this program's, and all of it is there.

A migration that is added is tested without a change here: `released/NNNN.sql` may hold what a box of its schema has,
and a table for which it has nothing gets a row of our own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from content_packs.errors import IdeascubeError
from ideascube.box_db.database import box_database

MIGRATIONS = sorted(
    (path for path in (files("ideascube.box_db") / "migrations").iterdir() if path.name.endswith(".sql")),
    key=lambda path: path.name,
)
RELEASED = Path(__file__).parent / "released"
MADE_UP = {"INTEGER": 1, "REAL": 1.5, "TEXT": "١ one", "BLOB": b"\x00\xff", "ANY": "any"}


def make_database(path: Path, version: int) -> None:
    """As a program of that version left it; each migration is followed by what its time wrote."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        for migration in MIGRATIONS[:version]:
            connection.executescript(migration.read_text())
            data = RELEASED / f"{migration.name[:4]}.sql"
            if data.exists():
                connection.executescript(data.read_text())
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for table in tables(connection):
            fill_if_empty(connection, table)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()


def tables(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    return [name for (name,) in connection.execute(query)]


def fill_if_empty(connection: sqlite3.Connection, table: str) -> None:
    if connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]:
        return
    columns = list(connection.execute(f'PRAGMA table_info("{table}")'))
    names = ", ".join(f'"{name}"' for _, name, *_ in columns)
    values = [MADE_UP.get(kind, "x") for _, _, kind, *_ in columns]
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(values))})', values)


def rows(connection: sqlite3.Connection) -> Iterator[dict[str, object]]:
    for table in tables(connection):
        found = connection.execute(f'SELECT * FROM "{table}"')
        names = [name for name, *_ in found.description]
        for row in found:
            yield dict(zip(names, row, strict=True))


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_all_data_of_an_earlier_schema_is_there_after_an_update(tmp_path: Path, version: int):
    path = tmp_path / "box.db"
    make_database(path, version)
    with closing(sqlite3.connect(path)) as connection:
        before = list(rows(connection))

    with box_database(path) as connection:
        after = list(rows(connection))
        state = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("PRAGMA ignore_check_constraints = ON")  # rows of our own are not of a kind that is known
        damage = connection.execute("PRAGMA integrity_check").fetchall()

    assert len(MIGRATIONS) == state
    assert [("ok",)] == damage
    assert [] == [row for row in before if not any(row.items() <= each.items() for each in after)]
    assert len(before) >= version


def test_an_update_leaves_no_reference_to_nothing(tmp_path: Path):
    path = tmp_path / "box.db"
    for version in (1, 2, 3):
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            for migration in MIGRATIONS[:version]:
                connection.executescript(migration.read_text())
                connection.executescript((RELEASED / f"{migration.name[:4]}.sql").read_text())
            connection.execute(f"PRAGMA user_version = {version}")

        with box_database(path) as connection:
            assert [] == connection.execute("PRAGMA foreign_key_check").fetchall()


def test_a_database_of_a_later_program_is_left_alone(tmp_path: Path):
    path = tmp_path / "box.db"
    make_database(path, len(MIGRATIONS))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE of_tomorrow (what TEXT) STRICT")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        before = list(rows(connection))

    with pytest.raises(IdeascubeError, match="written by a later Ideascube: update this one"), box_database(path):
        pass
    with closing(sqlite3.connect(path)) as connection:
        assert before == list(rows(connection))
        assert len(MIGRATIONS) + 1 == connection.execute("PRAGMA user_version").fetchone()[0]
