"""The box's database: made, brought up to date, private; what is wrong with it is one sentence."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from content_packs.errors import Busy, IdeascubeError, NotAllowed
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.kept_open import KeptOpen


def tables(path: Path) -> set[str]:
    with box_database(path) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_it_is_made_when_it_is_first_opened(tmp_path: Path):
    assert {"unfound", "unfound_pending", "card", "card_place"} <= tables(tmp_path / "box.db")


def test_only_its_owner_can_read_it_and_what_sqlite_writes_beside_it(tmp_path: Path):
    with box_database(tmp_path / "box.db") as connection, transaction(connection):
        connection.execute("INSERT INTO unfound VALUES (x'00', x'00', 3, 1, 'solar oven', 0)")
        rights = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}

    assert {"box.db": 0o600, "box.db-wal": 0o600, "box.db-shm": 0o600} == rights


def test_what_was_written_is_flushed(tmp_path: Path):
    with box_database(tmp_path / "box.db") as connection:
        modes = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]

    assert ["wal", 2] == modes  # 2: FULL


def test_processes_that_open_it_first_at_the_same_time_make_it_once(tmp_path: Path):
    code = "import sys; from tests.box_db.test_database import tables, Path; tables(Path(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(tmp_path / "box.db")]
    processes = [subprocess.Popen(command, cwd=Path(__file__).parents[2]) for _ in range(4)]

    assert [0, 0, 0, 0] == [process.wait(timeout=60) for process in processes]


def test_who_has_it_open_and_others_who_come_and_go_see_what_each_writes(tmp_path: Path):
    """SQLite's locks are the process's: whoever opens and closes the file beside SQLite gives them away (fcntl(2))."""
    path = tmp_path / "box.db"
    kept = KeptOpen(path, 5.0)
    with kept.connection() as connection:
        connection.execute("INSERT INTO box_day VALUES ('before', 1)")

    tables(path)
    in_another_process(path)
    with kept.connection() as connection:
        connection.execute("INSERT INTO box_day VALUES ('after', 2)")

    assert "after before" == in_another_process(path)
    kept.close()


def in_another_process(path: Path) -> str:
    """The days that it sees; it opens the database and closes it."""
    code = (
        "import sys; from pathlib import Path; from ideascube.box_db.database import box_database\n"
        "with box_database(Path(sys.argv[1])) as c: print(*(d for d, in c.execute('SELECT day FROM box_day')))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_failure_in_a_transaction_takes_all_of_it_back(tmp_path: Path):
    with box_database(tmp_path / "box.db") as connection:
        with pytest.raises(ValueError, match="changed my mind"), transaction(connection):
            connection.execute("INSERT INTO unfound VALUES (x'00', x'00', 3, 1, 'solar oven', 0)")
            raise ValueError("changed my mind")

        assert 0 == connection.execute("SELECT count(*) FROM unfound").fetchone()[0]


def test_a_database_of_a_later_program_is_left_alone(tmp_path: Path):
    with sqlite3.connect(tmp_path / "box.db") as later:
        later.execute("PRAGMA user_version = 999")

    with pytest.raises(IdeascubeError, match="a later Ideascube: update this one"):
        tables(tmp_path / "box.db")
    with sqlite3.connect(tmp_path / "box.db") as later:
        assert [] == later.execute("SELECT name FROM sqlite_schema").fetchall()


@pytest.mark.parametrize("damage", ["no database", "a page overwritten"])
def test_a_damaged_database_is_told_in_one_sentence(tmp_path: Path, damage: str):
    path = tmp_path / "box.db"
    if damage == "no database":
        path.write_text("this is a letter to my sister " * 200)
    else:
        tables(path)
        whole = path.read_bytes()
        path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])

    with pytest.raises(IdeascubeError, match=r"box\.db is damaged .*: put a copy of it in its place"):
        tables(path)


def test_a_writer_that_does_not_end_is_waited_for_no_longer_than_one_likes(tmp_path: Path):
    path = tmp_path / "box.db"
    with box_database(path) as slow:
        slow.execute("BEGIN IMMEDIATE")

        with pytest.raises(Busy, match="try again"), box_database(path, timeout=0.1) as quick, transaction(quick):
            pass


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path):
    with pytest.raises(NotAllowed, match="cannot be used"):
        tables(tmp_path / "missing" / "box.db")
