"""Courses made on this box: `own_course` and its versions. A version is never changed, a newer one is put beside it.

What a change is, and which changes get in each other's way, is in `ideascube.teaching.changes`.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from content_packs.courses.model import SIZE_LIMIT, Course, read_course
from content_packs.errors import BadInput
from ideascube.teaching.changes import NOTHING, Change
from ideascube.teaching.course_parts import GoneError
from ideascube.teaching.model import MOST_COURSES, Origin, OwnCourse, State, VersionLine
from ideascube.teaching.places import media_of

MOST_VERSIONS = 30  # of a course that are kept: of those that learners saw, and of the others

_COLUMNS = "id, owner, state, own_course.version, published, origin, body"
_NEWEST = "own_course JOIN own_course_version AS newest ON newest.course = id AND newest.version = own_course.version"


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing was written: `now` is what somebody else made of the course meanwhile, `person` who did."""

    now: OwnCourse
    person: int


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and when (seconds since 1970)."""

    person: int
    at: int


def add_course(connection: sqlite3.Connection, course: Course, by: By, origin: Origin | None = None) -> OwnCourse:
    """Keep a new course as a draft; one that is there already by that id is given back as it is.

    Raises BadInput where the box has as many as it takes, or the course is too large.
    """
    there = load_course(connection, course.id)
    if there is not None:
        return there
    if connection.execute("SELECT count(*) FROM own_course").fetchone()[0] >= MOST_COURSES:
        raise BadInput(f"This box has {MOST_COURSES} courses that were made here: remove one that nobody needs.")
    origin_json = msgspec.json.encode(origin).decode() if origin else ""
    row = (course.id, by.person, "draft", 1, None, origin_json)
    connection.execute("INSERT INTO own_course VALUES (?, ?, ?, ?, ?, ?)", row)
    _put_version(connection, course, 1, by)
    return OwnCourse(
        id=course.id, owner=by.person, state="draft", version=1, published=None, course=course, origin=origin
    )


def load_course(connection: sqlite3.Connection, course_id: str) -> OwnCourse | None:
    """The course with its newest version, or None."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM {_NEWEST} WHERE id = ?", (course_id,)).fetchone()  # noqa: S608
    return None if row is None else _own_course(*row)


def load_version(connection: sqlite3.Connection, course_id: str, version: int) -> Course | None:
    """One version, or None where it never was or is kept no longer."""
    found = connection.execute(
        "SELECT body FROM own_course_version WHERE course = ? AND version = ?", (course_id, version)
    ).fetchone()
    return None if found is None else _unpacked(found[0], course_id)


def list_courses(connection: sqlite3.Connection) -> list[OwnCourse]:
    """All of them with their newest versions, those changed last first."""
    ordered = f"SELECT {_COLUMNS} FROM {_NEWEST} ORDER BY newest.at DESC, id"  # noqa: S608
    return [_own_course(*row) for row in connection.execute(ordered)]


def versions(connection: sqlite3.Connection, course_id: str) -> list[VersionLine]:
    """Those that are kept, the newest first."""
    rows = connection.execute(
        "SELECT version, person, at, was_published FROM own_course_version WHERE course = ? ORDER BY version DESC",
        (course_id,),
    )
    return [
        VersionLine(version=version, person=person, at=at, was_published=bool(seen))
        for version, person, at, seen in rows
    ]


def change_course(
    connection: sqlite3.Connection, course_id: str, base: int, change: Change, by: By
) -> OwnCourse | Stale | None:
    """Make a change, for somebody who saw version `base`; what is so already is not changed once more.

    Stale where somebody else changed the same part meanwhile; None where the course is gone. Raises BadInput for what
    the change may not be.
    """
    now = load_course(connection, course_id)
    if now is None:
        return None
    try:
        changed = change.apply(now.course)
    except GoneError:
        return Stale(now, _who_made(connection, now))
    if changed == now.course:
        return now
    if base != now.version and _is_touched(connection, now, base, change):
        return Stale(now, _who_made(connection, now))
    version = now.version + 1
    connection.execute("UPDATE own_course SET version = ? WHERE id = ?", (version, course_id))
    _put_version(connection, changed, version, by)
    _forget_oldest(connection, now)
    return msgspec.structs.replace(now, version=version, course=changed)


def publish_course(connection: sqlite3.Connection, course_id: str, base: int) -> OwnCourse | Stale | None:
    """Show learners version `base`, the newest. Stale where it is not the newest; None where the course is gone."""
    now = load_course(connection, course_id)
    if now is None:
        return None
    if now.version != base:
        return Stale(now, _who_made(connection, now))
    if now.published == base and now.state == "published":
        return now
    connection.execute("UPDATE own_course SET state = 'published', published = version WHERE id = ?", (course_id,))
    connection.execute(
        "UPDATE own_course_version SET was_published = 1 WHERE course = ? AND version = ?", (course_id, base)
    )
    _let_see(connection, course_id, media_of(now.course))
    return msgspec.structs.replace(now, state="published", published=base)


def withdraw_course(connection: sqlite3.Connection, course_id: str) -> None:
    """Show it to learners no longer; one that they do not see stays as it is."""
    connection.execute(
        "UPDATE own_course SET state = 'withdrawn', published = NULL WHERE id = ? AND published NOT NULL", (course_id,)
    )
    _let_see(connection, course_id, ())


def remove_course(connection: sqlite3.Connection, course_id: str) -> bool:
    """Erase a course that learners do not see, with all its versions; whether there was one."""
    gone = connection.execute("DELETE FROM own_course WHERE id = ? AND published IS NULL", (course_id,))
    return gone.rowcount > 0


def published(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The ids of the courses that learners see, each with the version that they see.

    Whoever keeps anything of them compares these: a version is never changed, and no id is another course's later.
    """
    rows = connection.execute("SELECT id, published FROM own_course WHERE published NOT NULL ORDER BY id")
    return [(course_id, version) for course_id, version in rows]


def published_course(connection: sqlite3.Connection, course_id: str) -> OwnCourse | None:
    """The course as learners see it, or None."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM own_course JOIN own_course_version AS seen"  # noqa: S608 - our own names
        " ON seen.course = id AND seen.version = published WHERE id = ?",
        (course_id,),
    ).fetchone()
    return None if row is None else _own_course(*row)


def published_courses(connection: sqlite3.Connection, ids: Iterable[str]) -> list[OwnCourse]:
    """Those of these courses that learners see, as they see them."""
    return [course for course in (published_course(connection, each) for each in ids) if course is not None]


def _own_course(
    course_id: str, owner: int, state: State, version: int, seen: int | None, origin: str, body: bytes
) -> OwnCourse:
    return OwnCourse(
        id=course_id,
        owner=owner,
        state=state,
        version=version,
        published=seen,
        course=_unpacked(body, course_id),
        origin=msgspec.json.decode(origin, type=Origin) if origin else None,
    )


def _is_touched(connection: sqlite3.Connection, now: OwnCourse, base: int, change: Change) -> bool:
    """Whether the part that the change is about is another one than in `base`; also where it is there and nobody knows
    any more how it was then.
    """
    part = change.part(now.course)
    if part == NOTHING:
        return False
    before = load_version(connection, now.id, base)
    return part is not None if before is None else change.part(before) != part


def _who_made(connection: sqlite3.Connection, course: OwnCourse) -> int:
    found = connection.execute(
        "SELECT person FROM own_course_version WHERE course = ? AND version = ?", (course.id, course.version)
    ).fetchone()
    return int(found[0])


def _put_version(connection: sqlite3.Connection, course: Course, version: int, by: By) -> None:
    row = (course.id, version, by.person, by.at, 0, _packed(course))
    connection.execute("INSERT INTO own_course_version VALUES (?, ?, ?, ?, ?, ?)", row)


def _packed(course: Course) -> bytes:
    raw = msgspec.json.encode(course)  # in the order of its languages, of which the first is the main one
    if len(raw) > SIZE_LIMIT:
        raise BadInput(f"A course may have {SIZE_LIMIT // 1024 // 1024} MB of texts: make two courses of this one.")
    return zlib.compress(raw)


def _unpacked(body: bytes, course_id: str) -> Course:
    """Raises BadInput for what is damaged."""
    return read_course(zlib.decompressobj().decompress(body, SIZE_LIMIT), f"The course {course_id}")


def _forget_oldest(connection: sqlite3.Connection, before: OwnCourse) -> None:
    """The one that learners see stays, however old it is."""
    for seen in (0, 1):
        connection.execute(
            "DELETE FROM own_course_version WHERE course = ? AND version IN (SELECT version FROM own_course_version"
            " WHERE course = ? AND was_published = ? AND version IS NOT ? ORDER BY version DESC LIMIT -1 OFFSET ?)",
            (before.id, before.id, seen, before.published, MOST_VERSIONS),
        )


def _let_see(connection: sqlite3.Connection, course_id: str, media: Iterable[str]) -> None:
    """Note which files learners may see for the sake of a course."""
    connection.execute("DELETE FROM own_course_media WHERE course = ?", (course_id,))
    connection.executemany("INSERT INTO own_course_media VALUES (?, ?)", [(course_id, each) for each in media])
