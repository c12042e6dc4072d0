"""`ideascube user`: accounts from the command line.

A password is typed at a prompt or drawn, and never an argument, which the shell and the list of processes would show.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from content_packs.commands.text import say
from content_packs.data_option import data_option
from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from ideascube.box_db import people, people_sessions
from ideascube.box_db.database import NAME, box_database, transaction
from ideascube.box_db.deeds import log_deed
from ideascube.box_db.managing import log_added
from ideascube.box_db.people import Account
from ideascube.people import deeds
from ideascube.people.hashing import HASHER
from ideascube.people.names import clean_name, name_problem
from ideascube.people.passwords import clean_password, draw_password, password_problem
from ideascube.people.problems import sentence
from ideascube.people.rights import Role

_ROLES = click.Choice([role.value for role in Role])


@click.group()
def user() -> None:
    """Who may use the workspace of this box."""


@user.command()
@click.argument("name")
@click.option("--role", type=_ROLES, required=True, help="What this person may do.")
@click.option("--prompt", is_flag=True, help="Ask for a password instead of drawing one.")
@data_option
def add(name: str, role: str, prompt: bool, data: DataFolder) -> None:
    """Add a person, with a password that is to be changed at the first sign-in."""
    clean = clean_name(name)
    if problem := name_problem(clean):
        raise BadInput(sentence(problem, str))
    password = _password(clean, prompt=prompt)
    hashed = HASHER.hash(password)
    with _writing(data) as connection:
        people.add_account(connection, clean, Role(role), hashed, drawn=not prompt)
        log_added(connection, None, clean, Role(role))
    _say_password(f"{clean} is added as {role}.", password, drawn=not prompt)


@user.command("list")
@data_option
def list_(data: DataFolder) -> None:
    """List who has an account, and what each may do."""
    if not (data.root / NAME).exists():
        click.echo("There is nobody: this box is not set up yet.")
        return
    with box_database(data.root / NAME) as connection:
        found = people.accounts(connection)
    if not found:
        click.echo("There is nobody: this box is not set up yet.")
    for account in found:
        say(f"{account.role.value:<12} {account.name}")


@user.command()
@click.argument("name")
@click.option("--prompt", is_flag=True, help="Ask for a password instead of drawing one.")
@data_option
def passwd(name: str, prompt: bool, data: DataFolder) -> None:
    """Give a person a new password, and sign them out everywhere."""
    password = _password(clean_name(name), prompt=prompt)
    hashed = HASHER.hash(password)
    with _writing(data) as connection:
        account = _account(connection, name)
        people.set_password(connection, account.id, hashed, drawn=not prompt)
        people.set_pin(connection, account.id, "")
        people_sessions.end_all(connection, account.id, "password")
        log_deed(connection, None, deeds.GAVE_PASSWORD, account.name)
    _say_password(f"{account.name} has a new password.", password, drawn=not prompt)


@user.command()
@click.argument("name")
@data_option
def remove(name: str, data: DataFolder) -> None:
    """Remove a person's account; what the person made stays."""
    with _writing(data) as connection:
        account = _account(connection, name)
        people.remove_account(connection, account.id)
        people_sessions.end_all(connection, account.id, "removed")
        log_deed(connection, None, deeds.REMOVED_PERSON, account.name)
    say(f"The account of {account.name} is removed.")


@contextmanager
def _writing(data: DataFolder) -> Iterator[sqlite3.Connection]:
    data.create()
    with box_database(data.root / NAME) as connection, transaction(connection):
        yield connection


def _account(connection: sqlite3.Connection, name: str) -> Account:
    account = people.account_by_name(connection, name)
    if account is None:
        raise BadInput(f"Nobody here is called “{clean_name(name)}”: see `ideascube user list`.")
    return account


def _password(name: str, *, prompt: bool) -> str:
    """Typed twice on a terminal, or the first line of what is piped in; or drawn."""
    if not prompt:
        return draw_password()
    typed = (
        click.prompt("Password", hide_input=True, confirmation_prompt="The same again")
        if sys.stdin.isatty()
        else sys.stdin.readline().rstrip("\n")
    )
    password = clean_password(typed)
    if problem := password_problem(password, name):
        raise BadInput(sentence(problem, str))
    return password


def _say_password(done: str, password: str, *, drawn: bool) -> None:
    say(done)
    if drawn:
        click.echo(f"Password: {password} (to be changed at the first sign-in)")
