"""Two people changed one creation: what the second one has to choose between, and what comes of the choices. Pure.

What can be put together by itself is: `creations.merging`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from ideascube.creations.body import Block
from ideascube.creations.body_html import to_html
from ideascube.creations.cleaning import read_body
from ideascube.creations.merging import Part, merge, parts
from ideascube.creations.model import Consent, Fields, Words

Choice = Literal["mine", "theirs", "both"]


@dataclass(frozen=True, slots=True)
class Question:
    """`name`: of the form's field; `what`: as `creations.merging` names it, or `body`. `mine` and `theirs`: HTML of the
    body, else plain words. `both`: whether both can be kept, one after the other.
    """

    name: str
    what: str
    mine: str
    theirs: str
    both: bool


def questions(base: Fields, mine: Fields, theirs: Fields) -> list[Question]:
    """What a person has to decide; empty where nothing is left."""
    return [*_questions(base, mine, theirs)]


def _questions(base: Fields, mine: Fields, theirs: Fields) -> Iterator[Question]:
    for name in merge(base, mine, theirs).both:
        if name != "body":
            yield Question(f"choose-{name}", name, said(mine, name), said(theirs, name), both=False)
            continue
        for number, part in enumerate(_parts(base, mine, theirs)):
            if part.agreed is None:
                yield Question(f"choose-body-{number}", "body", to_html(part.mine), to_html(part.theirs), both=True)


def decided(base: Fields, mine: Fields, theirs: Fields, choice: Callable[[str], str]) -> Fields:
    """Everything put together. `choice` gives what was chosen for a question's name; for none it is both, or mine."""
    merged = merge(base, mine, theirs)
    changed: dict[str, Any] = {}
    texts = dict(merged.fields.texts)
    for name in merged.both:
        if name == "body":
            changed["body"] = _body(_parts(base, mine, theirs), choice)
        elif choice(f"choose-{name}") == "theirs":
            _take(name, theirs, changed, texts)
    return msgspec.structs.replace(merged.fields, **changed, texts=texts)


def _take(name: str, theirs: Fields, changed: dict[str, Any], texts: dict[str, Words]) -> None:
    part, _, language = name.partition(".")
    if not language:
        changed[name] = getattr(theirs, name)
        return
    words = texts.get(language, Words(""))
    texts[language] = msgspec.structs.replace(words, **{part: said(theirs, name)})


def _body(found: list[Part], choice: Callable[[str], str]) -> str:
    blocks: list[Block] = []
    for number, part in enumerate(found):
        if part.agreed is not None:
            blocks += part.agreed
            continue
        chosen = choice(f"choose-body-{number}")
        blocks += () if chosen == "mine" else part.theirs
        blocks += () if chosen == "theirs" else part.mine
    return to_html(blocks)


def _parts(base: Fields, mine: Fields, theirs: Fields) -> list[Part]:
    return [*parts(read_body(base.body), read_body(mine.body), read_body(theirs.body))]


def said(fields: Fields, name: str) -> str:
    """What a field of `creations.merging` says, as plain words."""
    part, _, language = name.partition(".")
    if language:
        return str(getattr(fields.texts.get(language, Words("")), part))
    value = getattr(fields, name)
    return f"{value.answer} {value.note}".strip() if isinstance(value, Consent) else str(value)


def field_words(gettext: Callable[[str], str]) -> Mapping[str, str]:
    """What the fields are called on the page, by the beginning of their names."""
    _ = gettext
    return {
        "title": _("Title"),
        "summary": _("In short"),
        "body": _("Text"),
        "kind": _("What it is"),
        "language": _("Language"),
        "licence": _("What others may do with it"),
        "source": _("Where it comes from"),
        "author": _("Name of the author"),
        "consent": _("Who is seen or heard in it?"),
        "audience": _("Who may see it"),
        "ends": _("Last day"),
        "tags": _("Subjects"),
        "media": _("Files"),
    }
