"""Creations for tests, made through the deeds that the program uses."""

from __future__ import annotations

import sqlite3

from ideascube.box_db.creations import change_state, load, new_creation
from ideascube.box_db.database import transaction
from ideascube.creations.cleaning import clean_body
from ideascube.creations.model import Consent, Fields, Words
from ideascube.creations.states import Deed
from ideascube.people.rights import Person, Role

AMINA = Person(1, "Amina", Role.MEDIATOR)
BASMA = Person(2, "Basma", Role.CONTRIBUTOR)


def fields(title: str = "Clean water", body: str = "<p>Boil it.</p>", **more: object) -> Fields:
    """A whole article, in English unless said otherwise."""
    given = {"kind": "article", "language": "en", "licence": "CC-BY-4.0", "consent": Consent("none_shown"), **more}
    language = str(given["language"])
    return Fields(**{"texts": {language: Words(title, "In short.")}, "body": clean_body(body), **given})  # type: ignore[arg-type]


def made(connection: sqlite3.Connection, said: Fields | None = None, person: Person = AMINA, work: str = "") -> str:
    """The id of a draft."""
    with transaction(connection):
        return new_creation(connection, said or fields(), person, work)


def published(connection: sqlite3.Connection, said: Fields | None = None, work: str = "") -> str:
    """The id of what readers see."""
    creation = made(connection, said, work=work)
    do(connection, creation, Deed.PUBLISH)
    return creation


def do(connection: sqlite3.Connection, creation: str, deed: Deed, **more: int) -> object:
    """A deed with the newest version."""
    now = load(connection, creation)
    assert now is not None
    with transaction(connection):
        return change_state(connection, creation, deed, now.version, **more)
