"""Who may change whose account, and how a page calls the roles. Pure."""

from __future__ import annotations

from collections.abc import Callable

from ideascube.people.rights import Person, Right, Role


def may_manage(person: Person, role: Role) -> bool:
    """Whether `person` may add, or change the account of, somebody who has this role."""
    return person.may(Right.PEOPLE) or (person.may(Right.ENROL) and role is Role.CONTRIBUTOR)


def roles_to_give(person: Person) -> tuple[Role, ...]:
    return tuple(role for role in Role if may_manage(person, role))


def role_names(gettext: Callable[[str], str]) -> dict[Role, str]:
    _ = gettext
    return {
        Role.CONTRIBUTOR: _("Contributor"),
        Role.CURATOR: _("Teacher of courses"),
        Role.MEDIATOR: _("Mediator"),
        Role.OPERATOR: _("Operator"),
    }


def role_hints(gettext: Callable[[str], str]) -> dict[Role, str]:
    """What somebody of each role may do, in one line."""
    _ = gettext
    return {
        Role.CONTRIBUTOR: _("Writes and sends things. A mediator looks at them before others see them."),
        Role.CURATOR: _("Also makes courses and publishes them."),
        Role.MEDIATOR: _("Writes, publishes, checks what others send, arranges the home page."),
        Role.OPERATOR: _("May do all of that, and looks after the box and its accounts."),
    }
