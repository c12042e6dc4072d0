"""Counters of what mediators arranged: who keeps something in memory asks whether it is still so."""

from __future__ import annotations

import sqlite3

CATEGORIES = "category"
HIDDEN = "hidden"


def note_change(connection: sqlite3.Connection, area: str) -> None:
    connection.execute(
        "INSERT INTO arranging_change VALUES (?, 1) ON CONFLICT (area) DO UPDATE SET number = number + 1", (area,)
    )


def changes(connection: sqlite3.Connection, area: str) -> int:
    """How often something was changed there."""
    found = connection.execute("SELECT number FROM arranging_change WHERE area = ?", (area,)).fetchone()
    return int(found[0]) if found else 0
