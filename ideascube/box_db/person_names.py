"""What people are called who made, sent or answered something."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable


def person_names(connection: sqlite3.Connection, people: Iterable[int]) -> dict[int, str]:
    """The names of these people by their numbers, also of those whose account was removed."""
    query = "SELECT id, name FROM person WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(query, (json.dumps(sorted(set(people))),)).fetchall())
