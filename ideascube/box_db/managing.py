"""What people do with accounts of others, and with their own: each deed with its line in the log, in one transaction.

Whether they may is asked here again: it may have changed since the page was made.
"""

from __future__ import annotations

import sqlite3

from content_packs.errors import BadInput
from ideascube.box_db import people, people_devices, people_sessions
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.people import Account
from ideascube.box_db.people_sessions import Phone
from ideascube.people import deeds
from ideascube.people.once import is_new
from ideascube.people.rights import Role
from ideascube.people.roles import may_manage


class NotYours(BadInput):
    """The account is gone, or one that this person may not change."""


_NOT_YOURS = "This account is gone, or you may not change it: look at the list of people again."


def _managed(connection: sqlite3.Connection, by: int, ref: str) -> Account:
    found, actor = people.account_by_ref(connection, ref), people.account(connection, by)
    if found is None or actor is None or not actor.active or not may_manage(actor.person, found.role):
        raise NotYours(_NOT_YOURS)
    return found


def managed(connection: sqlite3.Connection, by: int, ref: str) -> Account:
    """The account that this person may change. Raises NotYours."""
    return _managed(connection, by, ref)


def add_person(
    connection: sqlite3.Connection, by: int, once: str, name: str, role: Role, password: str
) -> Account | None:
    """Add somebody with a password that the box drew (here its hash); None where the form was taken in already.

    Raises NameTaken, TooMany, NotYours.
    """
    actor = people.account(connection, by)
    if actor is None or not actor.active or not may_manage(actor.person, role):
        raise NotYours(_NOT_YOURS)
    if not is_new(connection, once):
        return None
    added = people.add_account(connection, name, role, password, drawn=True)
    log_added(connection, by, name, role)
    return added


def log_added(connection: sqlite3.Connection, by: int | None, name: str, role: Role) -> None:
    """Contributors are the rule; what is more is written down too."""
    log_deed(connection, by, deeds.ADDED_PERSON, name)
    if role is not Role.CONTRIBUTOR:
        log_deed(connection, by, deeds.MADE[role], name)


def give_password(connection: sqlite3.Connection, by: int, once: str, ref: str, password: str) -> Account | None:
    """A new password that the box drew, which ends all sessions; None where the form was taken in already."""
    found = _managed(connection, by, ref)
    if not is_new(connection, once):
        return None
    people.set_password(connection, found.id, password, drawn=True)
    people.set_pin(connection, found.id, "")
    people_sessions.end_all(connection, found.id, "password")
    log_deed(connection, by, deeds.GAVE_PASSWORD, found.name)
    return found


def change_role(connection: sqlite3.Connection, by: int, ref: str, role: Role) -> Account:
    """Raises LastOperator, NotYours."""
    found = _managed(connection, by, ref)
    actor = people.account(connection, by)
    if actor is None or not may_manage(actor.person, role):
        raise NotYours(_NOT_YOURS)
    if role is not found.role:
        people.set_role(connection, found.id, role)
        people_sessions.end_all(connection, found.id, "role")
        log_deed(connection, by, deeds.MADE[role], found.name)
    return found


def remove_person(connection: sqlite3.Connection, by: int, ref: str) -> Account:
    """Raises LastOperator, NotYours."""
    found = _managed(connection, by, ref)
    people.remove_account(connection, found.id)
    people_sessions.end_all(connection, found.id, "removed")
    log_deed(connection, by, deeds.REMOVED_PERSON, found.name)
    return found


def rename_oneself(connection: sqlite3.Connection, person: int, name: str) -> None:
    """What was done under the name before is still to be understood: both are in the log. Raises NameTaken."""
    before = people.account(connection, person)
    people.rename(connection, person, name)
    if before is not None and before.name != name:
        log_deed(connection, person, deeds.RENAMED, before.name)


def change_own_password(connection: sqlite3.Connection, before: Account, password: str, phone: Phone, boot: str) -> str:
    """Ends all sessions and begins one on this phone: its cookie; empty where the account was changed meanwhile."""
    if people.account(connection, before.id) != before or not before.active:
        return ""
    people.set_password(connection, before.id, password)
    people_sessions.end_all(connection, before.id, "password")
    return people_sessions.begin_session(connection, before.id, phone, boot)


def enrol_device(connection: sqlite3.Connection, by: int, once: str, name: str, session: str) -> str:
    """Make the phone of this session a shared device: the device's cookie; empty where the form was taken in already.

    Raises TooMany.
    """
    if not is_new(connection, once):
        return ""
    device, token = people_devices.enrol(connection, name)
    people_sessions.move_to_device(connection, session, device.id)
    log_deed(connection, by, deeds.ENROLLED_DEVICE, name)
    return token


def end_device(connection: sqlite3.Connection, by: int, ref: str) -> None:
    if name := people_devices.end_device(connection, ref):
        log_deed(connection, by, deeds.ENDED_DEVICE, name)
