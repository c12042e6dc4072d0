"""What the library's word list knows of its packs, looked up once for all of them in each request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from content_packs.text import has_no_spaces
from ideascube.search.asked import Asked, AskedWord
from ideascube.search.vocabulary import Near, Vocabulary, Written

_Forms = Mapping[str, Mapping[str, list[Written]]]  # by pack and key


class LibraryWords:
    """The word list during one request after the other; `begin` is called before each."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.begin()

    def begin(self) -> None:
        """Forget what was looked up for the request before."""
        self._written: dict[str, _Forms] = {}
        self._begun: dict[str, frozenset[str]] = {}
        self._listed: frozenset[str] | None = None

    def written(self, pack: str, key: str) -> list[Written]:
        if key not in self._written:
            self._written[key] = self.vocabulary.written_by_pack([key])
        return self._written[key].get(pack, {}).get(key, [])

    def begins(self, pack: str, prefix: str) -> bool:
        """Whether the pack has a word that begins with `prefix`."""
        if prefix not in self._begun:
            self._begun[prefix] = self.vocabulary.packs_beginning(prefix)
        return pack in self._begun[prefix]

    def is_listed(self, pack: str) -> bool:
        """Whether anything is known of the pack's words."""
        if self._listed is None:
            self._listed = self.vocabulary.packs_listed()
        return pack in self._listed

    def of(self, pack: str, count: Callable[[str], int]) -> OnePackWords:
        """Those of a pack; `count` gives in how many of its pages a text is."""
        return OnePackWords(pack, self, count)


class OnePackWords:
    """What `expansion` may know of one pack."""

    def __init__(self, pack: str, library: LibraryWords, count: Callable[[str], int]) -> None:
        self._pack = pack
        self._library = library
        self._count = count

    def written(self, key: str) -> Sequence[Written]:
        if has_no_spaces(key) and not self._library.is_listed(self._pack):  # the index has pairs of signs as they are
            pages = self._count(key)
            return [Written(key, key, pages)] if pages else []
        return self._library.written(self._pack, key)

    def beginning(self, prefix: str, limit: int) -> Sequence[Written]:
        if not self._library.begins(self._pack, prefix):
            return []
        return self._library.vocabulary.beginning(self._pack, prefix, limit)

    def near(self, key: str, limit: int) -> Sequence[Near]:
        return self._library.vocabulary.near(self._pack, key, limit)

    def share_known(self, asked: Asked) -> float:
        """How much of what is asked for the pack has, 0 to 1; 1 where nothing is known of it."""
        if not asked.words or not self._library.is_listed(self._pack):
            return 1.0
        return sum(map(self._known, asked.words)) / len(asked.words)

    def _known(self, word: AskedWord) -> float:
        has = self._has_beginning if word.unfinished else self._has
        there = list(map(has, word.keys))
        return sum(there) / len(there) if word.is_run else float(any(there))

    def _has(self, key: str) -> bool:
        return bool(self.written(key))

    def _has_beginning(self, key: str) -> bool:
        return self._library.begins(self._pack, key)
