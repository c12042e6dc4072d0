"""Texts that a pack may be asked for, and what has to be known of its words to choose them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol


class Written(Protocol):
    @property
    def form(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def pages(self) -> int: ...


class NearWord(Written, Protocol):
    @property
    def distance(self) -> int: ...


class PackWords(Protocol):
    """The words that one pack has; nothing is known of a pack whose list is not made yet."""

    def written(self, key: str) -> Sequence[Written]: ...

    def beginning(self, prefix: str, limit: int) -> Sequence[Written]: ...

    def near(self, key: str, limit: int) -> Sequence[NearWord]: ...


class Text(NamedTuple):
    """A text to be asked for, and how sure it is what was meant: 1 as typed, towards 0."""

    text: str
    sureness: float


def pages_of(keys: Iterable[str], words: PackWords) -> int:
    """In about how many pages of a pack a word with these keys is."""
    return sum(written.pages for key in keys for written in words.written(key))
