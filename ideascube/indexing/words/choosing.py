"""Which of the words that were counted are listed, and in which written forms. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from itertools import groupby
from operator import attrgetter

from content_packs.text.folding import as_libzim_folds

WORD_LIMIT = 150_000  # of one pack
TITLE_WEIGHT = 10  # pages that one title counts as

_FORMS = 8  # of one key: “l’eau”, “d’eau”, “qu’eau” …
_LONGEST = 40  # letters; what is longer is no word that a person types
_HEXADECIMAL = re.compile(r"(?=.*\d)[0-9a-f]{8,}")
_CHANGES = re.compile(r"\d+|\D+")
_CHANGES_LIMIT = 3  # runs of digits and of letters in one word: “h2o” has as many, base64 more
_REPEATED = re.compile(r"(.)\1{3}")


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A folded word in one written form; in about how many pages, and in how many titles, it is."""

    key: str
    form: str
    pages: int
    titles: int

    @property
    def weight(self) -> int:
        """What the word counts when others compete with it."""
        return self.pages + TITLE_WEIGHT * self.titles


Count = tuple[str, str, int]


def chosen_words(
    pages: Iterable[Count], titles: Iterable[Count], share: float, limit: int = WORD_LIMIT
) -> list[ListedWord]:
    """The weightiest words. `pages` were counted in this `share` of all pages, 0 to 1, `titles` in all of them."""
    # What was seen once in a sample is not taken for frequent: the words are chosen by what was really counted.
    words = nlargest(limit, _listed(pages, titles), key=attrgetter("weight"))
    scaled = (ListedWord(word.key, word.form, round(word.pages / share), word.titles) for word in words)
    return sorted(scaled, key=attrgetter("key", "form"))


def _listed(pages: Iterable[Count], titles: Iterable[Count]) -> Iterator[ListedWord]:
    counted = sorted(_joined(pages, titles), key=attrgetter("key"))
    for key, written in groupby(counted, key=attrgetter("key")):
        if is_word(key):
            yield from nlargest(_FORMS, _told_apart(list(written)), key=attrgetter("weight"))


def _joined(pages: Iterable[Count], titles: Iterable[Count]) -> Iterator[ListedWord]:
    in_titles = {(key, form): count for key, form, count in titles}
    for key, form, count in pages:
        yield ListedWord(key, form, count, in_titles.pop((key, form), 0))
    for (key, form), count in in_titles.items():
        yield ListedWord(key, form, 0, count)


def _told_apart(written: list[ListedWord]) -> Iterator[ListedWord]:
    """One word for all forms that are one to libzim, written as it is most often."""
    if len(written) == 1:
        yield written[0]
        return
    alike: dict[str, list[ListedWord]] = {}
    for word in sorted(written, key=lambda word: -word.weight):
        alike.setdefault(as_libzim_folds(word.form), []).append(word)
    for first, *others in alike.values():
        pages = first.pages + sum(other.pages for other in others)
        yield ListedWord(first.key, first.form, pages, first.titles + sum(other.titles for other in others))


def is_word(key: str) -> bool:
    """Whether a person might type it: no number, no hexadecimal, no base64, no row of one letter."""
    if len(key) > _LONGEST or not any(map(str.isalpha, key)):
        return False
    if _HEXADECIMAL.fullmatch(key) or _REPEATED.search(key):
        return False
    return key.isalpha() or len(_CHANGES.findall(key)) <= _CHANGES_LIMIT
