"""A form that is sent twice does its thing once: each form carries a value that is taken in one time only.

`once_field()` of `templates/staff_parts.html` puts it into a form; the deed that the form causes asks `is_new` first,
in its own transaction.
"""

from __future__ import annotations

import re
import secrets
import sqlite3

FIELD = "once"
_MOST = 5000  # values that are remembered; a form is sent again within seconds
_VALUE = re.compile(r"[A-Za-z0-9_-]{22}")


def new_once() -> str:
    """The value for one form."""
    return secrets.token_urlsafe(16)


def is_new(connection: sqlite3.Connection, value: str) -> bool:
    """Whether the form with this value was not taken in before; from now on it was. What is no value is always new."""
    if not _VALUE.fullmatch(value):
        return True
    turn = connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM form_once").fetchone()[0]
    added = connection.execute("INSERT OR IGNORE INTO form_once VALUES (?, ?)", (value, turn))
    connection.execute("DELETE FROM form_once WHERE turn <= ?", (turn - _MOST,))
    return bool(added.rowcount)
