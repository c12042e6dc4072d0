"""Who uses a file that somebody brought: asked of the tables of those who do, so that nothing is kept twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from ideascube.box_media.addresses import media_in

_PUBLIC_CREATION = (
    "SELECT 1 FROM creation_media AS used JOIN creation ON creation.id = used.creation AND used.version = creation.shown "
    "JOIN creation_face AS face ON face.creation = used.creation AND face.shown = 1 AND audience = 'all' "
    "WHERE used.media = ? LIMIT 1"
)
# Each gives a row where everybody sees a thing that uses the file `?`.
_PUBLIC = (_PUBLIC_CREATION,)

# Each gives the ids of all files that something uses, an earlier version of a creation for one.
_IN_USE = ("SELECT DISTINCT media FROM creation_media",)
# Each gives texts in which addresses of files may stand.
_TEXTS = ("SELECT fields FROM creation_draft",)

_MOST_USERS = 20


@dataclass(frozen=True, slots=True)
class User:
    """A thing that uses a file. `is_now`: False where only an earlier version of it does."""

    address: str
    title: str
    is_now: bool


def is_public(connection: sqlite3.Connection, media_id: str) -> bool:
    """Whether something that everybody may see uses the file."""
    return any(connection.execute(query, (media_id,)).fetchone() is not None for query in _PUBLIC)


def users_of(connection: sqlite3.Connection, media_id: str) -> list[User]:
    """What uses the file, as links for people of the workspace: the first few."""
    rows = connection.execute(
        "SELECT creation.id, max(version IN (newest, shown, due)) FROM creation_media "
        "JOIN creation ON creation.id = creation WHERE media = ? GROUP BY creation.id ORDER BY 2 DESC LIMIT ?",
        (media_id, _MOST_USERS),
    )
    return [User(f"/staff/write/{creation}", _title(connection, creation), bool(is_now)) for creation, is_now in rows]


def _title(connection: sqlite3.Connection, creation: str) -> str:
    row = connection.execute(
        "SELECT value ->> 'title' FROM creation_face, json_each(texts) WHERE creation = ? AND shown = 0 "
        "ORDER BY json_each.key = language DESC LIMIT 1",
        (creation,),
    ).fetchone()
    return str(row[0]) if row and row[0] else ""


def all_in_use(connection: sqlite3.Connection) -> frozenset[str]:
    """The ids of all files that anything uses, be it a draft or an earlier version. Slow: for the jobs process."""
    ids = {str(row[0]) for query in _IN_USE for row in connection.execute(query)}
    return frozenset(ids).union(*_in_texts(connection))


def _in_texts(connection: sqlite3.Connection) -> Iterable[frozenset[str]]:
    for query in _TEXTS:
        yield from (media_in(row[0]) for row in connection.execute(query))
