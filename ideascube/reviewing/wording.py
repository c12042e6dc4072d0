"""What reasons, answers and states are called, in the language of the interface. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ideascube.reviewing.flags import Reason
from ideascube.web.i18n import translations


@lru_cache
def reasons(language: str) -> dict[Reason, str]:
    """As a learner reads them, who chooses one."""
    _ = translations(language).gettext
    return {
        "wrong": _("Something in it is not true"),
        "hurts": _("It hurts or threatens somebody"),
        "private": _("It shows something private"),
        "other": _("Something else"),
    }


@dataclass(frozen=True, slots=True)
class StateWord:
    """A state as lists show it. `name`: of the state, or `scheduled` for what will be published by itself."""

    name: str
    icon: str
    word: str


@lru_cache
def state_words(language: str) -> dict[str, StateWord]:
    """In the order in which lists offer them."""
    _ = translations(language).gettext
    words = (
        StateWord("draft", "pen-line", _("Begun")),
        StateWord("waiting", "clock", _("Waits for an answer")),
        StateWord("returned", "undo-2", _("Came back")),
        StateWord("scheduled", "calendar-clock", _("Will be published")),
        StateWord("published", "check", _("Published")),
        StateWord("withdrawn", "eye-off", _("Withdrawn")),
        StateWord("refused", "x", _("Refused")),
    )
    return {word.name: word for word in words}


def consent_word(answer: str, language: str) -> str:
    """What was said about the people who are seen or heard in it."""
    _ = translations(language).gettext
    return {
        "none_shown": _("Nobody is seen or heard in it."),
        "given": _("Those who are seen or heard in it agreed."),
        "missing": _("Somebody is seen or heard in it, and did not yet agree."),
    }.get(answer, _("Nobody said whether people are seen or heard in it."))


@lru_cache
def answer_words(language: str) -> dict[str, str]:
    """What was answered, as a sentence."""
    _ = translations(language).gettext
    return {
        "publish": _("Published. Learners find it now."),
        "schedule": _("It will be published by itself."),
        "return": _("Sent back with your word."),
        "refuse": _("Refused, with your word."),
        "keep": _("Left as it is."),
        "hide": _("Taken away from learners."),
    }


@lru_cache
def field_names(language: str) -> dict[str, str]:
    """What the fields of a creation are called where a list says which of them changed."""
    _ = translations(language).gettext
    return {
        "title": _("Title"),
        "summary": _("In short"),
        "kind": _("Kind"),
        "language": _("Language"),
        "licence": _("Licence"),
        "source": _("Source"),
        "author": _("Name shown"),
        "audience": _("For whom"),
        "ends": _("Last day"),
        "consent": _("People in it"),
        "tags": _("Subjects"),
        "media": _("Files"),
    }
