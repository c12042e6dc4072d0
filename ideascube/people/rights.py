"""Roles, and what each may do. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What somebody may do in the workspace."""

    SUBMIT = "submit"  # write and upload, and send it to be looked at
    WRITE = "write"  # write and change everything that was made here, and publish it
    REVIEW = "review"  # decide on what was sent, and on what learners flagged
    ARRANGE = "arrange"  # the home page, categories, what is hidden, collections
    TEACH = "teach"  # make courses and publish them
    ENROL = "enrol"  # enrol devices on which people sign in with a PIN; add contributors
    PEOPLE = "people"  # accounts and roles
    SYNC = "sync"  # connect the box, use a stick, decide on what was held back
    BOX = "box"  # the box's name, its languages, what it keeps


class Role(StrEnum):
    """What an account is. Learners have none."""

    CONTRIBUTOR = "contributor"
    CURATOR = "curator"
    MEDIATOR = "mediator"
    OPERATOR = "operator"


_MEDIATOR = frozenset({Right.SUBMIT, Right.WRITE, Right.REVIEW, Right.ARRANGE, Right.TEACH, Right.ENROL, Right.SYNC})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CONTRIBUTOR: frozenset({Right.SUBMIT}),
    Role.CURATOR: frozenset({Right.SUBMIT, Right.TEACH}),
    Role.MEDIATOR: _MEDIATOR,
    Role.OPERATOR: _MEDIATOR | {Right.PEOPLE, Right.BOX},
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in. `name` is what they sign in with, and what others see in the workspace."""

    id: int
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]
