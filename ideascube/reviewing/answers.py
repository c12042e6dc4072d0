"""What a reviewer may answer to what was sent, and what each answer needs. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from ideascube.creations.states import Deed
from ideascube.people import deeds

AnswerName = Literal["publish", "schedule", "return", "refuse"]
ANSWERS: tuple[AnswerName, ...] = get_args(AnswerName)

LONGEST_WORD = 1000  # letters of a word to who made it

DEEDS: dict[AnswerName, Deed] = {
    "publish": Deed.PUBLISH,
    "schedule": Deed.SCHEDULE,
    "return": Deed.RETURN,
    "refuse": Deed.REFUSE,
}
LOGGED: dict[AnswerName, str] = {
    "publish": deeds.PUBLISHED,
    "schedule": deeds.PUBLISHED,
    "return": deeds.RETURNED,
    "refuse": deeds.REFUSED,
}
_NEED_A_WORD = ("return", "refuse")


@dataclass(frozen=True, slots=True)
class Answer:
    """`version`: the one that was looked at. `publish_at`: of `schedule`, seconds since 1970."""

    name: AnswerName
    version: int
    word: str = ""
    publish_at: int | None = None


def known_answer(name: str) -> AnswerName | None:
    return next((answer for answer in ANSWERS if answer == name), None)


def tidy_word(text: str) -> str:
    """Without blanks around it, its lines kept."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()


def problems_of(answer: Answer, now: float, gettext: Callable[[str], str]) -> dict[str, str]:
    """What is missing, by the name of the field that it belongs to; empty where the answer can be given."""
    _ = gettext
    problems: dict[str, str] = {}
    if answer.name in _NEED_A_WORD and not answer.word:
        problems["word"] = _("Write a word to the person, so that they know why.")
    if len(answer.word) > LONGEST_WORD:
        problems["word"] = _("This is too long: %(most)s letters are the most.") % {"most": LONGEST_WORD}
    if answer.name == "schedule" and answer.publish_at is None:
        problems["day"] = _("Choose the day and the hour.")
    elif answer.name == "schedule" and (answer.publish_at or 0) <= now:
        problems["day"] = _("This moment has passed. Choose a later one, or publish it now.")
    return problems
