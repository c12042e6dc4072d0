"""Searches that find little: counted by days, their text on the disk only once three days had them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import box_database
from ideascube.box_db.secret import box_secret
from ideascube.box_db.unfound import Most, Search, Unfound, listed, note, pending
from tests.support.box import ideascube

KEY = b"k" * 32
OVEN = Search("Solar oven", "solar oven", 0)


def on_days(path: Path, search: Search, *days: str) -> None:
    with box_database(path) as connection:
        for day in days:
            note(connection, KEY, search, day)


def the_list(path: Path) -> list[Unfound]:
    with box_database(path) as connection:
        return listed(connection)


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def test_a_search_is_listed_once_three_days_had_it(tmp_path: Path):
    on_days(tmp_path / "box.db", OVEN, "monday", "monday", "tuesday")
    before = the_list(tmp_path / "box.db")
    on_days(tmp_path / "box.db", OVEN, "wednesday")

    assert [] == before
    assert [Unfound("Solar oven", 3, 0)] == the_list(tmp_path / "box.db")


def test_until_then_its_text_is_not_on_the_disk_and_no_day_ever_is(tmp_path: Path):
    with box_database(tmp_path / "box.db") as connection:
        for day in ("2026-11-24", "2026-11-25"):
            note(connection, KEY, OVEN, day)
        before = bytes_of(tmp_path).lower()  # with what SQLite keeps beside the database
        note(connection, KEY, OVEN, "2026-11-26")
        after = bytes_of(tmp_path).lower()

    assert b"solar" not in before
    assert b"oven" not in before
    assert b"solar oven" in after
    assert b"2026" not in after


def test_further_days_are_counted_each_once(tmp_path: Path):
    on_days(tmp_path / "box.db", OVEN, "1", "2", "3", "3", "4", "4", "5")

    assert [Unfound("Solar oven", 5, 0)] == the_list(tmp_path / "box.db")


def test_other_spellings_of_one_search_are_counted_together(tmp_path: Path):
    for text, day in (("SOLAR OVEN", "1"), ("solar oven", "2"), ("Solar Oven", "3")):
        on_days(tmp_path / "box.db", Search(text, "solar oven", 2), day)

    assert [Unfound("Solar Oven", 3, 2)] == the_list(tmp_path / "box.db")


def test_what_most_days_had_comes_first(tmp_path: Path):
    on_days(tmp_path / "box.db", Search("b", "b", 1), "1", "2", "3")
    on_days(tmp_path / "box.db", Search("a", "a", 1), "1", "2", "3")
    on_days(tmp_path / "box.db", OVEN, "1", "2", "3", "4")

    assert ["Solar oven", "a", "b"] == [each.text for each in the_list(tmp_path / "box.db")]


def test_the_oldest_are_forgotten(tmp_path: Path):
    most = Most(pending=3, listed=2)
    with box_database(tmp_path / "box.db") as connection:
        for number in range(10):
            note(connection, KEY, Search(f"pending{number}", f"pending{number}", 0), "1", most)
        left = pending(connection)
        for number in range(4):
            for day in "123":
                note(connection, KEY, Search(f"listed{number}", f"listed{number}", 0), day, most)

        assert 3 == left
        assert ["listed2", "listed3"] == [each.text for each in listed(connection)]


def test_another_key_recognises_nothing(tmp_path: Path):
    with box_database(tmp_path / "box.db") as connection:
        for number, day in enumerate("12345"):
            note(connection, bytes([number]) * 32, OVEN, day)

        assert [] == listed(connection)


def test_the_key_is_random_private_and_stays(tmp_path: Path):
    key, other = box_secret(tmp_path / "a" / "key"), box_secret(tmp_path / "b" / "key")

    assert 32 == len(key)
    assert key != other
    assert key == box_secret(tmp_path / "a" / "key")
    assert 0o600 == (tmp_path / "a" / "key").stat().st_mode & 0o777
    assert ["key"] == [file.name for file in (tmp_path / "a").iterdir()]


def test_a_damaged_key_is_made_anew(tmp_path: Path):
    (tmp_path / "key").write_bytes(b"half")

    assert 32 == len(box_secret(tmp_path / "key"))


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    on_days(tmp_path / "box.db", OVEN, "1", "2", "3", "4")
    on_days(tmp_path / "box.db", Search("=1+1", "1 1", 2), "1", "2", "3")
    on_days(tmp_path / "box.db", Search("خيمة، ماء", "خيمه ماء", 1), "1", "2", "3")
    on_days(tmp_path / "box.db", Search("only twice", "only twice", 0), "1", "2")
    return DataFolder(tmp_path)


def test_the_command_shows_the_list(data: DataFolder):
    shown = ideascube("stats", "show", "--data", data.root)

    assert 0 == shown.returncode, shown.stderr
    lines = shown.stdout.splitlines()
    assert ["4", "none", "Solar oven"] == lines[1].split(maxsplit=2)
    assert 4 == len(lines)


def test_the_command_writes_a_table_that_no_spreadsheet_takes_for_formulas(data: DataFolder, tmp_path: Path):
    exported = ideascube("stats", "export", tmp_path / "list.csv", "--data", data.root)

    assert 0 == exported.returncode, exported.stderr
    content = (tmp_path / "list.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert ["search", "days", "results"] == rows[0]
    assert [["Solar oven", "4", "0"], ["'=1+1", "3", "2"], ["خيمة، ماء", "3", "1"]] == rows[1:]


def test_there_may_be_nothing_to_show(tmp_path: Path):
    shown = ideascube("stats", "show", "--data", tmp_path)

    assert (0, "There is nothing to show: no search found little on 3 different days or more.\n") == (
        shown.returncode,
        shown.stdout,
    )
    assert [] == list(tmp_path.iterdir())


def test_failures_are_one_sentence(data: DataFolder, tmp_path: Path):
    nowhere = ideascube("stats", "export", tmp_path / "no" / "list.csv", "--data", data.root)
    (tmp_path / "box.db").write_text("no database " * 500)
    damaged = ideascube("stats", "show", "--data", data.root)

    assert (5, 1) == (nowhere.returncode, nowhere.stderr.count("\n"))
    assert (1, 1) == (damaged.returncode, damaged.stderr.count("\n"))
    assert "box.db is damaged" in damaged.stderr
