"""Signing in: a try is counted first and taken back when it was right, so that no flood of tries gets through."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ideascube.box_db import people, people_sessions
from ideascube.box_db.people import Account
from ideascube.box_db.people_devices import device_of, forget_pin_tries, note_use
from ideascube.box_db.people_sessions import Phone
from ideascube.box_db.tries import Tries, count_try, seconds_to_wait, uncount_try


@dataclass(frozen=True, slots=True)
class Try:
    """`wait`: seconds until a next try; where it is not 0, nothing was looked at. `account`: of that name."""

    wait: int = 0
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Browser:
    """Who signs in where: the cookies that it sent, and the start of the machine."""

    phone: Phone
    sessions: Sequence[str]
    devices: Sequence[str]
    boot: str


def try_name(connection: sqlite3.Connection, key: bytes, tries: Tries, name: str, now: int) -> Try:
    """Count a try at the password of this name."""
    if wait := count_or_wait(connection, key, tries, now):
        return Try(wait)
    return Try(account=people.account_by_name(connection, name))


def count_or_wait(connection: sqlite3.Connection, key: bytes, tries: Tries, now: int) -> int:
    """Count a try; or where there were too many, the seconds until the next one."""
    wait = seconds_to_wait(connection, key, tries, now)
    if not wait:
        count_try(connection, key, tries, now)
    return wait


def right_password(
    connection: sqlite3.Connection, key: bytes, tries: Tries, account: Account, rehashed: str, browser: Browser
) -> str:
    """Sign in whose password was right; the new cookie, empty where the account was changed or removed meanwhile."""
    if people.account(connection, account.id) != account:
        return ""
    uncount_try(connection, key, tries)
    if rehashed:
        people.rehash(connection, account.id, account.password, rehashed)
    return begin(connection, account, browser)


def right_pin(connection: sqlite3.Connection, account: Account, browser: Browser) -> str:
    """The same with a PIN."""
    return begin(connection, account, browser) if people.account(connection, account.id) == account else ""


def begin(connection: sqlite3.Connection, account: Account, browser: Browser) -> str:
    """A new session, never one that the browser had; the one that it had ends. The new cookie."""
    for token in browser.sessions:
        people_sessions.end_session(connection, token)
    device, phone = device_of(connection, browser.devices), browser.phone
    if device is not None:
        forget_pin_tries(connection, device.id, account.id)
        note_use(connection, device.id)
        phone = replace(phone, own=False, device=device.id)
    return people_sessions.begin_session(connection, account.id, phone, browser.boot)
