"""What reviewers answer to what was sent: bound to the version that they saw, with their word to who made it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from ideascube.box_db.creation_pages import Surroundings, surroundings
from ideascube.box_db.creations import Conflict, change_state, load, load_version
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.person_names import person_names
from ideascube.creations.model import Creation, State
from ideascube.people.rights import Person
from ideascube.reviewing.answers import DEEDS, LOGGED, Answer

_MOST = 20  # answers that are kept of one creation; the oldest goes first


@dataclass(frozen=True, slots=True)
class Review:
    """An answer that was given. `by`: the name of who gave it. `at`: seconds since 1970, as the clock said."""

    version: int
    answer: str
    word: str
    by: str
    person: int
    at: int


@dataclass(frozen=True, slots=True)
class Given:
    """The answer stands; `creation` is as it is now."""

    creation: Creation


@dataclass(frozen=True, slots=True)
class TooLate:
    """Nothing was changed, since it does not wait any more. `last`: what somebody answered; None: it was taken back."""

    creation: Creation
    last: Review | None


def give_answer(
    connection: sqlite3.Connection, creation: str, person: Person, answer: Answer
) -> Given | Conflict | TooLate:
    """Answer. A second time the same changes nothing. Raises LookupError where there is no such creation."""
    found = load(connection, creation)
    if found is None:
        raise LookupError(creation)
    if not is_waiting(found):
        last = last_review(connection, creation)
        is_same = last and (last.version, last.answer, last.person) == (answer.version, answer.name, person.id)
        return Given(found) if is_same else TooLate(found, last)
    changed = change_state(connection, creation, DEEDS[answer.name], answer.version, answer.publish_at)
    if isinstance(changed, Conflict):
        return changed
    _write_down(connection, creation, person, answer)
    log_deed(connection, person.id, LOGGED[answer.name], changed.title)
    return Given(changed)


def is_waiting(creation: Creation) -> bool:
    """Whether somebody has to look at it; what will be published by itself was looked at."""
    return creation.state is State.WAITING and creation.publish_at is None


def _write_down(connection: sqlite3.Connection, creation: str, person: Person, answer: Answer) -> None:
    connection.execute(
        "INSERT INTO review SELECT ?1, coalesce(max(turn), 0) + 1, ?2, ?3, ?4, ?5, unixepoch() FROM review "
        "WHERE creation = ?1",
        (creation, answer.version, answer.name, answer.word, person.id),
    )
    connection.execute(
        "DELETE FROM review WHERE creation = ?1 AND turn <= (SELECT max(turn) FROM review WHERE creation = ?1) - ?2",
        (creation, _MOST),
    )


def reviews(connection: sqlite3.Connection, creation: str) -> list[Review]:
    """What was answered, the newest first."""
    rows = connection.execute(
        "SELECT version, answer, word, coalesce(name, ''), person, at FROM review "
        "LEFT JOIN person ON person.id = review.person WHERE creation = ? ORDER BY turn DESC",
        (creation,),
    )
    return [Review(*row) for row in rows]


def last_review(connection: sqlite3.Connection, creation: str) -> Review | None:
    return next(iter(reviews(connection, creation)), None)


def last_words(connection: sqlite3.Connection, creations: list[str]) -> dict[str, Review]:
    """The last answer to each of these creations that has one."""
    found = ((creation, last_review(connection, creation)) for creation in creations)
    return {creation: review for creation, review in found if review}


def count_waiting(connection: sqlite3.Connection) -> int:
    """What waits for somebody to look at it."""
    row = connection.execute("SELECT count(*) FROM creation WHERE state = 'waiting' AND publish_at IS NULL").fetchone()
    return int(row[0])


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, as it is now. `by`: who made it, or the box from which it came; `answers`: those given before, the
    newest first; `before`: what a reviewer last saw of it, or readers do; None where that is the same, or nothing.
    `around`: what belongs to it.
    """

    creation: Creation
    by: str
    answers: list[Review]
    before: Creation | None
    around: Surroundings


def load_sent(connection: sqlite3.Connection, creation: str) -> Sent | None:
    """None where there is no such creation."""
    found = load(connection, creation)
    if found is None:
        return None
    answers = reviews(connection, creation)
    seen = answers[0].version if answers else found.shown
    before = load_version(connection, creation, seen) if seen and seen != found.version else None
    around = surroundings(connection, found)
    by = person_names(connection, [found.owner]).get(found.owner, around.box_name)
    return Sent(found, by, answers, before, around)
