"""The first operator of a box: the code that the console shows, and the deed that makes one of whoever has it."""

from __future__ import annotations

import hmac
import sqlite3
from dataclasses import dataclass

from content_packs.errors import BadInput
from ideascube.box_db.box_facts import LANGUAGES, NAME, fact, set_fact
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.people import Account, add_account, has_operator
from ideascube.box_db.secret import mac
from ideascube.box_db.signing_in import Browser, begin, count_or_wait
from ideascube.box_db.tries import Tries, forget_tries
from ideascube.people import deeds
from ideascube.people.rights import Role

_CODE = "first-code"  # the fact under which the code's hash is kept


class AlreadySetUp(BadInput):
    """Somebody else was faster."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the page asks for. `password`: hashed. `languages`: with spaces between."""

    box_name: str
    languages: str
    name: str
    password: str


def keep_code(connection: sqlite3.Connection, key: bytes, code: str, tries: Tries) -> bool:
    """Let this code set up the box, in place of one drawn before; False where the box is set up.

    `tries`: those at the one before, which count no more.
    """
    if has_operator(connection):
        return False
    set_fact(connection, _CODE, mac(key, _CODE, code).hex())
    forget_tries(connection, key, tries)
    return True


def is_code(connection: sqlite3.Connection, key: bytes, code: str) -> bool:
    kept = fact(connection, _CODE)
    return bool(kept) and hmac.compare_digest(kept, mac(key, _CODE, code).hex())


def try_code(connection: sqlite3.Connection, key: bytes, tries: Tries, code: str, now: int) -> tuple[bool, int]:
    """Whether it is the code; or the seconds until the next try. A right one is no try. Raises AlreadySetUp."""
    if has_operator(connection):
        raise AlreadySetUp("This box is set up already: sign in.")
    if wait := count_or_wait(connection, key, tries, now):
        return False, wait
    if is_code(connection, key, code):
        forget_tries(connection, key, tries)
        return True, 0
    return False, 0


def set_up(
    connection: sqlite3.Connection, key: bytes, code: str, asked: SetUp, browser: Browser
) -> tuple[Account, str]:
    """Make the first operator, and sign them in: their account, and the session's cookie. Raises AlreadySetUp."""
    if has_operator(connection) or not is_code(connection, key, code):
        raise AlreadySetUp("This box was set up by somebody else just now: sign in.")
    account = add_account(connection, asked.name, Role.OPERATOR, asked.password)
    set_fact(connection, NAME, asked.box_name)
    set_fact(connection, LANGUAGES, asked.languages)
    connection.execute("DELETE FROM box_fact WHERE key = ?", (_CODE,))
    log_deed(connection, account.id, deeds.SET_UP, asked.box_name)
    return account, begin(connection, account, browser)
