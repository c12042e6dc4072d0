"""Marking: whether an answer is right, and which of its parts are. Pure functions; the script of a page does the same.

An answer is a text, a list of ids or texts, or a mapping of ids, by the question's kind. One of another form, as anyone
may send it to a server, is wrong and nothing worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from content_packs.courses.folding import exact, fold
from content_packs.courses.model import (
    AnyQuestion,
    ChoiceQuestion,
    GapsQuestion,
    NumberQuestion,
    OrderQuestion,
    PairsQuestion,
    WordsQuestion,
)
from content_packs.courses.numbers import is_number

Answer = str | Sequence[str] | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """`parts` says of each choice, gap, pair or place whether it is as it should be; words and numbers have one."""

    parts: tuple[bool, ...]

    @property
    def right(self) -> bool:
        return bool(self.parts) and all(self.parts)


def mark(question: AnyQuestion, answer: Answer, language: str) -> Mark:
    """Mark what somebody answered who reads the question in `language`.

    A choice's answer is the list of ids that were taken; words and a number are a text; an order is a list of ids;
    pairs are a mapping of each left id to the right one's id; gaps are a list of texts.
    """
    match question:
        case ChoiceQuestion():
            return _mark_choices(question, set(_list(answer)))
        case WordsQuestion():
            return Mark((is_one_of(_text(answer), question.answers.get(language, ()), question.exact),))
        case NumberQuestion():
            unit = question.unit.get(language, "")
            return Mark((is_number(_text(answer), question.number, question.within, unit),))
        case OrderQuestion():
            return _mark_in_place([item.id for item in question.items], _list(answer))
        case PairsQuestion():
            ids = [pair.id for pair in question.pairs]
            return _mark_in_place(ids, [_mapping(answer).get(one, "") for one in ids])
        case GapsQuestion():
            return _mark_gaps(question, _list(answer), language)


def is_one_of(text: str, accepted: Iterable[str], is_exact: bool) -> bool:
    """Whether a text is the same as an accepted one, either letter by letter or as `fold` says."""
    same = exact if is_exact else fold
    given = same(text)
    return given != "" and any(given == same(one) for one in accepted)


def share(right: int, total: int) -> int:
    """How many percent are right, rounded down, so that nobody is told of a mark that was not reached."""
    return right * 100 // total if total else 0


def has_passed(right: int, total: int, pass_mark: int | None) -> bool:
    """Whether a quiz is passed with so many right answers; without a pass mark, having answered is enough."""
    return pass_mark is None or share(right, total) >= pass_mark


def _mark_choices(question: ChoiceQuestion, taken: set[str]) -> Mark:
    return Mark(tuple((choice.id in taken) == choice.right for choice in question.choices))


def _mark_in_place(right: Sequence[str], given: Sequence[str]) -> Mark:
    padded = [*given, *[""] * len(right)]
    return Mark(tuple(one == other for one, other in zip(right, padded, strict=False)))


def _mark_gaps(question: GapsQuestion, given: Sequence[str], language: str) -> Mark:
    gaps = question.gaps(language)
    padded = [*given, *[""] * len(gaps)]
    return Mark(tuple(is_one_of(text, gap, question.exact) for gap, text in zip(gaps, padded, strict=False)))


def _text(answer: Answer) -> str:
    return answer if isinstance(answer, str) else ""


def _list(answer: Answer) -> Sequence[str]:
    is_list = isinstance(answer, Sequence) and not isinstance(answer, str)
    return [one if isinstance(one, str) else "" for one in answer] if is_list else ()


def _mapping(answer: Answer) -> Mapping[str, str]:
    return answer if isinstance(answer, Mapping) else {}
