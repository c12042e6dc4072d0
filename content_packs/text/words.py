"""The words of a text: as they stand there, and folded as they are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from content_packs.text.folding import fold
from content_packs.text.scripts import RUNS, has_no_spaces, pairs

LONGEST = 60  # characters; longer words are in no index
_KNOWN = 50_000  # words whose forms are remembered

_APOSTROPHE = "'’ʼʻ‘"
_WORD = regex.compile(
    rf"[\p{{L}}\p{{M}}\p{{N}}\u0640][\p{{L}}\p{{M}}\p{{N}}\u0640\u00ad\u200c\u200d]*"
    rf"(?:[{_APOSTROPHE}][\p{{L}}\p{{M}}\p{{N}}][\p{{L}}\p{{M}}\p{{N}}\u00ad\u200c\u200d]*)*"
)
_AT_APOSTROPHE = regex.compile(rf"[{_APOSTROPHE}]")
# Little words that French, Italian and Catalan write as part of the next one. In Swahili, Hausa, Uzbek and others an
# apostrophe is part of a letter, so only these are cut off.
_ELIDED = frozenset(
    "l d j m t s n c qu jusqu lorsqu puisqu quoiqu entr presqu quelqu dell nell sull dall all coll un gl quest".split()  # noqa: SIM905
)


class Word(NamedTuple):
    """`key`: folded; `written`: as it stands there, composed and in small letters, as libzim's indexes take it."""

    key: str
    written: str


class Token(NamedTuple):
    """A run of letters as it stands in a text, and the words in it: “l'eau” holds two, a run without spaces many."""

    written: str
    words: tuple[Word, ...]


def tokens_in(text: str) -> Iterator[Token]:
    """The runs of letters and digits of a text in their order, each with at least one word."""
    for match in _WORD.finditer(unicodedata.normalize("NFC", text).lower()):
        if words := _forms(match[0]):
            yield Token(match[0], words)


def words_in(text: str) -> Iterator[Word]:
    """The words of a text in their order.

    “L’eau” is `leau` and `eau`, both written “l'eau”. Runs without spaces are cut in pairs of letters.
    """
    for match in _WORD.finditer(unicodedata.normalize("NFC", text).lower()):
        yield from _forms(match[0])


def running_text(text: str) -> str:
    """A text in which phrases are looked for: its words, folded, each between two spaces, elisions taken apart.

    Letters of scripts without spaces stay together, since words begin and end anywhere in them.
    """
    parts = (_AT_APOSTROPHE.sub(" ", match[0]) for match in _WORD.finditer(unicodedata.normalize("NFC", text).lower()))
    return f" {fold(' '.join(parts))} "


@lru_cache(_KNOWN)
def _forms(written: str) -> tuple[Word, ...]:
    if len(written) > LONGEST and not has_no_spaces(written):
        written = written[:LONGEST]
    if has_no_spaces(written):
        return tuple(word for run in RUNS.findall(written) for word in _cut(run))
    parts = _AT_APOSTROPHE.split(written)
    written = "'".join(parts)
    words = [Word(key, written)] if (key := _key(written)) else []
    if len(parts) > 1 and parts[0] in _ELIDED and (rest := _key("".join(parts[1:]))):
        words.append(Word(rest, written))
    return tuple(words)


def _cut(run: str) -> Iterator[Word]:
    if not has_no_spaces(run):
        yield from _forms(run)
        return
    for pair in pairs(run):
        if key := _key(pair):
            yield Word(key, pair)


def _key(written: str) -> str:
    return fold(written).replace("'", "").replace(" ", "")


def indexed_text(text: str, language: str = "") -> str:
    """The text's words, folded, for an index that is filled with them; a query to it goes the same way.

    `language`: BCP 47, for rules that are a language's own; there are none so far.
    """
    return " ".join(word.key for word in words_in(text))
