"""What the page on which people write asks of the database, each as one deed: opened, kept while typing, saved."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from ideascube.box_db.creation_drafts import Draft, drop_drafts, keep_draft, load_drafts
from ideascube.box_db.creation_lists import Listing
from ideascube.box_db.creations import (
    Conflict,
    change_state,
    erase,
    load,
    load_version,
    new_creation,
    save_version,
    translations,
    versions,
)
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.media import load_several
from ideascube.box_db.reviews import Review, last_review
from ideascube.box_db.sharing_rows import Other, Shared, others_of, sharing_of
from ideascube.box_db.tags import list_tags
from ideascube.box_media.model import Media
from ideascube.creations.media_inside import media_inside
from ideascube.creations.model import Creation, Fields, State, fields_of
from ideascube.creations.states import Deed, may_follow
from ideascube.creations.tags import Tag
from ideascube.people import deeds
from ideascube.people.once import is_new
from ideascube.people.rights import Person

_HERE = 600  # seconds since somebody typed: they have it open
_MOST_WRITERS = 5
_LOGGED = {Deed.PUBLISH: deeds.PUBLISHED, Deed.WITHDRAW: deeds.WITHDREW}


@dataclass(frozen=True, slots=True)
class Opened:
    """`drafts`: what this person typed and did not save, the newest first; `writers`: who else is at it now."""

    creation: Creation
    drafts: list[Draft]
    writers: list[str]


@dataclass(frozen=True, slots=True)
class Page:
    """An open page: how it calls itself, how often it told what is typed, the version it began with, and the page whose
    draft it went on with. `is_sent`: the form itself was sent, which is later than all that the page told before.
    """

    name: str
    turn: int
    base: int
    instead: str = ""
    is_sent: bool = False


class Kept(StrEnum):
    """What became of what was typed."""

    KEPT = "kept"
    SAME = "same"  # it is saved already, or nothing was changed
    OLDER = "older"  # than what the same page has sent before
    GONE = "gone"  # there is no such creation any more


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`tags`: all that there are; `languages`: in which something was made here; `others`: its translations;
    `original`: what it is a translation of; `files`: those that it uses, as far as they are here; `answer`: of who sent
    it back or refused it; `shared`: what other boxes know of it; `beside`: what other boxes made of it meanwhile.
    """

    tags: list[Tag]
    languages: list[str]
    others: list[Listing]
    original: Creation | None
    files: dict[str, Media]
    answer: Review | None
    shared: Shared | None
    beside: list[Other]


def surroundings(connection: sqlite3.Connection, creation: Creation, fields: Fields) -> Surroundings:
    used = [*dict.fromkeys([use.media for use in fields.media] + sorted(media_inside(fields.body)))]
    shared = sharing_of(connection, creation.id)
    return Surroundings(
        tags=list_tags(connection),
        languages=[str(code) for (code,) in connection.execute(_LANGUAGES)],
        others=[each for each in translations(connection, creation.work, shown=False) if each.id != creation.id],
        original=load(connection, creation.work) if creation.work != creation.id else None,
        files=load_several(connection, used),
        answer=last_review(connection, creation.id) if creation.state in _ANSWERED else None,
        shared=shared,
        beside=others_of(connection, shared.name) if shared else [],
    )


_ANSWERED = (State.RETURNED, State.REFUSED)
_LANGUAGES = "SELECT language FROM creation_face WHERE shown = 0 GROUP BY language ORDER BY count(*) DESC LIMIT 20"


def open_for_writing(connection: sqlite3.Connection, creation: str, person: Person) -> Opened | None:
    found = load(connection, creation)
    if found is None:
        return None
    drafts = [each for each in load_drafts(connection, creation, person.id) if each.fields != fields_of(found)]
    return Opened(found, drafts, writers(connection, creation, person))


def writers(connection: sqlite3.Connection, creation: str, person: Person) -> list[str]:
    """The names of others who typed into it within the last minutes, as the box's clock has it."""
    rows = connection.execute(
        "SELECT DISTINCT name FROM creation_draft JOIN person ON person.id = creation_draft.person "
        "WHERE creation = ? AND person.id <> ? AND abs(unixepoch() - at) < ? ORDER BY name LIMIT ?",
        (creation, person.id, _HERE, _MOST_WRITERS),
    )
    return [str(name) for (name,) in rows]


def keep_typed(
    connection: sqlite3.Connection, creation: str, person: Person, page: Page, fields: Fields
) -> tuple[Kept, list[str]]:
    """Keep what a page has, and tell who else is at it."""
    if load(connection, creation) is None:
        return Kept.GONE, []
    others = writers(connection, creation, person)
    if page.instead:
        drop_drafts(connection, creation, person.id, page.instead)
    if _is_saved(connection, creation, page.base, fields):
        drop_drafts(connection, creation, person.id, page.name)
        return Kept.SAME, others
    turn = _next_turn(connection, creation, person, page) if page.is_sent else page.turn
    kept = keep_draft(connection, creation, person.id, page.name, page.base, turn, fields)
    return (Kept.KEPT if kept else Kept.OLDER), others


def _next_turn(connection: sqlite3.Connection, creation: str, person: Person, page: Page) -> int:
    turns = [each.turn for each in load_drafts(connection, creation, person.id) if each.device == page.name]
    return max([page.turn, *turns]) + 1


def _is_saved(connection: sqlite3.Connection, creation: str, base: int, fields: Fields) -> bool:
    """Whether it is what the page began with, or a version that was saved since."""
    numbers = [each.number for each in versions(connection, creation) if each.number >= base]
    found = (load_version(connection, creation, number) for number in numbers[:20])
    return any(version is not None and fields_of(version) == fields for version in found)


def save_and_do(
    connection: sqlite3.Connection,
    creation: str,
    person: Person,
    page: Page,
    fields: Fields,
    deed: Deed,
    publish_at: int | None = None,
    once: str = "",
) -> Creation | Conflict:
    """Save it as a version and do the deed with that; nothing of both where somebody saved meanwhile.

    A form that was sent before does nothing more. Raises LookupError where there is no such creation (any more).
    """
    saved = save_version(connection, creation, page.base, fields, person)
    if isinstance(saved, Conflict):
        return saved
    drop_drafts(connection, creation, person.id, page.name)
    drop_drafts(connection, creation, person.id, page.instead)
    found = load(connection, creation)
    assert found is not None
    if deed is Deed.SAVE or not is_new(connection, once) or not may_follow(found.state, deed, person, found.owner):
        return found
    return do_with(connection, found, person, deed, publish_at)


def do_with(
    connection: sqlite3.Connection, creation: Creation, person: Person, deed: Deed, publish_at: int | None = None
) -> Creation | Conflict:
    """Do it with the version that `creation` is, and write down what others may want to know."""
    changed = change_state(connection, creation.id, deed, creation.version, publish_at)
    if deed in _LOGGED and not isinstance(changed, Conflict):
        log_deed(connection, person.id, _LOGGED[deed], creation.title)
    return changed


def begin(connection: sqlite3.Connection, fields: Fields, person: Person, once: str, work: str = "") -> str | None:
    """The id of a new draft; None for a form that was sent before. Raises NoSpace."""
    return new_creation(connection, fields, person, work) if is_new(connection, once) else None


def throw_away(connection: sqlite3.Connection, creation: str, person: Person) -> bool:
    """Erase it, where this person may; whether it is gone."""
    found = load(connection, creation)
    if found is None:
        return True
    if found.shown is not None or not may_follow(found.state, Deed.DISCARD, person, found.owner):
        return False
    erase(connection, creation)
    return True


def version_and_saver(connection: sqlite3.Connection, creation: str, number: int) -> tuple[Creation | None, str]:
    """A version, and the name of who saved it; None where it is not kept any more."""
    row = connection.execute(
        "SELECT name FROM creation_version v JOIN person ON person.id = v.person WHERE creation = ? AND number = ?",
        (creation, number),
    ).fetchone()
    return load_version(connection, creation, number), str(row[0]) if row else ""
