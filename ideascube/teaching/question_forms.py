"""Between a question and the fields of its form, both ways. Pure.

What somebody left half filled is a question too: what it still needs is said by `questions`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from content_packs.courses.folding import plain
from content_packs.courses.model import (
    AnyQuestion,
    Choice,
    ChoiceQuestion,
    GapsQuestion,
    Item,
    NumberQuestion,
    OrderQuestion,
    Pair,
    PairsQuestion,
    Texts,
    WordsQuestion,
)
from ideascube.teaching.course_parts import kept
from ideascube.teaching.fields import Given, line_in, text_in, texts_in
from ideascube.teaching.places import file_at
from ideascube.teaching.question_rows import QuestionForm
from ideascube.teaching.questions import Problem, Say, shuffled

KINDS = ("choice", "words", "number", "order", "pairs", "gaps")
MOST_ANSWERS = 40  # that are right in one language, or in one gap

_NUMBER = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_GAP = re.compile(r"__(.+?)__", re.DOTALL)
_SAID = ("when_right", "when_wrong", "explanation")

Pieces = tuple[str | tuple[str, ...], ...]


def read_question(
    form: QuestionForm, question_id: str, languages: tuple[str, ...], before: AnyQuestion | None
) -> AnyQuestion:
    """The question that a form describes; texts of `before` in other languages stay."""
    old = before if before is not None and before.kind == form.kind else None
    reading = _Reading(form, languages)
    common: dict[str, Any] = {
        "id": question_id,
        "text": reading.texts("text", old.text if old else {}, text_in),
        "picture": reading.picture("picture"),
        "sound": reading.picture("sound"),
        **{name: reading.texts(name, getattr(old, name) if old else {}, text_in) for name in _SAID},
    }
    match form.kind:
        case "choice":
            choices = reading.choices(old if isinstance(old, ChoiceQuestion) else None)
            several = form.get("several") == "1" or sum(choice.right for choice in choices) > 1
            return ChoiceQuestion(**common, choices=choices, several=several)
        case "words":
            answers = dict(reading.answers(old.answers if isinstance(old, WordsQuestion) else {}))
            return WordsQuestion(**common, answers=answers, exact=form.get("exact") == "1")
        case "number":
            unit = reading.texts("unit", old.unit if isinstance(old, NumberQuestion) else {})
            number, within = read_number(form.get("number")) or 0, abs(read_number(form.get("within")) or 0)
            return NumberQuestion(**common, number=number, within=within, unit=unit)
        case "order":
            items = reading.items(old if isinstance(old, OrderQuestion) else None)
            return OrderQuestion(**common, items=items, shown=shuffled(question_id, form.rows))
        case "pairs":
            pairs = reading.pairs(old if isinstance(old, PairsQuestion) else None)
            return PairsQuestion(**common, pairs=pairs, shown=shuffled(question_id, form.rows))
        case _:
            pieces = dict(reading.gaps(old.pieces if isinstance(old, GapsQuestion) else {}))
            return GapsQuestion(**common, pieces=pieces, exact=form.get("exact") == "1")


def number_problems(form: QuestionForm, _: Say) -> Iterator[Problem]:
    """What is wrong with what was written where a number belongs: a question cannot hold it."""
    if form.kind != "number":
        return
    if read_number(form.get("number")) is None:
        yield "number", _("Write the number that is right, such as 12 or 0.5.")
    if form.get("within").strip() and read_number(form.get("within")) is None:
        yield "within", _("Write a number such as 2 or 0.5, or leave this empty.")


def form_of(question: AnyQuestion) -> QuestionForm:
    """The form as it stands filled in with a question."""
    return QuestionForm(question.kind, _rows(question), {**dict(_common_values(question)), **dict(_values(question))})


def _rows(question: AnyQuestion) -> tuple[str, ...]:
    match question:
        case ChoiceQuestion():
            return tuple(choice.id for choice in question.choices)
        case OrderQuestion():
            return tuple(item.id for item in question.items)
        case PairsQuestion():
            return tuple(pair.id for pair in question.pairs)
        case _:
            return ()


def _values(question: AnyQuestion) -> Iterator[tuple[str, str]]:
    """Those that questions of this kind alone have."""
    match question:
        case ChoiceQuestion():
            yield from _choice_values(question)
        case WordsQuestion():
            yield from ((f"answers.{code}", "\n".join(answers)) for code, answers in question.answers.items())
            yield "exact", _yes(question.exact)
        case NumberQuestion():
            yield from _number_values(question)
        case OrderQuestion():
            yield from (pair for item in question.items for pair in _by_language(f"{item.id}.text", item.text))
        case PairsQuestion():
            yield from _pair_values(question)
        case GapsQuestion():
            yield from ((f"gaps.{code}", gaps_text(pieces)) for code, pieces in question.pieces.items())
            yield "exact", _yes(question.exact)


def read_number(written: str) -> float | None:
    """A number in the digits of any script, with a point or a comma; None for what is none."""
    text = plain(written).strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def number_text(number: float) -> str:
    return str(int(number)) if number == int(number) else repr(number)


def read_gaps(text: str) -> Pieces:
    """`Boil for __one|1__ minute.` gives a text, the words that are right in the gap, and a text."""
    parts = _GAP.split(text)
    pieces = (_alternatives(part) if place % 2 else part for place, part in enumerate(parts))
    return tuple(piece for piece in pieces if piece)


def gaps_text(pieces: Pieces) -> str:
    return "".join(piece if isinstance(piece, str) else f"__{'|'.join(piece)}__" for piece in pieces)


def _alternatives(part: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in part.split("|"))[:MOST_ANSWERS]


class _Reading:
    """The fields of one form."""

    def __init__(self, form: QuestionForm, languages: tuple[str, ...]) -> None:
        self._form, self._languages = form, languages

    def texts(self, name: str, before: Texts, read: Callable[[Given, str], str] = line_in) -> Texts:
        return kept(before, texts_in(self._form, name, self._languages, read), self._languages)

    def picture(self, name: str) -> str:
        """The address of a file that can be shown; whatever else stands there is nothing."""
        return file_at(line_in(self._form, name))

    def choices(self, old: ChoiceQuestion | None) -> tuple[Choice, ...]:
        before = {choice.id: choice for choice in old.choices} if old else {}
        return tuple(self._choice(row, before.get(row)) for row in self._form.rows)

    def _choice(self, row: str, before: Choice | None) -> Choice:
        return Choice(
            id=row,
            text=self.texts(f"{row}.text", before.text if before else {}),
            right=self._form.get(f"{row}.right") == "1",
            feedback=self.texts(f"{row}.feedback", before.feedback if before else {}),
            picture=self.picture(f"{row}.picture"),
        )

    def items(self, old: OrderQuestion | None) -> tuple[Item, ...]:
        before = {item.id: item.text for item in old.items} if old else {}
        return tuple(Item(id=row, text=self.texts(f"{row}.text", before.get(row, {}))) for row in self._form.rows)

    def pairs(self, old: PairsQuestion | None) -> tuple[Pair, ...]:
        before = {pair.id: pair for pair in old.pairs} if old else {}
        return tuple(self._pair(row, before.get(row)) for row in self._form.rows)

    def _pair(self, row: str, before: Pair | None) -> Pair:
        left = self.texts(f"{row}.left", before.left if before else {})
        return Pair(id=row, left=left, right=self.texts(f"{row}.right", before.right if before else {}))

    def answers(self, before: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
        yield from ((code, words) for code, words in before.items() if code not in self._languages)
        for code in self._languages:
            lines = (" ".join(line.split()) for line in text_in(self._form, f"answers.{code}").split("\n"))
            words = tuple(dict.fromkeys(filter(None, lines)))[:MOST_ANSWERS]
            if words:
                yield code, words

    def gaps(self, before: Mapping[str, Pieces]) -> Iterator[tuple[str, Pieces]]:
        yield from ((code, pieces) for code, pieces in before.items() if code not in self._languages)
        for code in self._languages:
            text = text_in(self._form, f"gaps.{code}")
            if text:
                yield code, read_gaps(text)


def _common_values(question: AnyQuestion) -> Iterator[tuple[str, str]]:
    for name in ("text", *_SAID):
        yield from _by_language(name, getattr(question, name))
    yield "picture", question.picture
    yield "sound", question.sound


def _choice_values(question: ChoiceQuestion) -> Iterator[tuple[str, str]]:
    yield "several", _yes(question.several)
    for choice in question.choices:
        yield from _by_language(f"{choice.id}.text", choice.text)
        yield from _by_language(f"{choice.id}.feedback", choice.feedback)
        yield f"{choice.id}.right", _yes(choice.right)
        yield f"{choice.id}.picture", choice.picture


def _number_values(question: NumberQuestion) -> Iterator[tuple[str, str]]:
    yield "number", number_text(question.number)
    yield "within", number_text(question.within) if question.within else ""
    yield from _by_language("unit", question.unit)


def _pair_values(question: PairsQuestion) -> Iterator[tuple[str, str]]:
    for pair in question.pairs:
        yield from _by_language(f"{pair.id}.left", pair.left)
        yield from _by_language(f"{pair.id}.right", pair.right)


def _by_language(name: str, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((f"{name}.{code}", text) for code, text in texts.items())


def _yes(is_so: bool) -> str:
    return "1" if is_so else ""
