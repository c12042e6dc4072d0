"""Which words are near another one: one slip of the finger away, or two. Pure.

A slip leaves a letter out, adds one, takes another, or swaps two neighbours (Damerau); no letter slips twice. Words
that are one slip away can be made and looked up, which takes neither an index nor memory; for two slips all words that
begin alike are compared.
Why: docs/decisions/0020-near-words.md
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from content_packs.text import has_no_spaces

SHORTEST = 3  # letters; of shorter words every one is near
_LONG = 6  # letters of a word that may have two slips
LONGEST = 40  # letters; longer words are listed nowhere
_LITTLE = 2  # letters
_MADE_LIMIT = 40_000  # words that are made; Ethiopic has some 350 letters, Korean 2,000 syllables

Alphabets = Mapping[str, Collection[str]]


def reach(key: str) -> int:
    """How many slips a word may be away from the folded word `key`; 0 where nearness means nothing."""
    if not SHORTEST <= len(key) <= LONGEST or has_no_spaces(key) or not any(map(str.isalpha, key)):
        return 0
    return 1 if len(key) < _LONG else 2


def alphabets(letters: Iterable[str]) -> Alphabets:
    """The letters of words, by the script that they belong to."""
    by_script: dict[str, set[str]] = defaultdict(set)
    for letter in letters:
        by_script[script_of(letter)].add(letter)
    return by_script


@cache
def script_of(letter: str) -> str:
    """The first word of the letter's name in Unicode: LATIN, ARABIC, ETHIOPIC, DIGIT."""
    return unicodedata.name(letter, "").partition(" ")[0]


def one_slip_away(key: str, known: Alphabets) -> set[str]:
    """What one slip may make of `key`, with the letters of its own scripts; in Latin some 60 a letter."""
    letters = set().union(*(known.get(script, ()) for script in {script_of(letter) for letter in key}))
    if len(letters) * (2 * len(key) + 1) > _MADE_LIMIT:
        letters = set()
    near = set()
    for place in range(len(key) + 1):
        before, after = key[:place], key[place:]
        near.add(before + after[1:])
        near.add(before + after[1:2] + after[:1] + after[2:])
        near.update(before + letter + after for letter in letters)
        near.update(before + letter + after[1:] for letter in letters if after)
    return near - {key, ""}


def two_slips_away(key: str, among: Iterable[str]) -> dict[str, int]:
    """Those of the words `among` that are one or two slips away, and how far."""
    found = process.extract(key, list(among), scorer=OSA.distance, score_cutoff=2, limit=None)
    return {word: int(distance) for word, distance, _ in found if distance}


def beginnings(key: str) -> set[str]:
    """What a word begins with that may be two slips away: it has the first letter of `key`, or its second."""
    return {key[0], key[1]}


def divisions(key: str, weights: Mapping[str, int]) -> list[tuple[str, ...]]:
    """The ways to take `key` apart into two or three of the words with `weights`, the likeliest first.

    How likely: as if words followed one another by chance, each as often as it weighs.
    """
    total = sum(weights.values())
    found = [parts for parts in _cuts(key) if all(map(weights.__contains__, parts)) and _has_words(parts, weights)]
    return sorted(found, key=lambda parts: -sum(log(weights[part] / total) for part in parts))


def _has_words(parts: tuple[str, ...], weights: Mapping[str, int]) -> bool:
    """Whether a part of two letters is a little word, such as “de”, more frequent than the longer ones beside it.

    Any two letters are somewhere an abbreviation, so that any word could be taken apart. For the same reason
    there is one such part at most: “hôpital” is not “hop it al”.
    """
    longer = [weights[part] for part in parts if len(part) > _LITTLE]
    return len(longer) >= len(parts) - 1 and all(len(part) > _LITTLE or weights[part] >= max(longer) for part in parts)


def _cuts(key: str) -> Iterator[tuple[str, ...]]:
    for first in range(2, len(key) - 1):
        yield key[:first], key[first:]
        yield from ((key[:first], key[first:second], key[second:]) for second in range(first + 2, len(key) - 1))
