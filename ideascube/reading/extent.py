"""How far a book goes: what its places are numbered by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extent:
    """`first` is the number of its first place (0 for chapters, 1 for pages), `count` how many there are (0 where that
    is not known), `title` what it is called, for the list of what one was reading.
    """

    first: int
    count: int
    title: str

    @property
    def last(self) -> int:
        return self.first + max(self.count, 1) - 1

    def within(self, at: int) -> int:
        """`at`, or the nearest place that there is."""
        return min(max(at, self.first), self.last) if self.count else max(at, self.first)
