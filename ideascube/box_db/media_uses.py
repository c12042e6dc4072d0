"""Who uses a file that somebody brought: asked of the tables of those who do, so that nothing is kept twice."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from ideascube.box_media.addresses import MEDIA_ID

_PUBLIC_CREATION = (
    "SELECT 1 FROM creation_media AS used "
    "JOIN creation ON creation.id = used.creation AND creation.shown = used.version "
    "JOIN creation_face AS face ON face.creation = used.creation AND face.shown = 1 AND audience = 'all' "
    "WHERE used.media = ? LIMIT 1"
)
_PUBLIC_COURSE = "SELECT 1 FROM own_course_media WHERE media = ? LIMIT 1"
_PUBLIC_COLLECTION = (
    "SELECT 1 FROM collection JOIN edition ON edition.collection = collection.id AND edition.state = 'published' "
    "WHERE cover = ? AND collection.state = 'open' LIMIT 1"
)
_PUBLIC_HOME = (
    "SELECT 1 FROM arrangement WHERE turn = (SELECT max(turn) FROM arrangement WHERE published) "
    "AND instr(body, '/media/' || ? || '/')"
)
_PUBLIC_CATEGORY = "SELECT 1 FROM category WHERE instr(picture, '/media/' || ? || '/') LIMIT 1"
# Each gives a row where everybody sees a thing that uses the file `?`.
_PUBLIC = (_PUBLIC_CREATION, _PUBLIC_COURSE, _PUBLIC_COLLECTION, _PUBLIC_CATEGORY, _PUBLIC_HOME)

# Each gives the ids of files that something uses, an earlier version of a creation for one.
_IN_USE = (
    "SELECT DISTINCT media FROM creation_media",
    "SELECT DISTINCT media FROM own_course_media",
    "SELECT cover FROM collection WHERE cover <> ''",
)
# Each gives texts in which ids of files may stand, in addresses or else, some of them compressed.
_TEXTS = (
    "SELECT fields FROM creation_draft",
    "SELECT fields FROM sharing_other",
    "SELECT picture FROM category",
    "SELECT body FROM arrangement",
    "SELECT body FROM own_course_version",
)

_ID = re.compile(rf"\b{MEDIA_ID}\b")
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


def _in_texts(connection: sqlite3.Connection) -> Iterator[frozenset[str]]:
    for query in _TEXTS:
        for (text,) in connection.execute(query):
            yield frozenset(_ID.findall(zlib.decompress(text).decode() if isinstance(text, bytes) else text))
