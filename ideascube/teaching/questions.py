"""What a question needs before somebody can answer it, in one language; and in which order its parts are shown. Pure.

The rules are those of quizzes in packs (docs/formats/course.md), so that a course made here can go into one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from content_packs.courses.folding import fold
from content_packs.courses.model import (
    AnyQuestion,
    ChoiceQuestion,
    GapsQuestion,
    NumberQuestion,
    OrderQuestion,
    PairsQuestion,
    WordsQuestion,
)

Say = Callable[[str], str]
"""The catalogue of the interface's language."""

Problem = tuple[str, str]
"""The field of the form, without its language, and one sentence on what is wrong."""


def is_complete(question: AnyQuestion, language: str) -> bool:
    """Whether the question can be asked and marked in that language."""
    return next(problems(question, language, str), None) is None


def problems(question: AnyQuestion, language: str, _: Say) -> Iterator[Problem]:
    """What is wrong or missing in a question in that language."""
    if not isinstance(question, GapsQuestion) and not question.text.get(language):
        yield "text", _("Write the question.")
    match question:
        case ChoiceQuestion():
            yield from _choices(question, language, _)
        case WordsQuestion():
            yield from _words(question, language, _)
        case NumberQuestion():
            pass
        case OrderQuestion():
            yield from _order(question, language, _)
        case PairsQuestion():
            yield from _pairs(question, language, _)
        case GapsQuestion():
            yield from _gaps(question, language, _)


def shuffled(question_id: str, ids: Iterable[str]) -> tuple[str, ...]:
    """The ids in an order that is not the right one, always the same for one question."""
    right = list(ids)
    mixed = sorted(right, key=lambda one: hashlib.sha256(f"{question_id}/{one}".encode()).digest())
    return tuple(mixed if mixed != right or len(right) < 2 else [*mixed[1:], mixed[0]])


def _choices(question: ChoiceQuestion, language: str, _: Say) -> Iterator[Problem]:
    if len(question.choices) < 2:
        yield "choices", _("Write at least two answers to choose from.")
    if not any(choice.right for choice in question.choices):
        yield "choices", _("Mark at least one answer as right.")
    for choice in question.choices:
        if not choice.text.get(language):
            yield f"{choice.id}.text", _("Write this answer, or remove it.")


def _words(question: WordsQuestion, language: str, _: Say) -> Iterator[Problem]:
    answers = question.answers.get(language, ())
    if not answers:
        yield "answers", _("Write at least one answer that is right.")
    yield from _unwritable("answers", answers, question.exact, _)


def _order(question: OrderQuestion, language: str, _: Say) -> Iterator[Problem]:
    texts = [item.text.get(language, "") for item in question.items]
    if len(texts) < 2:
        yield "items", _("Write at least two things to put in order.")
    for item in question.items:
        if not item.text.get(language):
            yield f"{item.id}.text", _("Write this, or remove it.")
    yield from _twins("items", texts, _)


def _pairs(question: PairsQuestion, language: str, _: Say) -> Iterator[Problem]:
    if len(question.pairs) < 2:
        yield "pairs", _("Write at least two pairs.")
    for pair in question.pairs:
        if not pair.left.get(language):
            yield f"{pair.id}.left", _("Write both sides of the pair, or remove it.")
        if not pair.right.get(language):
            yield f"{pair.id}.right", _("Write both sides of the pair, or remove it.")
    for side in (
        [pair.left.get(language, "") for pair in question.pairs],
        [pair.right.get(language, "") for pair in question.pairs],
    ):
        yield from _twins("pairs", side, _)


def _gaps(question: GapsQuestion, language: str, _: Say) -> Iterator[Problem]:
    gaps = question.gaps(language)
    texts = (piece for piece in question.pieces.get(language, ()) if isinstance(piece, str))
    if not gaps or any("__" in text for text in texts):
        yield "gaps", _("Write a text, and put __two lines__ on each side of what is to be filled in.")
    for gap in gaps:
        yield from _unwritable("gaps", gap, question.exact, _)


def _unwritable(field: str, texts: Iterable[str], is_exact: bool, _: Say) -> Iterator[Problem]:
    """What nobody could write: of an answer only letters and digits count, unless each letter does."""
    for text in texts:
        if not (text.strip() if is_exact else fold(text)):
            yield field, _("Write a letter or a number in each answer: nothing else counts.")


def _twins(field: str, texts: Sequence[str], _: Say) -> Iterator[Problem]:
    written = [text for text in texts if text]
    if len(set(written)) < len(written):
        yield field, _("Two of these are the same: nobody could tell which is meant.")
