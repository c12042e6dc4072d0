"""A creation that came from another box, taken in: one deed.

What becomes of it: docs/formats/sharing.md. Whoever calls has checked the files and made `fields` of the document;
nothing here trusts the sender further than that.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec

from ideascube.box_db.creations import Saved, change_state, erase, load, load_version, new_creation, save_version
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.sharing import count_as_merged
from ideascube.box_db.sharing_rows import (
    Other,
    Shared,
    drop_others,
    others_of,
    past_of,
    put_other,
    put_sharing,
    sharing_named,
    stand_on,
)
from ideascube.creations.model import Creation, Fields, State, fields_of
from ideascube.creations.states import Deed
from ideascube.people.deeds import RECEIVED
from ideascube.people.rights import Person, Role
from ideascube.sharing.refusals import Refused, Why
from ideascube.sharing.versions import Relation, box_of, relation

NOBODY = Person(0, "", Role.MEDIATOR)  # what came from elsewhere belongs to no account of this box


class Outcome(StrEnum):
    """What became of a parcel."""

    KNOWN = "known"
    NEW = "new"
    NEWER = "newer"
    BOTH = "both"  # it was changed here as well
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Came:
    """A version that came. `ancestors`: the nearest first. `sender`: the id of the box that sent it; `receiver`: of
    this one. `fields`: None where it was withdrawn. `is_accepted`: by somebody who may speak for the organisation.
    """

    name: str
    work: str
    version: str
    ancestors: tuple[str, ...]
    sender: str
    box_name: str
    fields: Fields | None
    is_accepted: bool
    receiver: str

    @property
    def is_of_maker(self) -> bool:
        """Whether the box on which it was made sent it."""
        return self.sender == box_of(self.name)


def is_known(connection: sqlite3.Connection, name: str, version: str) -> bool:
    """Whether there is nothing to take in: it is here, or what is here stands on it, or it waits already."""
    shared = sharing_named(connection, name)
    if shared is None:
        return False
    waits = any(each.hash == version for each in others_of(connection, name))
    return waits or version in past_of(connection, name) or version == shared.head


def confirm(connection: sqlite3.Connection, name: str, version: str, *, is_accepted: bool) -> None:
    """It is known. Where it came by another way before and waits to be looked at, it may be accepted meanwhile."""
    shared = sharing_named(connection, name)
    here = load(connection, shared.creation) if shared and shared.creation else None
    if shared is None or here is None or not is_accepted or here.state is not State.WAITING:
        return
    if version == shared.head and here.version == shared.version:
        change_state(connection, here.id, Deed.PUBLISH, here.version)


def take_in(connection: sqlite3.Connection, came: Came) -> Outcome:
    """Raises Refused where nothing of it is taken in, and NoSpace where the box has no room for one more."""
    if is_known(connection, came.name, came.version):
        return Outcome.KNOWN
    shared = sharing_named(connection, came.name)
    if came.fields is None:
        return _withdraw(connection, shared, came)
    if shared is None or _comes_back(shared, came):
        return _add(connection, shared, came, came.fields)
    here = load(connection, shared.creation) if shared.creation else None
    if here is None:
        return _let_go(shared, came)
    past, is_changed = past_of(connection, came.name), _is_changed(connection, shared, here)
    fields = _as_here(came.fields, here)
    if relation(came.version, came.ancestors, shared.head, past, changed=is_changed) is Relation.NEWER:
        return _renew(connection, shared, here, came, fields)
    return _keep_both(connection, shared, here, came, fields)


def _comes_back(shared: Shared, came: Came) -> bool:
    """It had been taken back, was erased here, and is shared again."""
    return shared.creation is None and shared.state == "withdrawn" and shared.head in came.ancestors


def _let_go(shared: Shared, came: Came) -> Outcome:
    """It was erased on this box, which stays so."""
    if shared.state == "withdrawn" and came.version != shared.head:
        raise Refused(Why.WITHDRAWN)
    return Outcome.KNOWN


def _is_changed(connection: sqlite3.Connection, shared: Shared, here: Creation) -> bool:
    """Whether somebody changed it here since the version that was exchanged last."""
    if here.version == shared.version:
        return False
    known = load_version(connection, here.id, shared.version) if shared.version else None
    return known is None or fields_of(known) != fields_of(here)


def _as_here(fields: Fields, here: Creation) -> Fields:
    """With what never travels: who may see it here, and what is known here of consent."""
    consent = here.consent if here.consent.answer == fields.consent.answer else fields.consent
    return msgspec.structs.replace(fields, consent=consent, audience=here.audience)


def _add(connection: sqlite3.Connection, before: Shared | None, came: Came, fields: Fields) -> Outcome:
    creation = new_creation(connection, fields, NOBODY, _work_here(connection, came), came.name.partition(".")[2])
    shared = before or Shared(came.name, creation, came.work, box_name=came.box_name or came.sender)
    _stand_at(connection, replace(shared, creation=creation), came, 1)
    change_state(connection, creation, Deed.PUBLISH if came.is_accepted else Deed.SUBMIT, 1)
    _log(connection, creation, came)
    return Outcome.NEW


def _work_here(connection: sqlite3.Connection, came: Came) -> str:
    """The work of its translations on this box, or of the original; empty where it is alone."""
    row = connection.execute(
        "SELECT creation.work FROM sharing JOIN creation ON creation.id = sharing.creation WHERE sharing.work = ? "
        "LIMIT 1",
        (came.work,),
    ).fetchone()
    if row is None and box_of(came.work) == came.receiver:  # its original did not leave this box itself
        work = came.work.partition(".")[2]
        row = connection.execute("SELECT work FROM creation WHERE work = ? LIMIT 1", (work,)).fetchone()
    return str(row[0]) if row else ""


def _renew(connection: sqlite3.Connection, shared: Shared, here: Creation, came: Came, fields: Fields) -> Outcome:
    saved = save_version(connection, here.id, here.version, fields, NOBODY)
    assert isinstance(saved, Saved)  # it is the newest: it was loaded in this transaction
    drop_others(connection, came.name, came.ancestors)
    _stand_at(connection, shared, came, saved.version)
    if here.shown is not None or here.state is State.WAITING:  # else a mediator took it from readers
        deed = Deed.PUBLISH if came.is_accepted else Deed.SUBMIT
        change_state(connection, here.id, deed, saved.version)
    _log(connection, here.id, came)
    return Outcome.NEWER


def _stand_at(connection: sqlite3.Connection, shared: Shared, came: Came, version: int) -> None:
    """The version that came is the one here from now on, with this number."""
    named = (came.box_name or came.sender) if came.is_of_maker and shared.box_name else shared.box_name
    after = replace(shared, head=came.version, version=version, state="shared", by=came.sender, box_name=named)
    put_sharing(connection, after)
    stand_on(connection, shared, came.ancestors)


def _keep_both(connection: sqlite3.Connection, shared: Shared, here: Creation, came: Came, fields: Fields) -> Outcome:
    if fields == fields_of(here):  # the same was done on both
        count_as_merged(connection, shared, came.version, came.ancestors, here.version)
        return Outcome.KNOWN
    numbers = {**past_of(connection, came.name), shared.head: shared.version}
    base = next((numbers[each] for each in came.ancestors if numbers.get(each)), 0)
    other = Other(came.name, came.version, came.sender, came.box_name, base, came.ancestors, fields)
    if not put_other(connection, other):
        raise Refused(Why.MANY)
    _log(connection, here.id, came)
    return Outcome.BOTH


def _withdraw(connection: sqlite3.Connection, shared: Shared | None, came: Came) -> Outcome:
    """Only the box that made it takes it from the readers of others; another one takes back what it had changed."""
    if shared is None:
        shared = Shared(came.name, None, came.work, box_name=came.box_name)
    sent = [each.hash for each in others_of(connection, came.name) if each.by == came.sender]
    drop_others(connection, came.name, sent)
    if not came.is_of_maker:
        return Outcome.WITHDRAWN
    here = load(connection, shared.creation) if shared.creation else None
    is_kept = here is not None and (not shared.by or _is_changed(connection, shared, here))
    if here is not None and (here.shown is not None or here.state is State.WAITING):
        change_state(connection, here.id, Deed.WITHDRAW, here.version)
    put_sharing(
        connection,
        replace(shared, head=came.version, state="withdrawn", by=came.sender, is_shared=False, merged=()),
    )
    stand_on(connection, shared, came.ancestors)
    if here is not None and not is_kept:
        drop_others(connection, came.name, [each.hash for each in others_of(connection, came.name)])
        erase(connection, here.id)
    return Outcome.WITHDRAWN


def _log(connection: sqlite3.Connection, creation: str, came: Came) -> None:
    here = load(connection, creation)
    log_deed(connection, None, RECEIVED, f"{here.title if here else ''} · {came.box_name or came.sender}")
