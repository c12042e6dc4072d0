"""The words of one pack, out of the library's list."""

from __future__ import annotations

from ideascube.search.vocabulary import Near, Vocabulary, Written


class OnePackWords:
    """What `expansion` may know of one pack."""

    def __init__(self, pack: str, vocabulary: Vocabulary) -> None:
        self._pack = pack
        self._vocabulary = vocabulary

    def written(self, key: str) -> list[Written]:
        return self._vocabulary.written(self._pack, key)

    def beginning(self, prefix: str, limit: int) -> list[Written]:
        return self._vocabulary.beginning(self._pack, prefix, limit)

    def near(self, key: str, limit: int) -> list[Near]:
        return self._vocabulary.near(self._pack, key, limit)
