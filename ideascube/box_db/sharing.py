"""Sharing what was made here, as deeds: chosen for it, a new version for others, two boxes' changes put together."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from ideascube.box_db.creations import Conflict, Saved, load, load_shown, load_version, save_version
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.sharing_rows import (
    Other,
    Shared,
    drop_others,
    others_of,
    put_sharing,
    sharing_named,
    sharing_of,
    stand_on,
)
from ideascube.creations.model import Creation, Fields, fields_of
from ideascube.creations.states import Deed, may_follow
from ideascube.people.deeds import PUT_TOGETHER, SHARED, STOPPED_SHARING
from ideascube.people.rights import Person
from ideascube.sharing.assumed_base import assumed_base
from ideascube.sharing.documents import why_not
from ideascube.sharing.versions import name_of


@dataclass(frozen=True, slots=True)
class OfCreation:
    """What the page of sharing one creation shows. `why_not`: what keeps it from being shared, empty for nothing."""

    creation: Creation
    shared: Shared | None
    others: list[Other]
    why_not: str


def load_of_creation(connection: sqlite3.Connection, creation: str) -> OfCreation | None:
    """None where there is no such creation."""
    found = load(connection, creation)
    if found is None:
        return None
    shared = sharing_of(connection, creation)
    others = others_of(connection, shared.name) if shared else []
    return OfCreation(found, shared, others, why_not_now(connection, creation))


def why_not_now(connection: sqlite3.Connection, creation: str) -> str:
    """What keeps it from being shared as readers see it: `unseen`, or as `documents.why_not` has it."""
    shown = load_shown(connection, creation)
    return "unseen" if shown is None else why_not(shown)


def share(connection: sqlite3.Connection, creation: str, person: Person, box: str, *, is_shared: bool) -> bool:
    """Choose it for sharing, or no longer. False where this person may not, or it cannot be shared as it is.

    `box`: the id of this box. The jobs process follows.
    """
    found = load(connection, creation)
    if found is None or not may_follow(found.state, Deed.PUBLISH, person, found.owner):
        return False
    if is_shared and why_not_now(connection, creation):
        return False
    known = sharing_of(connection, creation)
    if known is None and not is_shared:
        return True
    shared = known or Shared(name_of(box, creation), creation, work_name(connection, found, box))
    if shared.is_shared is not is_shared:
        put_sharing(connection, replace(shared, is_shared=is_shared))
        log_deed(connection, person.id, SHARED if is_shared else STOPPED_SHARING, found.title)
    return True


def work_name(connection: sqlite3.Connection, creation: Creation, box: str) -> str:
    """What all boxes call the thing of which it is a translation."""
    query = (
        "SELECT sharing.work FROM sharing JOIN creation ON creation.id = sharing.creation WHERE creation.work = ? "
        "ORDER BY creation.id = creation.work DESC, sharing.name LIMIT 1"
    )
    row = connection.execute(query, (creation.work,)).fetchone()
    return str(row[0]) if row else name_of(box, creation.work)


def note_sent(connection: sqlite3.Connection, before: Shared, after: Shared, version: str) -> bool:
    """A new version left this box: `after` says which. False, and nothing changed, where the row changed meanwhile."""
    if sharing_named(connection, before.name) != before:
        return False
    stand_on(connection, before, [before.head] if before.head else [])
    put_sharing(connection, replace(after, head=version))
    return True


@dataclass(frozen=True, slots=True)
class Both:
    """A version of another box, the one here, and what the one said that both were made of."""

    other: Other
    base: Fields
    newest: Creation


def load_both(connection: sqlite3.Connection, creation: str) -> Both | None:
    """The version that waits longest to be put together with the one here; None where none does."""
    shared, newest = sharing_of(connection, creation), load(connection, creation)
    others = others_of(connection, shared.name) if shared else []
    if newest is None or not others:
        return None
    base = load_version(connection, creation, others[0].base) if others[0].base else None
    mine = fields_of(newest)
    return Both(others[0], fields_of(base) if base else assumed_base(mine, others[0].fields), newest)


def put_together(connection: sqlite3.Connection, both: Both, fields: Fields, person: Person) -> Saved | Conflict | None:
    """Save what came of both as a new version here; nothing where somebody saved it or put it together meanwhile."""
    shared = sharing_named(connection, both.other.name)
    if shared is None or all(each.hash != both.other.hash for each in others_of(connection, shared.name)):
        return None
    saved = save_version(connection, both.newest.id, both.newest.version, fields, person)
    if isinstance(saved, Conflict):
        return saved
    count_as_merged(connection, shared, both.other.hash, both.other.ancestors, saved.version)
    log_deed(connection, person.id, PUT_TOGETHER, both.newest.title)
    return saved


def count_as_merged(
    connection: sqlite3.Connection, shared: Shared, version: str, ancestors: tuple[str, ...], number: int
) -> None:
    """The version here with this number has everything of `version`."""
    stand_on(connection, replace(shared, head=""), [version, *ancestors])
    drop_others(connection, shared.name, [version])
    put_sharing(connection, replace(shared, merged=(*shared.merged, (version, number))))
