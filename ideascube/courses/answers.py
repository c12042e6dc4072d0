"""A quiz as a form: what its fields mean as answers, whatever else they hold, and what was marked of it. Pure.

The fields of question 3 begin with `q3`: a choice, a text and a number are `q3` itself; a gap is `q3.` and its number
from 0, a thing to be put in order `q3.` and its id with its place from 1, a pair `q3.` and its id with the partner's.
`done` names each question that is checked, `check` the one whose button was pressed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiohttp import web
from multidict import MultiMapping

from content_packs.courses.marking import Answer, Mark, has_passed, mark, share
from content_packs.courses.model import (
    AnyQuestion,
    ChoiceQuestion,
    GapsQuestion,
    OrderQuestion,
    PairsQuestion,
    Quiz,
)

Fields = MultiMapping[str | bytes | bytearray | web.FileField]

_LONGEST = 500  # characters of an answer that are looked at
_MOST = 200  # choices that one field may give


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with what was answered. `mark` is None where it was not checked yet, or not answered as a whole."""

    name: str
    question: AnyQuestion
    answer: Answer
    mark: Mark | None = None
    is_incomplete: bool = False  # it was to be checked, and something is missing


@dataclass(frozen=True, slots=True)
class Result:
    """All questions of a quiz, as far as somebody came."""

    answered: tuple[Answered, ...]

    @property
    def is_complete(self) -> bool:
        return all(one.mark is not None for one in self.answered)

    @property
    def right(self) -> int:
        return sum(one.mark is not None and one.mark.right for one in self.answered)

    @property
    def percent(self) -> int:
        return share(self.right, len(self.answered))

    def has_passed(self, pass_mark: int | None) -> bool:
        return has_passed(self.right, len(self.answered), pass_mark)


def read_answers(quiz: Quiz, fields: Fields, language: str) -> Result:
    """Mark what the form says is to be checked, for somebody who reads the quiz in `language`."""
    asked = {str(name) for key in ("done", "check") for name in fields.getall(key, ())}
    answered = (_answered(f"q{n}", question, fields, asked, language) for n, question in enumerate(quiz.questions, 1))
    return Result(tuple(answered))


def fields_of(answered: Answered) -> Iterator[tuple[str, str]]:
    """The form's fields that say the same answer once more, for a question whose own can no longer be changed."""
    name, answer = answered.name, answered.answer
    match answered.question:
        case ChoiceQuestion():
            yield from ((name, taken) for taken in answer)
        case OrderQuestion():
            yield from ((f"{name}.{id_}", str(place)) for place, id_ in enumerate(answer, 1))
        case PairsQuestion():
            assert isinstance(answer, dict)
            yield from ((f"{name}.{left}", right) for left, right in answer.items())
        case GapsQuestion():
            yield from ((f"{name}.{place}", text) for place, text in enumerate(answer))
        case _:
            yield name, str(answer)


def said_to(answered: Answered, language: str) -> str:
    """What the quiz says to somebody who gave this answer, and to nobody else; empty where it says nothing."""
    question, marked = answered.question, answered.mark
    if marked is None:
        return ""
    sentences = [(question.when_right if marked.right else question.when_wrong).get(language, "")]
    if isinstance(question, ChoiceQuestion):
        sentences += [choice.feedback.get(language, "") for choice in question.choices if choice.id in answered.answer]
    return " ".join(filter(None, sentences))


def _answered(name: str, question: AnyQuestion, fields: Fields, asked: set[str], language: str) -> Answered:
    answer = _answer(question, name, fields, language)
    if name not in asked:
        return Answered(name, question, answer)
    if not is_whole(question, answer):
        return Answered(name, question, answer, is_incomplete=True)
    return Answered(name, question, answer, mark(question, answer, language))


def _answer(question: AnyQuestion, name: str, fields: Fields, language: str) -> Answer:
    match question:
        case ChoiceQuestion():
            return [str(one) for one in fields.getall(name, ())[:_MOST] if isinstance(one, str)]
        case OrderQuestion():
            return _in_order([item.id for item in question.items], name, fields)
        case PairsQuestion():
            return {pair.id: _text(fields, f"{name}.{pair.id}") for pair in question.pairs}
        case GapsQuestion():
            return [_text(fields, f"{name}.{place}") for place in range(len(question.gaps(language)))]
        case _:
            return _text(fields, name)


def _in_order(ids: Sequence[str], name: str, fields: Fields) -> list[str]:
    """The ids by the places that they were given; a place that none or several have is empty."""
    places = {id_: _text(fields, f"{name}.{id_}") for id_ in ids}
    given = Counter(places.values())
    at = {place: id_ for id_, place in places.items() if given[place] == 1}
    return [at.get(str(place), "") for place in range(1, len(ids) + 1)]


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name, "")
    return value[:_LONGEST] if isinstance(value, str) else ""


def is_whole(question: AnyQuestion, answer: Answer) -> bool:
    """Whether nothing is left out of an answer: only then is it marked, since nobody means to answer half."""
    if isinstance(question, ChoiceQuestion):
        return bool(answer)
    if isinstance(answer, str):
        return bool(answer.strip())
    parts = answer.values() if isinstance(answer, dict) else answer
    return all(part.strip() for part in parts)
