"""What an operator set about the box: its name, the languages of its pages, whether originals are kept.

Web workers read it from a file that is made of this table, so that no page waits for the database: `people.live_facts`.
"""

from __future__ import annotations

import sqlite3

NAME = "name"  # of the box, as its pages show it
LANGUAGES = "languages"  # of the interface, in their order, with spaces between; the first is the usual one
ORIGINALS = "originals"  # of uploads: `kept` or `dropped`
_LONGEST = 2000  # characters


def fact(connection: sqlite3.Connection, key: str, default: str = "") -> str:
    row = connection.execute("SELECT value FROM box_fact WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else default


def set_fact(connection: sqlite3.Connection, key: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO box_fact VALUES (?, ?)", (key, value[:_LONGEST]))


def all_facts(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT key, value FROM box_fact"))
