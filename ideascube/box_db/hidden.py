"""What learners do not see: packs, and pages or files of packs. A row for each; what has none is shown to everyone."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from content_packs.store.library import EVERYONE
from ideascube.box_db.arranging_changes import HIDDEN, note_change

MOST = 2000  # packs and pages together


@dataclass(frozen=True, slots=True)
class Hidden:
    """`packs`: pack to whom it is shown; `pages`: pack to path to whom."""

    packs: Mapping[str, str]
    pages: Mapping[str, Mapping[str, str]]


def all_hidden(connection: sqlite3.Connection) -> Hidden:
    packs: dict[str, str] = {}
    pages: dict[str, dict[str, str]] = {}
    for pack, path, shown_to in connection.execute("SELECT pack, path, shown_to FROM hidden ORDER BY pack, path"):
        if path:
            pages.setdefault(pack, {})[path] = shown_to
        else:
            packs[pack] = shown_to
    return Hidden(packs, pages)


def show_to(connection: sqlite3.Connection, pack: str, path: str, shown_to: str) -> bool:
    """Show a pack (empty path) or one page of it to `shown_to`. False where as much is hidden as may be."""
    if shown_to == EVERYONE:
        connection.execute("DELETE FROM hidden WHERE pack = ? AND path = ?", (pack, path))
    elif not _is_room(connection, pack, path):
        return False
    else:
        connection.execute("INSERT OR REPLACE INTO hidden VALUES (?, ?, ?)", (pack, path, shown_to))
    note_change(connection, HIDDEN)
    return True


def _is_room(connection: sqlite3.Connection, pack: str, path: str) -> bool:
    others = connection.execute("SELECT count(*) FROM hidden WHERE NOT (pack = ? AND path = ?)", (pack, path))
    return int(others.fetchone()[0]) < MOST
