"""What can be wrong with what somebody types about an account, and the sentence for it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Problem(StrEnum):
    NO_NAME = "no name"
    LONG_NAME = "long name"
    ODD_NAME = "odd name"
    NAME_TAKEN = "name taken"
    SHORT_PASSWORD = "short password"  # noqa: S105 - names of what is wrong
    LONG_PASSWORD = "long password"  # noqa: S105
    KNOWN_PASSWORD = "known password"  # noqa: S105
    NAME_IN_PASSWORD = "name in password"  # noqa: S105
    OTHER_PASSWORD = "other password"  # noqa: S105
    WRONG_PASSWORD = "wrong password"  # noqa: S105
    NO_PIN = "no PIN"
    EASY_PIN = "easy PIN"
    WRONG_CODE = "wrong code"
    NO_LANGUAGE = "no language"
    LAST_OPERATOR = "last operator"
    TOO_MANY = "too many"


def sentence(problem: Problem, gettext: Callable[[str], str]) -> str:
    """What is wrong and what to do, for the person who typed it."""
    _ = gettext
    return {
        Problem.NO_NAME: _("Write a name."),
        Problem.LONG_NAME: _("This name is too long. Write a shorter one."),
        Problem.ODD_NAME: _("Something in this name can't be shown. Write it with letters alone."),
        Problem.NAME_TAKEN: _("Somebody here has this name already. Choose another one."),
        Problem.SHORT_PASSWORD: _("This password is too short. It needs 10 letters or digits, or more."),
        Problem.LONG_PASSWORD: _("This password is too long. Choose a shorter one."),
        Problem.KNOWN_PASSWORD: _("Many people use this password, so it is easy to guess. Choose another one."),
        Problem.NAME_IN_PASSWORD: _("Your name is in this password, so it is easy to guess. Choose another one."),
        Problem.OTHER_PASSWORD: _("The two passwords are not the same. Write them again."),
        Problem.WRONG_PASSWORD: _("This is not your password. Try again."),
        Problem.NO_PIN: _("A PIN has 6 digits. Write it again."),
        Problem.EASY_PIN: _("This PIN is easy to guess. Choose another one."),
        Problem.WRONG_CODE: _("This is not the code. Look at the console where the box was started."),
        Problem.NO_LANGUAGE: _("Choose one language or more."),
        Problem.LAST_OPERATOR: _("This is the only operator. First make somebody else an operator."),
        Problem.TOO_MANY: _("There is no room for more. First remove what nobody uses."),
    }[problem]
