"""What waits for somebody, counted for the first page of the workspace. Each count is answered from an index."""

from __future__ import annotations

import sqlite3

from ideascube.box_db.flags import count_flagged
from ideascube.box_db.reviews import count_waiting
from ideascube.box_db.sharing_lists import count_beside
from ideascube.people.rights import Person, Right
from ideascube.workspace.waiting import Counts

_LATE = 600  # seconds after which what was due is told about: until then the jobs process may just be at it


def count_for(connection: sqlite3.Connection, person: Person) -> Counts:
    """Of others' things only what this person may see to."""
    reviews = person.may(Right.REVIEW)
    return Counts(
        returned=_own(connection, person, "state = 'returned'"),
        drafts=_own(connection, person, "state = 'draft'"),
        unsaved=_one(connection, "SELECT count(DISTINCT creation) FROM creation_draft WHERE person = ?", person.id),
        sent=_own(connection, person, "state = 'waiting' AND publish_at IS NULL"),
        to_review=count_waiting(connection) if reviews else 0,
        flagged=count_flagged(connection) if reviews else 0,
        overdue=_overdue(connection) if reviews else 0,
        beside=count_beside(connection) if person.may(Right.WRITE) else 0,
        failed=_one(connection, "SELECT count(*) FROM media WHERE state = 'failed' AND \"by\" = ?", person.id),
    )


def _own(connection: sqlite3.Connection, person: Person, condition: str) -> int:
    """`condition` is one of the above."""
    return _one(connection, f"SELECT count(*) FROM creation WHERE owner = ? AND {condition}", person.id)  # noqa: S608


def _overdue(connection: sqlite3.Connection) -> int:
    return _one(connection, "SELECT count(*) FROM creation WHERE publish_at < unixepoch() - ?", _LATE)


def _one(connection: sqlite3.Connection, query: str, value: int) -> int:
    return int(connection.execute(query, (value,)).fetchone()[0])
