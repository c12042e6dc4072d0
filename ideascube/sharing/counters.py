"""A few numbers about the box for those who look after it, once a day.

Nothing here is about a person, and nothing below `FEWEST` is said: of few things one may know whose they are. What
each says: docs/formats/sharing.md, docs/privacy.md
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from content_packs.media.described import one_line
from content_packs.store.library import Library
from ideascube.box_db.box_facts import NAME as BOX_NAME
from ideascube.box_db.box_facts import fact
from ideascube.box_db.days import days_so_far
from ideascube.box_db.unfound import Unfound, listed
from ideascube.sharing.parcels import Parcel

FEWEST = 5
MOST_SEARCHES = 50
LONGEST_SEARCH = 100  # letters
ID = "box"
COUNTERS, STOPPED = "counters", "stopped"  # a box's fact, and its value where they are not sent

_KINDS = "SELECT kind, count(*) FROM creation_face WHERE shown = 1 AND audience = 'all' GROUP BY kind ORDER BY kind"
_COLLECTIONS = (
    "SELECT count(DISTINCT collection.id) FROM collection JOIN edition ON collection.id = edition.collection "
    "WHERE edition.state = 'published' AND collection.state = 'open'"
)
_COURSES = "SELECT count(*) FROM own_course WHERE published IS NOT NULL"


def are_sent(connection: sqlite3.Connection) -> bool:
    return fact(connection, COUNTERS) != STOPPED


def counters_parcel(connection: sqlite3.Connection, library: Library) -> Parcel:
    """What is sent today; where an operator stopped it, that there is nothing."""
    version = str(days_so_far(connection))
    if not are_sent(connection):
        return Parcel(kind="counters", id=ID, version=version, state="withdrawn")
    counted: dict[str, object] = {
        "days": days_so_far(connection),
        "packs": len(library.public),
        "creations": _many(dict(connection.execute(_KINDS).fetchall())),
        "collections": connection.execute(_COLLECTIONS).fetchone()[0],
        "courses": connection.execute(_COURSES).fetchone()[0],
        "unfound": searches(listed(connection)),
    }
    about = {"box_name": fact(connection, BOX_NAME), **_many(counted)}
    return Parcel(kind="counters", id=ID, version=version, about=about)


def _many(counted: Mapping[str, object]) -> dict[str, object]:
    """Without numbers that are too small to be said, and what is empty then."""
    return {name: value for name, value in counted.items() if value and not (isinstance(value, int) and value < FEWEST)}


def searches(found: list[Unfound]) -> list[dict[str, object]]:
    """Those that were made on enough days, those with most days first. Pure."""
    often = [each for each in found if each.days >= FEWEST][:MOST_SEARCHES]
    return [{"text": one_line(each.text, LONGEST_SEARCH), "days": each.days, "results": each.results} for each in often]
