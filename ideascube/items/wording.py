"""Which of an item's texts and languages suit a visitor. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from content_packs.languages import base_language


class Worded(NamedTuple):
    """A text and its language (BCP 47), which is empty where nobody knows it."""

    text: str
    language: str


def in_language(texts: Mapping[str, str], liked: Iterable[str]) -> Worded:
    """The text in the language that is liked best, else the first one there is; empty where there is none."""
    language = best_of(texts, liked) or next(iter(texts), "")
    return Worded(texts.get(language, ""), language)


def best_of(languages: Collection[str], liked: Iterable[str]) -> str:
    """The language that is liked best, be it spoken elsewhere or written otherwise (`pt-BR` for `pt`); or empty."""
    by_name = {code.lower(): code for code in reversed(tuple(languages))}
    by_base = {base_language(code): code for code in reversed(tuple(languages))}
    for each in liked:
        found = by_name.get(each.lower()) or by_base.get(base_language(each))
        if found:
            return found
    return ""
