"""Counting the words of a pack in bounded memory, however many different ones it has. Pure.

As in lossy counting, what is rare so far makes room for what comes: a word that is frequent anywhere in the pack is
kept, one that occurs here and there may be lost.
Source: Manku, Motwani, “Approximate frequency counts over data streams”, VLDB 2002; without their bound of the error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from content_packs.text import Word

# So many words, of titles and of texts, are counted before rare ones make room; some 170 bytes each.
LIMIT = 200_000

_KEPT = 0.75  # of the limit, when room is made
_BETWEEN = "\0"  # in no word


class WordCounts:
    """In how many texts each word, in each of its written forms, has been; of at most `limit` words.

    Those whose key is not `worth` it are the first to make room.
    """

    def __init__(self, worth: Callable[[str], bool], limit: int = LIMIT) -> None:
        self._worth = worth
        self._limit = limit
        # One string for a word's key and form takes half the memory that two in a tuple do.
        self._counts: dict[str, int] = {}

    def add(self, words: Iterable[Word]) -> None:
        """The words of one more text."""
        counts = self._counts
        for word in {key if key == form else f"{key}{_BETWEEN}{form}" for key, form in words}:
            counts[word] = counts.get(word, 0) + 1
        if len(counts) > self._limit:
            self._make_room()

    def __len__(self) -> int:
        return len(self._counts)

    def __iter__(self) -> Iterator[tuple[str, str, int]]:
        """Key, written form, and number of texts."""
        for word, count in self._counts.items():
            key, _, form = word.partition(_BETWEEN)
            yield key, form or key, count

    def _make_room(self) -> None:
        """Drop what is not worth it, then the rarest, and of those as rare as each other the last that came."""
        room = int(self._limit * _KEPT)
        self._counts = {word: count for word, count in self._counts.items() if self._worth(word.partition(_BETWEEN)[0])}
        if len(self._counts) <= room:
            return
        least, spare = _threshold(Counter(self._counts.values()), room)
        kept = {}
        for word, count in self._counts.items():
            if count == least:
                spare -= 1
            if count > least or (count == least and spare >= 0):
                kept[word] = count
        self._counts = kept


def _threshold(how_many: Counter[int], room: int) -> tuple[int, int]:
    """The count below which nothing is kept, and how many with just this count are."""
    for count in sorted(how_many, reverse=True):
        if how_many[count] >= room:
            return count, room
        room -= how_many[count]
    return 0, 0
