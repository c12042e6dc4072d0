"""Looking up the words that really occur in the library's packs, in the list that the jobs process makes.

Nothing here fails: a list that is absent, damaged or just being made anew says that no word is known. Which words are
near another one is in `near_words`. Format: docs/formats/index.md
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ideascube.search.near_words import (
    LONGEST,
    Alphabets,
    alphabets,
    beginnings,
    divisions,
    one_slip_away,
    reach,
    two_slips_away,
)
from ideascube.search.word_list import WordList

_NEAR_LIMIT = 100  # keys; the nearest and most frequent
_KEPT = 500  # answers of each kind, for the words of one query are looked up for each pack
_BEGINNINGS = 5000  # words looked through for the most frequent: two letters begin that many
_LAST = "\U0010ffff"

# The keys are sought one by one in each pack, never the list gone through: hence the order of the tables.
_WRITTEN = """
    SELECT packs.pack, words.key, form, pages, weight
    FROM packs CROSS JOIN json_each(?) CROSS JOIN words ON words.pack = packs.number AND words.key = value
    ORDER BY weight DESC
"""
_KNOWN = "SELECT keys.key, weight FROM json_each(?) CROSS JOIN keys ON keys.key = value"
_ALIKE = "SELECT key, weight FROM keys WHERE key >= ? AND key < ? AND length(key) BETWEEN ? AND ?"
_PACKS_BEGINNING = """
    SELECT packs.pack FROM packs
    WHERE EXISTS (SELECT 1 FROM words WHERE words.pack = packs.number AND words.key >= ? AND words.key < ?)
"""
# Beside max(), SQLite takes other columns from the row that has it: the form that is most frequent.
# Source: https://www.sqlite.org/lang_select.html#bareagg
_BEGINNING = """
    SELECT key, form, sum(pages), max(weight) FROM (
        SELECT key, form, pages, weight FROM words
        WHERE pack = (SELECT number FROM packs WHERE pack = ?) AND key >= ? AND key < ? LIMIT ?
    ) GROUP BY key ORDER BY sum(weight) DESC LIMIT ?
"""


class Written(NamedTuple):
    """A written form of the folded word `key`, as libzim's index of the pack takes it, and in how many pages it is."""

    form: str
    key: str
    pages: int


class Near(NamedTuple):
    """A word that is `distance` slips away from the one that was asked for, in its most frequent form.

    `pages`: in how many it is in any of its forms.
    """

    form: str
    key: str
    pages: int
    distance: int


class Candidate(NamedTuple):
    """A folded word somewhere in the library, near the one that was asked for."""

    distance: int
    weight: int
    key: str


class Vocabulary:
    """The words of the library whose list is the file `path`; follows it while it changes.

    For one thread, in the process that asks first. All keys are folded as `content_packs.text` does.
    """

    def __init__(self, path: Path) -> None:
        self._list = WordList(path, self._forget)
        self._written = lru_cache(_KEPT)(self._find_written)
        self._candidates = lru_cache(_KEPT)(self._find_candidates)
        self._near = lru_cache(_KEPT)(self._find_near)
        self._known_letters: Alphabets | None = None

    def refresh(self) -> bool:
        """Follow the list; True where it is another one now. Whoever only looks words up needs not call it."""
        return self._list.follow()

    def close(self) -> None:
        self._list.close()

    def _forget(self) -> None:
        """Called when the list is another one than before."""
        for kept in (self._written, self._candidates, self._near):
            kept.cache_clear()
        self._known_letters = None

    # Words as they are written

    def written(self, pack: str, key: str) -> list[Written]:
        """The forms in which the word `key` is in the pack, the most frequent first."""
        return self.written_by_pack([key]).get(pack, {}).get(key, [])

    def written_by_pack(self, keys: Iterable[str]) -> dict[str, dict[str, list[Written]]]:
        """For each pack that has any of the words `keys`, those it has and their forms, as `written` gives them."""
        self._list.follow()
        found: dict[str, dict[str, list[Written]]] = defaultdict(dict)
        for key in dict.fromkeys(keys):
            for pack, forms in self._written(key).items():
                found[pack][key] = forms
        return found

    def _find_written(self, key: str) -> dict[str, list[Written]]:
        found: dict[str, list[Written]] = defaultdict(list)
        for pack, _, form, pages, _ in self._rows([key]):
            found[pack].append(Written(form or key, key, pages))
        return found

    def _rows(self, keys: Sequence[str]) -> list[tuple[str, str, str, int, int]]:
        """Pack, key, form (empty where it is the key), pages and weight."""
        return self._list.ask(_WRITTEN, (json.dumps(keys),), (str, str, str, int, int))

    def beginning(self, pack: str, prefix: str, limit: int) -> list[Written]:
        """The `limit` most frequent words of the pack that begin with `prefix`, itself among them.

        Each in its most frequent form; `pages` are those of all forms.
        """
        self._list.follow()
        values = (pack, prefix, prefix + _LAST, _BEGINNINGS, limit)
        rows = self._list.ask(_BEGINNING, values, (str, str, int, int))
        return [Written(form or key, key, pages) for key, form, pages, _ in rows]

    def packs_beginning(self, prefix: str) -> frozenset[str]:
        """The packs that have a word that begins with `prefix`."""
        self._list.follow()
        return frozenset(pack for (pack,) in self._list.ask(_PACKS_BEGINNING, (prefix, prefix + _LAST), (str,)))

    def packs_listed(self) -> frozenset[str]:
        """The packs whose words are known."""
        self._list.follow()
        return frozenset(pack for (pack,) in self._list.ask("SELECT pack FROM packs", (), (str,)))

    # Words near others

    def near(self, pack: str, key: str, limit: int) -> list[Near]:
        """The `limit` nearest and most frequent words of the pack that are near `key`, but not itself.

        One slip away for 3 to 5 letters, two for more; none for scripts without spaces between words.
        """
        self._list.follow()
        return self._near(key).get(pack, [])[:limit]

    def near_anywhere(self, key: str, limit: int, languages: Collection[str] = ()) -> list[Near]:
        """Words of any pack that are near `key`, as they are written most often, each once.

        Of those as near as each other, first those of packs in one of these `languages` (BCP 47), then the most
        frequent, a word in titles before one in texts.
        """
        self._list.follow()
        candidates = self._candidates(key)
        forms, spoken = self._told(candidates, languages)
        ranked = sorted(candidates, key=lambda each: (each.distance, each.key not in spoken, -each.weight))
        return [forms[each.key]._replace(distance=each.distance) for each in ranked if each.key in forms][:limit]

    def _told(self, candidates: Sequence[Candidate], languages: Collection[str]) -> tuple[dict[str, Near], set[str]]:
        """Each key as it is shown, and the keys that a pack in one of the languages has."""
        preferred = self._packs_in(languages)
        weights: Counter[tuple[str, str]] = Counter()
        pages: Counter[str] = Counter()
        spoken = set()
        for pack, key, form, count, weight in self._rows([each.key for each in candidates]):
            weights[key, form] += weight
            pages[key] += count
            if pack in preferred:
                spoken.add(key)
        forms: dict[str, Near] = {}
        for (key, form), _ in weights.most_common():
            forms.setdefault(key, Near(form or key, key, pages[key], 0))
        return forms, spoken

    def _packs_in(self, languages: Collection[str]) -> set[str]:
        wanted = {_base(language) for language in languages}
        packs = self._list.ask("SELECT pack, languages FROM packs", (), (str, str)) if wanted else []
        return {pack for pack, spoken in packs if wanted.intersection(map(_base, spoken.split()))}

    def _find_near(self, key: str) -> dict[str, list[Near]]:
        distances = {each.key: each.distance for each in self._candidates(key)}
        found: dict[str, dict[str, Near]] = defaultdict(dict)
        for pack, near, form, pages, _ in self._rows(list(distances)):
            first = found[pack].setdefault(near, Near(form or near, near, 0, distances[near]))
            found[pack][near] = first._replace(pages=first.pages + pages)
        # Of those as near as each other the most frequent first, as they came.
        return {pack: sorted(words.values(), key=lambda word: word.distance) for pack, words in found.items()}

    def _find_candidates(self, key: str) -> list[Candidate]:
        slips = reach(key)
        if not slips:
            return []
        weights = self._weights(one_slip_away(key, self._letters()))
        found = dict.fromkeys(weights, 1)
        if slips > 1:
            alike = self._alike(key)
            weights |= alike
            found = two_slips_away(key, alike) | found
        candidates = [Candidate(distance, weights[near], near) for near, distance in found.items()]
        return sorted(candidates, key=lambda each: (each.distance, -each.weight))[:_NEAR_LIMIT]

    def _alike(self, key: str) -> dict[str, int]:
        """Words with their weight that begin as one that is two slips away, and are about as long."""
        lengths = len(key) - 2, len(key) + 2
        ranges = [(start, start + _LAST, *lengths) for start in beginnings(key)]
        return dict(row for each in ranges for row in self._list.ask(_ALIKE, each, (str, int)))

    def _weights(self, keys: Collection[str]) -> dict[str, int]:
        """Those of the keys that are in the library."""
        return dict(self._list.ask(_KNOWN, (json.dumps(list(keys)),), (str, int)))

    def _letters(self) -> Alphabets:
        if self._known_letters is None:
            rows = self._list.ask("SELECT letters FROM packs", (), (str,))
            self._known_letters = alphabets({letter for (letters,) in rows for letter in letters})
        return self._known_letters

    # Words written together

    def divided(self, key: str, limit: int) -> list[tuple[str, ...]]:
        """The likeliest ways to take a word apart into two or three words (keys) of the library: “motdepasse”."""
        if len(key) > LONGEST:
            return []
        self._list.follow()
        parts = {key[start:end] for start in range(len(key)) for end in range(start + 2, len(key) + 1)}
        return divisions(key, self._weights(parts - {key}))[:limit]


def _base(language: str) -> str:
    return language.partition("-")[0].lower()
