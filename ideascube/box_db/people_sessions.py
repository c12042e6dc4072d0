"""Who is signed in on which phone. Of a phone's cookie the database holds the hash.

A session that the box ended for a reason stays as a row that says which, so that the person is told; it lasts no longer
than it would have.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from ideascube.box_db.days import days_so_far
from ideascube.box_db.random_ids import new_id
from ideascube.people.lasting import Moment, is_over
from ideascube.people.rights import Person, Role

MOST_SESSIONS = 10  # of one person; the first is then ended


@dataclass(frozen=True, slots=True)
class Phone:
    """Where somebody signs in. `device`: its number where it is enrolled."""

    browser: str
    own: bool = False
    device: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """`ended`: why the box ended it; empty while it goes on. `drawn`: the person has to choose a password first."""

    ref: str
    person: Person
    person_ref: str
    drawn: bool
    phone: Phone
    last: Moment
    ended: str


@dataclass(frozen=True, slots=True)
class Found:
    """A session with its cookie, and now."""

    token: str
    session: Session
    now: Moment


@dataclass(frozen=True, slots=True)
class Listed:
    """A session as its person sees it. `days`: how many days on which the box ran it has not been used."""

    ref: str
    browser: str
    own: bool
    device: str
    days: int


def hashed(token: str) -> bytes:
    """Nobody guesses 256 random bits, so that a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def moment(connection: sqlite3.Connection, boot: str) -> Moment:
    """Now, as a box without a trusted clock can tell it."""
    quarters = connection.execute("SELECT quarters FROM running").fetchone()[0]
    return Moment(days_so_far(connection), int(quarters), boot)


def count_quarters(connection: sqlite3.Connection, more: int) -> None:
    """The box ran for so many quarters of an hour more."""
    connection.execute("UPDATE running SET quarters = quarters + ?", (more,))


def begin_session(connection: sqlite3.Connection, person: int, phone: Phone, boot: str) -> str:
    """Sign the person in; the new cookie's value."""
    token, now = secrets.token_urlsafe(32), moment(connection, boot)
    turn = _one_int(connection, "SELECT coalesce(max(turn), 0) + 1 FROM staff_session WHERE person = ?", person)
    connection.execute(
        "INSERT INTO staff_session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
        (hashed(token), new_id(), person, phone.browser, phone.device, int(phone.own), *astuple(now), turn),
    )
    oldest = "SELECT token FROM staff_session WHERE person = ? ORDER BY turn DESC LIMIT -1 OFFSET ?"
    connection.execute(f"DELETE FROM staff_session WHERE token IN ({oldest})", (person, MOST_SESSIONS))  # noqa: S608
    return token


def _one_int(connection: sqlite3.Connection, query: str, value: object) -> int:
    return int(connection.execute(query, (value,)).fetchone()[0])


_QUERY = (
    "SELECT s.ref, s.browser, s.own, s.device, s.day, s.quarter, s.boot, s.ended, "
    "p.id, p.ref, p.name, p.role, p.drawn FROM staff_session s JOIN person p ON p.id = s.person WHERE s.token = ?"
)


def find_session(connection: sqlite3.Connection, tokens: Sequence[str], boot: str) -> Found | None:
    """The session of a browser that sent these cookies; None where there is none, or it lasted long enough.

    Of several cookies all but one were set by a pack's script. Those that are no session's are nothing; where two are
    sessions of different people, nobody can tell whose this browser is, and it is nobody's.
    """
    now = moment(connection, boot)
    found = [Found(token, session, now) for token in tokens if (session := _session(connection, token, now))]
    goes_on = [each for each in found if not each.session.ended]
    people = {each.session.person.id for each in goes_on}
    if len(people) > 1:
        return None
    usable = goes_on or found
    return usable[-1] if usable else None


def _session(connection: sqlite3.Connection, token: str, now: Moment) -> Session | None:
    row = connection.execute(_QUERY, (hashed(token),)).fetchone()
    if row is None:
        return None
    ref, browser, own, device, day, quarter, boot, ended, person, person_ref, name, role, drawn = row
    last = Moment(day, quarter, boot)
    if is_over(last, now, own=bool(own)):
        return None
    phone = Phone(browser, bool(own), device)
    return Session(ref, Person(person, name, Role(role)), person_ref, bool(drawn), phone, last, ended)


def touch(connection: sqlite3.Connection, token: str, now: Moment) -> None:
    """Somebody is here."""
    connection.execute(
        "UPDATE staff_session SET day = ?, quarter = ?, boot = ? WHERE token = ? AND ended = ''",
        (now.day, now.quarter, now.boot, hashed(token)),
    )


def end_session(connection: sqlite3.Connection, token: str) -> None:
    """The person signs out."""
    connection.execute("DELETE FROM staff_session WHERE token = ?", (hashed(token),))


def end_listed(connection: sqlite3.Connection, person: int, ref: str) -> bool:
    """The person ends one of theirs; False where it is none of theirs, or gone."""
    return bool(connection.execute("DELETE FROM staff_session WHERE person = ? AND ref = ?", (person, ref)).rowcount)


def end_all(connection: sqlite3.Connection, person: int, why: str = "") -> None:
    """End all sessions of a person. `why`: what their phones are told; without, nothing."""
    if why:
        connection.execute("UPDATE staff_session SET ended = ? WHERE person = ? AND ended = ''", (why, person))
    else:
        connection.execute("DELETE FROM staff_session WHERE person = ?", (person,))


def end_others(connection: sqlite3.Connection, person: int, token: str) -> None:
    connection.execute("DELETE FROM staff_session WHERE person = ? AND token <> ?", (person, hashed(token)))


def sessions_of(connection: sqlite3.Connection, person: int, boot: str) -> list[Listed]:
    """Those that go on, the newest first."""
    now = moment(connection, boot)
    rows = connection.execute(
        "SELECT s.ref, s.browser, s.own, coalesce(d.name, ''), s.day, s.quarter, s.boot FROM staff_session s "
        "LEFT JOIN staff_device d ON d.id = s.device WHERE s.person = ? AND s.ended = '' ORDER BY s.turn DESC",
        (person,),
    )
    return [
        Listed(ref, browser, bool(own), device, now.day - day)
        for ref, browser, own, device, day, quarter, last_boot in rows
        if not is_over(Moment(day, quarter, last_boot), now, own=bool(own))
    ]


def forget_over(connection: sqlite3.Connection, boot: str) -> None:
    """Drop what has lasted long enough."""
    now = moment(connection, boot)
    rows = connection.execute("SELECT token, day, quarter, boot, own FROM staff_session").fetchall()
    gone = [(token,) for token, *last, own in rows if is_over(Moment(*last), now, own=bool(own))]
    connection.executemany("DELETE FROM staff_session WHERE token = ?", gone)


def move_to_device(connection: sqlite3.Connection, token: str, device: int) -> None:
    """The phone of this session is a shared device from now on."""
    connection.execute("UPDATE staff_session SET device = ?, own = 0 WHERE token = ?", (device, hashed(token)))
