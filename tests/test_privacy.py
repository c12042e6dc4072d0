"""The documentation names every field of the database, and every cookie that the program sets."""

from __future__ import annotations

import re
from pathlib import Path

from ideascube.box_db.database import box_database
from ideascube.people import cookies as staff_cookies
from ideascube.progress import cookie
from ideascube.reading import preferences
from ideascube.web.i18n import LANGUAGE_COOKIE

ROOT = Path(__file__).parents[1]
PRIVACY = (ROOT / "docs" / "privacy.md").read_text()
FORMAT = (ROOT / "docs" / "formats" / "box-db.md").read_text()


def columns(folder: Path) -> set[str]:
    with box_database(folder / "box.db") as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {f"{table}.{row[1]}" for table in tables for row in connection.execute(f"PRAGMA table_info({table})")}


def in_format(text: str) -> set[str]:
    """`table.column` of each row; a row without a table goes on with the one above."""
    found: set[str] = set()
    table = ""
    for first, second in re.findall(r"^\| ([^|]*?) ?\| (`[^|]+`) \|", text, re.MULTILINE):
        table = first.strip("`") or table
        found |= {f"{table}.{column}" for column in re.findall(r"`(\w+)`", second)}
    return found


def test_every_field_of_the_database_is_told(tmp_path: Path):
    assert columns(tmp_path) == set(re.findall(r"`(\w+\.\w+)`", PRIVACY)) - {"box.db"}


def test_the_format_has_every_field_too(tmp_path: Path):
    assert columns(tmp_path) == in_format(FORMAT)


def test_cookies_are_those_that_the_program_sets():
    told = set(re.findall(r"^\| `(\w+)` \|", PRIVACY, re.MULTILINE))
    setting = {path.stem for path in (ROOT / "ideascube").rglob("*.py") if ".set_cookie(" in path.read_text()}

    of_staff = {staff_cookies.SESSION, staff_cookies.KNOWN, staff_cookies.DEVICE}
    assert told == {LANGUAGE_COOKIE, cookie.NAME, cookie.CARD, preferences.COOKIE} | of_staff
    # Each of the above belongs to one of these.
    assert setting == {"language", "request", "preferences", "cookies", "seeing"}
