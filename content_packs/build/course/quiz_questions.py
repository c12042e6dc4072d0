"""The questions of a quiz's file, one reader for each kind."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from content_packs.build.yaml_fields import Fields
from content_packs.build.yaml_value import Value
from content_packs.courses.folding import fold
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
from content_packs.pack_id import is_build_id

_GAP = re.compile(r"__(.+?)__", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]{1,15}([.,][0-9]{1,15})?")


@dataclass(slots=True)
class QuizFile:
    """What is read: the file's path, the quiz's id and languages, and the files of the pack that it may show."""

    path: str
    id: str
    languages: tuple[str, ...]
    files: Container[str]
    shown: set[str] = field(default_factory=set)

    def texts(self, fields: Fields, name: str, *, required: bool = False) -> Texts:
        value = fields.value(name, required=required)
        return value.texts(self.languages) if value else {}

    def shows(self, fields: Fields, name: str) -> str:
        """The path in the pack of a file that is named relative to the quiz, or an empty one."""
        written = fields.text(name)
        if not written:
            return ""
        joined = posixpath.join(posixpath.dirname(self.path), unicodedata.normalize("NFC", written))
        path = posixpath.normpath(joined)
        if path not in self.files:
            raise fields.wrong(name, f"names {written}, and there is no {path}: correct the name or add the file.")
        self.shown.add(path)
        return path

    def shuffled(self, question: str, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids in an order that is not the right one, the same at every build."""
        right = list(ids)
        mixed = sorted(right, key=lambda one: hashlib.sha256(f"{self.id}/{question}/{one}".encode()).digest())
        return tuple(mixed if mixed != right else [*mixed[1:], mixed[0]])


def read_question(fields: Fields, file: QuizFile, id_: str) -> AnyQuestion:
    """The question, called `id_` if it does not say. Raises BadInput with the line and field."""
    kinds = [kind for kind in KINDS if kind in fields]
    if len(kinds) != 1:
        found = f"{' and '.join(kinds)} at once" if kinds else "no answer"
        fields.text("question", required=True)
        raise fields.wrong("question", f"has {found}: give it one of {', '.join(KINDS)}.")
    common = _common(fields, file, id_, has_text="gaps" not in fields)
    return KINDS[kinds[0]](fields, file, common)


def _common(fields: Fields, file: QuizFile, id_: str, *, has_text: bool) -> dict[str, Any]:
    given = fields.text("id")
    if given and not is_build_id(given):
        raise fields.wrong("id", "may hold small letters a to z, digits, “-”, “_” and “.”.")
    return {
        "id": given or id_,
        "text": file.texts(fields, "question", required=has_text),
        "picture": file.shows(fields, "picture"),
        "sound": file.shows(fields, "sound"),
        "when_right": file.texts(fields, "when_right"),
        "when_wrong": file.texts(fields, "when_wrong"),
        "explanation": file.texts(fields, "explanation"),
    }


def _choices(fields: Fields, file: QuizFile, common: Mapping[str, Any]) -> ChoiceQuestion:
    choices = [_choice(each, file, str(n)) for n, each in enumerate(fields.mappings("choices"), start=1)]
    right = sum(choice.right for choice in choices)
    if len(choices) < 2 or not right:
        raise fields.wrong("choices", "needs two choices or more, of which at least one is “right: …”.")
    return ChoiceQuestion(**common, choices=tuple(choices), several=_yes(fields, "several") or right > 1)


def _choice(fields: Fields, file: QuizFile, id_: str) -> Choice:
    if ("right" in fields) == ("wrong" in fields):
        first = next(iter(fields), "choices")
        raise fields.wrong(first, "stands in a choice that must be either “right: …” or “wrong: …”.")
    is_right = "right" in fields
    choice = Choice(
        id=id_,
        text=file.texts(fields, "right" if is_right else "wrong", required=True),
        right=is_right,
        feedback=file.texts(fields, "feedback"),
        picture=file.shows(fields, "picture"),
    )
    fields.finish()
    return choice


def _words(fields: Fields, file: QuizFile, common: Mapping[str, Any]) -> WordsQuestion:
    value = fields.value("answer", required=True)
    assert value is not None
    exact = _yes(fields, "exact")
    answers = {code: _alternatives(found, exact) for code, found in value.by_language(file.languages).items()}
    return WordsQuestion(**common, answers=answers, exact=exact)


def _alternatives(value: Value, exact: bool) -> tuple[str, ...]:
    texts = tuple(one.text() for one in (value.list() if value.is_list else [value]))
    if not texts:
        raise value.wrong("is an empty list here: write what is right.")
    _refuse_unwritable(value, texts, exact)
    return texts


def _refuse_unwritable(value: Value, texts: Iterable[str], exact: bool) -> None:
    for text in texts:
        if not exact and not fold(text):
            raise value.wrong(f"has “{text}”, of which only letters and digits count: add some, or “exact: yes”.")


def _number(fields: Fields, file: QuizFile, common: Mapping[str, Any]) -> NumberQuestion:
    number, within = _decimal(fields, "number"), _decimal(fields, "within")
    if within < 0:
        raise fields.wrong("within", "must not be less than nothing: write how far off an answer may be.")
    return NumberQuestion(**common, number=number, within=within, unit=file.texts(fields, "unit"))


def _decimal(fields: Fields, name: str) -> float:
    text = fields.text(name)
    if text and not _NUMBER.fullmatch(text):
        raise fields.wrong(name, f"must be a number such as 12 or 0.5, not “{text}”.")
    return float(text.replace(",", ".") or 0)


def _order(fields: Fields, file: QuizFile, common: Mapping[str, Any]) -> OrderQuestion:
    parts = _parts(fields, "order", 2)
    items = tuple(Item(id=str(n), text=part.texts(file.languages)) for n, part in enumerate(parts, start=1))
    _refuse_twins(fields, "order", [item.text for item in items])
    return OrderQuestion(**common, items=items, shown=file.shuffled(common["id"], [item.id for item in items]))


def _pairs(fields: Fields, file: QuizFile, common: Mapping[str, Any]) -> PairsQuestion:
    pairs = tuple(_pair(part, file, str(n)) for n, part in enumerate(_parts(fields, "pairs", 2), start=1))
    _refuse_twins(fields, "pairs", [pair.left for pair in pairs])
    _refuse_twins(fields, "pairs", [pair.right for pair in pairs])
    return PairsQuestion(**common, pairs=pairs, shown=file.shuffled(common["id"], [pair.id for pair in pairs]))


def _pair(value: Value, file: QuizFile, id_: str) -> Pair:
    sides = value.list()
    if len(sides) != 2:
        raise value.wrong("must hold two texts in each entry: write - [one, its partner].")
    return Pair(id=id_, left=sides[0].texts(file.languages), right=sides[1].texts(file.languages))


def _gaps(fields: Fields, file: QuizFile, common: Mapping[str, Any]) -> GapsQuestion:
    value = fields.value("gaps", required=True)
    assert value is not None
    exact = _yes(fields, "exact")
    pieces = {code: _pieces(found, exact) for code, found in value.by_language(file.languages).items()}
    return GapsQuestion(**common, pieces=pieces, exact=exact)


def _pieces(value: Value, exact: bool) -> tuple[str | tuple[str, ...], ...]:
    """`Boil it for __one|1__ minute.` gives a text, the words that are right in the gap, and a text."""
    parts = _GAP.split(value.text())
    if len(parts) == 1 or "__" in "".join(parts):
        raise value.wrong("needs words to fill in, each between two signs: write __one__ or __one|1__.")
    pieces = [tuple(map(str.strip, part.split("|"))) if n % 2 else part for n, part in enumerate(parts)]
    for piece in pieces:
        if not isinstance(piece, str):
            _refuse_unwritable(value, piece, exact)
    return tuple(piece for piece in pieces if piece)


def _parts(fields: Fields, name: str, least: int) -> list[Value]:
    value = fields.value(name, required=True)
    assert value is not None
    parts = value.list()
    if len(parts) < least:
        raise value.wrong(f"needs at least {least} entries: add some.")
    return parts


def _refuse_twins(fields: Fields, name: str, texts: list[Texts]) -> None:
    for language in texts[0]:
        seen: set[str] = set()
        for text in texts:
            if text[language] in seen:
                raise fields.wrong(name, f"has “{text[language]}” twice, so that nobody can tell which is meant.")
            seen.add(text[language])


def _yes(fields: Fields, name: str) -> bool:
    text = fields.text(name).lower()
    if text not in {"", "yes", "no", "true", "false"}:
        raise fields.wrong(name, f"must be yes or no, not “{text}”.")
    return text in {"yes", "true"}


# The field that holds the answer says what kind of question it is.
KINDS: dict[str, Callable[[Fields, QuizFile, Mapping[str, Any]], AnyQuestion]] = {
    "choices": _choices,
    "answer": _words,
    "number": _number,
    "order": _order,
    "pairs": _pairs,
    "gaps": _gaps,
}
