"""Who may do what with a creation, and what becomes of it. Pure."""

from __future__ import annotations

from enum import StrEnum

from ideascube.creations.model import State
from ideascube.people.rights import Person, Right


class Deed(StrEnum):
    """What people do with a creation."""

    SAVE = "save"
    SUBMIT = "submit"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    RETURN = "return"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    DISCARD = "discard"


_ANY = frozenset(State)
_SENT = frozenset({State.WAITING})
_OF_OWNER = frozenset({State.DRAFT, State.RETURNED, State.WITHDRAWN, State.PUBLISHED})

# From which states a deed is possible at all, and in which of them its author may do it without a further right.
_FROM = {
    Deed.SAVE: _ANY,
    Deed.SUBMIT: _OF_OWNER,
    Deed.PUBLISH: _ANY,
    Deed.SCHEDULE: _ANY,
    Deed.RETURN: _SENT,
    Deed.REFUSE: _SENT,
    Deed.WITHDRAW: frozenset({State.WAITING, State.PUBLISHED, State.RETURNED, State.REFUSED, State.DRAFT}),
    Deed.DISCARD: frozenset({State.DRAFT, State.RETURNED, State.REFUSED, State.WITHDRAWN}),
}
_BY_OWNER = frozenset({Deed.SAVE, Deed.SUBMIT, Deed.WITHDRAW, Deed.DISCARD})
_BY_RIGHT = {
    Right.WRITE: frozenset(Deed),
    Right.REVIEW: frozenset({Deed.PUBLISH, Deed.SCHEDULE, Deed.RETURN, Deed.REFUSE}),
}


def may_follow(state: State, deed: Deed, person: Person, owner: int) -> bool:
    """Whether `person` may do this with a creation of `owner` that is in this state."""
    if state not in _FROM[deed]:
        return False
    if any(person.may(right) and deed in deeds for right, deeds in _BY_RIGHT.items()):
        return deed is not Deed.SAVE or person.may(Right.WRITE)
    return deed in _BY_OWNER and person.id == owner and person.may(Right.SUBMIT)


def may_read(person: Person, owner: int) -> bool:
    """Whether `person` may see what nobody published yet."""
    return person.id == owner or person.may(Right.WRITE) or person.may(Right.REVIEW)


def state_after(state: State, deed: Deed, *, is_shown: bool) -> State:
    """The state that a deed leads to. What waits and was never shown goes back to its author when it is withdrawn."""
    if deed is Deed.WITHDRAW:
        return State.WITHDRAWN if is_shown else State.DRAFT
    after = {
        Deed.SUBMIT: State.WAITING,
        Deed.PUBLISH: State.PUBLISHED,
        Deed.RETURN: State.RETURNED,
        Deed.REFUSE: State.REFUSED,
    }
    return after.get(deed, state)
