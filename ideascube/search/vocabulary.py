"""Looking up the words that really occur in the library's packs, in the list that the jobs process makes.

Nothing here fails: a list that is absent, damaged or just being made anew says that no word is known. Which words are
near another one is in `near_words`. Format: docs/formats/index.md
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from content_packs.languages import base_language
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
        self._is_other = False

    def refresh(self) -> bool:
        """Follow the list; True where it is another one than at the last call, though looking words up follows it too.

        Whoever only looks words up needs not call it.
        """
        self._list.follow()
        is_other, self._is_other = self._is_other, False
        return is_other

    def close(self) -> None:
        self._list.close()

    def _forget(self) -> None:
        """Called when the list is another one than before."""
        self._is_other = True
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
        for row in self._list.rows([key]):
            found[row.pack].append(Written(row.form, key, row.pages))
        return found

    def beginning(self, pack: str, prefix: str, limit: int) -> list[Written]:
        """The `limit` most frequent words of the pack that begin with `prefix`, itself among them.

        Each in its most frequent form; `pages` are those of all forms.
        """
        self._list.follow()
        return [Written(form, key, pages) for key, form, pages in self._list.beginning(pack, prefix, limit)]

    def packs_beginning(self, prefix: str) -> frozenset[str]:
        """The packs that have a word that begins with `prefix`."""
        self._list.follow()
        return self._list.packs_beginning(prefix)

    def packs_listed(self) -> frozenset[str]:
        """The packs whose words are known."""
        self._list.follow()
        return frozenset(self._list.packs())

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
        forms, spoken = self._told([each.key for each in candidates], languages)
        ranked = sorted(candidates, key=lambda each: (each.distance, each.key not in spoken, -each.weight))
        return [forms[each.key]._replace(distance=each.distance) for each in ranked if each.key in forms][:limit]

    def _told(self, keys: Collection[str], languages: Collection[str] = ()) -> tuple[dict[str, Near], set[str]]:
        """Each key as it is shown, and the keys that a pack in one of the languages has."""
        preferred = self._packs_in(languages)
        weights: Counter[tuple[str, str]] = Counter()
        pages: Counter[str] = Counter()
        spoken = set()
        for row in self._list.rows(keys):
            weights[row.key, row.form] += row.weight
            pages[row.key] += row.pages
            if row.pack in preferred:
                spoken.add(row.key)
        forms: dict[str, Near] = {}
        for (key, form), _ in weights.most_common():
            forms.setdefault(key, Near(form, key, pages[key], 0))
        return forms, spoken

    def _packs_in(self, languages: Collection[str]) -> set[str]:
        wanted = set(map(base_language, languages))
        packs = self._list.packs() if wanted else {}
        return {pack for pack, spoken in packs.items() if wanted.intersection(map(base_language, spoken.split()))}

    def _find_near(self, key: str) -> dict[str, list[Near]]:
        distances = {each.key: each.distance for each in self._candidates(key)}
        found: dict[str, dict[str, Near]] = defaultdict(dict)
        for row in self._list.rows(distances):
            first = found[row.pack].setdefault(row.key, Near(row.form, row.key, 0, distances[row.key]))
            found[row.pack][row.key] = first._replace(pages=first.pages + row.pages)
        # Of those as near as each other the most frequent first, as they came.
        return {pack: sorted(words.values(), key=lambda word: word.distance) for pack, words in found.items()}

    def _find_candidates(self, key: str) -> list[Candidate]:
        slips = reach(key)
        if not slips:
            return []
        weights = self._list.weights(one_slip_away(key, self._letters()))
        found = dict.fromkeys(weights, 1)
        if slips > 1:
            alike = self._alike(key)
            weights |= alike
            found = two_slips_away(key, alike) | found
        candidates = [Candidate(distance, weights[near], near) for near, distance in found.items()]
        return sorted(candidates, key=lambda each: (each.distance, -each.weight))[:_NEAR_LIMIT]

    def _alike(self, key: str) -> dict[str, int]:
        """Words with their weight that begin as one that is two slips away, and are about as long."""
        found: dict[str, int] = {}
        for start in beginnings(key):
            found |= self._list.weights_beginning(start, len(key) - 2, len(key) + 2)
        return found

    def _letters(self) -> Alphabets:
        if self._known_letters is None:
            self._known_letters = alphabets(self._list.letters())
        return self._known_letters

    # Words written together

    def divided(self, key: str, limit: int) -> list[tuple[str, ...]]:
        """The likeliest ways to take a word apart into two or three words of the library: “motdepasse”.

        The words as they are written most often.
        """
        if len(key) > LONGEST:
            return []
        self._list.follow()
        parts = {key[start:end] for start in range(len(key)) for end in range(start + 2, len(key) + 1)}
        ways = divisions(key, self._list.weights(parts - {key}))[:limit]
        forms, _ = self._told({part for way in ways for part in way})
        return [tuple(forms[part].form for part in way) for way in ways if all(part in forms for part in way)]
