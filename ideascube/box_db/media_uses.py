"""Who uses a file that somebody brought: asked of the tables of those who do, so that nothing is kept twice."""

from __future__ import annotations

import sqlite3

_CREATION = (
    "SELECT 1 FROM creation_media AS used JOIN creation ON creation.id = used.creation AND used.version = shown "
    "JOIN creation_face AS face ON face.creation = used.creation AND face.shown = 1 AND audience = 'all' "
    "WHERE used.media = ? LIMIT 1"
)
# Each gives a row where everybody sees a thing that uses the file `?`.
_PUBLIC = (_CREATION,)


def is_public(connection: sqlite3.Connection, media_id: str) -> bool:
    """Whether something that everybody may see uses the file."""
    return any(connection.execute(query, (media_id,)).fetchone() is not None for query in _PUBLIC)
