"""Accounts. Passwords and PINs come here hashed; who may do what to whom is said in `ideascube.people`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from content_packs.errors import BadInput
from ideascube.box_db.random_ids import new_id
from ideascube.people.names import folded_name
from ideascube.people.rights import Person, Role

MOST_PEOPLE = 500  # active accounts


class NameTaken(BadInput):
    """Somebody with an account has this name, or one that differs by capitals and accents alone."""


class TooMany(BadInput):
    """There is no room for another one."""


class LastOperator(BadInput):
    """Without this operator the box would have none."""


@dataclass(frozen=True, slots=True)
class Account:
    """`drawn`: the password was drawn by the box and is to be changed. `language`: empty for what the browser says."""

    id: int
    ref: str
    name: str
    role: Role
    password: str
    drawn: bool
    pin: str
    language: str
    active: bool

    @property
    def person(self) -> Person:
        return Person(self.id, self.name, self.role)


_COLUMNS = "id, ref, name, role, password, drawn, pin, language, active"


def add_account(
    connection: sqlite3.Connection, name: str, role: Role, password: str, *, drawn: bool = False
) -> Account:
    """A new account; `password` is its hash. Raises NameTaken or TooMany."""
    if connection.execute("SELECT count(*) FROM person WHERE active").fetchone()[0] >= MOST_PEOPLE:
        raise TooMany(f"This box keeps {MOST_PEOPLE} accounts, and no more: remove one that nobody uses.")
    values = (new_id(), name, folded_name(name), role.value, password, int(drawn))
    try:
        added = connection.execute(
            "INSERT INTO person (ref, name, folded, role, password, drawn, pin, language, active) "
            "VALUES (?, ?, ?, ?, ?, ?, '', '', 1)",
            values,
        )
    except sqlite3.IntegrityError as error:
        raise NameTaken(f"Somebody here is called “{name}” already: choose another name.") from error
    found = account(connection, int(added.lastrowid or 0))
    assert found is not None
    return found


def account(connection: sqlite3.Connection, person: int) -> Account | None:
    return _one(connection, "id = ?", person)


def account_by_ref(connection: sqlite3.Connection, ref: str) -> Account | None:
    """One that is active."""
    return _one(connection, "ref = ? AND active", ref)


def account_by_name(connection: sqlite3.Connection, name: str) -> Account | None:
    """The active one whose name differs by no more than capitals and accents."""
    return _one(connection, "folded = ?", folded_name(name))


def _one(connection: sqlite3.Connection, where: str, value: object) -> Account | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM person WHERE {where}", (value,)).fetchone()  # noqa: S608 - our own
    return _account(row) if row else None


def _account(row: tuple[object, ...]) -> Account:
    number, ref, name, role, password, drawn, pin, language, active = row
    return Account(
        int(str(number)), str(ref), str(name), Role(str(role)), str(password), bool(drawn), str(pin), str(language),
        bool(active),
    )  # fmt: skip


def accounts(connection: sqlite3.Connection) -> list[Account]:
    """The active ones, by name."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM person WHERE active ORDER BY folded")  # noqa: S608 - our own
    return [_account(row) for row in rows]


def has_operator(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM person WHERE role = ? AND active LIMIT 1", (Role.OPERATOR.value,))
    return found.fetchone() is not None


def rename(connection: sqlite3.Connection, person: int, name: str) -> None:
    """Raises NameTaken."""
    try:
        connection.execute("UPDATE person SET name = ?, folded = ? WHERE id = ?", (name, folded_name(name), person))
    except sqlite3.IntegrityError as error:
        raise NameTaken(f"Somebody here is called “{name}” already: choose another name.") from error


def set_password(connection: sqlite3.Connection, person: int, password: str, *, drawn: bool = False) -> None:
    """`password` is its hash."""
    connection.execute("UPDATE person SET password = ?, drawn = ? WHERE id = ?", (password, int(drawn), person))


def rehash(connection: sqlite3.Connection, person: int, before: str, after: str) -> None:
    """The same password hashed with other parameters, unless it was changed meanwhile."""
    connection.execute("UPDATE person SET password = ? WHERE id = ? AND password = ?", (after, person, before))


def set_pin(connection: sqlite3.Connection, person: int, pin: str) -> None:
    """`pin` is its hash; empty for none. Wrong tries at the one before count no more."""
    connection.execute("UPDATE person SET pin = ? WHERE id = ?", (pin, person))
    connection.execute("DELETE FROM pin_try WHERE person = ?", (person,))


def set_language(connection: sqlite3.Connection, person: int, language: str) -> None:
    connection.execute("UPDATE person SET language = ? WHERE id = ?", (language, person))


def set_role(connection: sqlite3.Connection, person: int, role: Role) -> None:
    """Raises LastOperator."""
    if role is not Role.OPERATOR:
        _refuse_last_operator(connection, person)
    connection.execute("UPDATE person SET role = ? WHERE id = ?", (role.value, person))


def remove_account(connection: sqlite3.Connection, person: int) -> None:
    """Nobody can sign in with it any more; what the person made stays, with their name. Raises LastOperator."""
    _refuse_last_operator(connection, person)
    connection.execute(
        "UPDATE person SET active = 0, folded = NULL, password = '', pin = '', drawn = 0, language = '' WHERE id = ?",
        (person,),
    )
    connection.execute("DELETE FROM pin_try WHERE person = ?", (person,))


def _refuse_last_operator(connection: sqlite3.Connection, person: int) -> None:
    others = "SELECT count(*) FROM person WHERE role = ? AND active AND id <> ?"
    found = account(connection, person)
    is_operator = found is not None and found.active and found.role is Role.OPERATOR
    if is_operator and not connection.execute(others, (Role.OPERATOR.value, person)).fetchone()[0]:
        raise LastOperator("This is the only operator: first make somebody else an operator.")
