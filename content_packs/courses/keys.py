"""What the script on a quiz's page needs to mark a question in one language; `quiz.js` reads it.

Words are folded here already, so that the script has to fold only what a person writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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


def key_of(question: AnyQuestion, language: str) -> dict[str, Any]:
    """The key of a question: its kind, what is right, and what to say to whom."""
    said = {
        "whenRight": question.when_right.get(language, ""),
        "whenWrong": question.when_wrong.get(language, ""),
    }
    return {name: text for name, text in said.items() if text} | _answer(question, language)


def _answer(question: AnyQuestion, language: str) -> dict[str, Any]:
    match question:
        case ChoiceQuestion():
            feedback = {one.id: one.feedback[language] for one in question.choices if language in one.feedback}
            right = [choice.id for choice in question.choices if choice.right]
            return {"kind": "choice", "right": right} | ({"feedback": feedback} if feedback else {})
        case WordsQuestion():
            accepted = _folded(question.answers.get(language, ()), question.exact)
            return {"kind": "words", "accepted": [accepted], "exact": question.exact}
        case NumberQuestion():
            unit = fold(question.unit.get(language, ""))
            return {"kind": "number", "number": question.number, "within": question.within, "unit": unit}
        case OrderQuestion():
            return {"kind": "order", "right": [item.id for item in question.items]}
        case PairsQuestion():
            return {"kind": "pairs", "right": [pair.id for pair in question.pairs]}
        case GapsQuestion():
            accepted_each = [_folded(gap, question.exact) for gap in question.gaps(language)]
            return {"kind": "gaps", "accepted": accepted_each, "exact": question.exact}


def _folded(texts: Iterable[str], is_exact: bool) -> list[str]:
    return list(dict.fromkeys(map(exact if is_exact else fold, texts)))
