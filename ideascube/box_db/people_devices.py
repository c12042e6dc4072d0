"""Shared devices that a mediator enrolled, on which people sign in with a PIN. Of their cookies there are hashes."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from ideascube.box_db.days import days_so_far
from ideascube.box_db.people import Account, TooMany, account_by_ref, accounts
from ideascube.box_db.people_sessions import hashed
from ideascube.box_db.random_ids import new_id

MOST_DEVICES = 100
PIN_TRIES = 5  # wrong ones of a person on a device; then the password is needed


@dataclass(frozen=True, slots=True)
class Device:
    """`days`: on how many days on which the box ran nobody signed in there."""

    id: int
    ref: str
    name: str
    days: int


def enrol(connection: sqlite3.Connection, name: str) -> tuple[Device, str]:
    """A new device, and its cookie's value. Raises TooMany."""
    if connection.execute("SELECT count(*) FROM staff_device").fetchone()[0] >= MOST_DEVICES:
        raise TooMany(f"This box knows {MOST_DEVICES} shared devices, and no more: end one that nobody uses.")
    token, ref, day = secrets.token_urlsafe(32), new_id(), days_so_far(connection)
    added = connection.execute(
        "INSERT INTO staff_device (ref, token, name, used) VALUES (?, ?, ?, ?)", (ref, hashed(token), name, day)
    )
    return Device(int(added.lastrowid or 0), ref, name, 0), token


def device_of(connection: sqlite3.Connection, tokens: Sequence[str]) -> Device | None:
    """The device that sent these cookies; None where it is none, or where they are of several."""
    found = {device.id: device for device in devices(connection, tokens)} if tokens else {}
    return next(iter(found.values())) if len(found) == 1 else None


def devices(connection: sqlite3.Connection, tokens: Sequence[str] | None = None) -> list[Device]:
    """All, or those with these cookies, in the order in which they were enrolled."""
    query, values = "SELECT id, ref, name, used FROM staff_device", tuple(hashed(token) for token in tokens or ())
    if tokens is not None:
        query += f" WHERE token IN ({', '.join('?' * len(values))})"
    today = days_so_far(connection)
    return [Device(number, ref, name, today - used) for number, ref, name, used in connection.execute(query, values)]


def end_device(connection: sqlite3.Connection, ref: str) -> str:
    """PINs are worth nothing there any more, and who is signed in there is so no longer; its name, empty for none."""
    row = connection.execute("SELECT name FROM staff_device WHERE ref = ?", (ref,)).fetchone()
    connection.execute("DELETE FROM staff_device WHERE ref = ?", (ref,))
    return str(row[0]) if row else ""


def note_use(connection: sqlite3.Connection, device: int) -> None:
    today = days_so_far(connection)
    connection.execute("UPDATE staff_device SET used = ?1 WHERE id = ?2 AND used <> ?1", (today, device))


def people_with_pins(connection: sqlite3.Connection) -> list[Account]:
    """Whose names a shared device shows."""
    return [account for account in accounts(connection) if account.pin]


@dataclass(frozen=True, slots=True)
class PinTry:
    """A try that was counted, at this account's PIN; `allowed` is false where the password is needed instead."""

    account: Account
    device: Device
    allowed: bool


def try_pin(connection: sqlite3.Connection, tokens: Sequence[str], ref: str) -> PinTry | None:
    """Count a try before it is known whether it is right; None where the device is not enrolled, or there is no PIN."""
    device, found = device_of(connection, tokens), account_by_ref(connection, ref)
    if device is None or found is None or not found.pin:
        return None
    row = connection.execute(
        "SELECT tries FROM pin_try WHERE device = ? AND person = ?", (device.id, found.id)
    ).fetchone()
    tries = int(row[0]) if row else 0
    if tries < PIN_TRIES:
        connection.execute("INSERT OR REPLACE INTO pin_try VALUES (?, ?, ?)", (device.id, found.id, tries + 1))
    return PinTry(found, device, allowed=tries < PIN_TRIES)


def forget_pin_tries(connection: sqlite3.Connection, device: int, person: int) -> None:
    """The person signed in there."""
    connection.execute("DELETE FROM pin_try WHERE device = ? AND person = ?", (device, person))
