"""Parts of a file as spans of bytes, from the first up to but without the last: which are there, which are missing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

Span = tuple[int, int]


class Spans:
    """Spans that neither overlap nor touch, in their order."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in spans:
            self.add(start, end)

    def __iter__(self) -> Iterator[Span]:
        return zip(self._starts, self._ends, strict=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spans) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Spans({list(self)})"

    def __len__(self) -> int:
        """How many bytes they hold together."""
        return sum(self._ends) - sum(self._starts)

    def add(self, start: int, end: int) -> None:
        if start >= end:
            return
        first, last = bisect_left(self._ends, start), bisect_right(self._starts, end)
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        self._starts[first:last], self._ends[first:last] = [start], [end]

    def remove(self, start: int, end: int) -> None:
        if start >= end:
            return
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        if first >= last:
            return
        rest = [(self._starts[first], start), (end, self._ends[last - 1])]
        kept = [span for span in rest if span[0] < span[1]]
        self._starts[first:last] = [span[0] for span in kept]
        self._ends[first:last] = [span[1] for span in kept]

    def holds(self, start: int, end: int) -> bool:
        """Whether all of it is there."""
        number = bisect_right(self._starts, start) - 1
        return start >= end or (number >= 0 and self._ends[number] >= end)

    def gap(self, size: int) -> Span | None:
        """The first part of a file of `size` bytes that is missing; None where nothing is."""
        first = self._ends[0] if self._starts and self._starts[0] == 0 else 0
        number = bisect_right(self._starts, first)
        end = self._starts[number] if number < len(self._starts) else size
        return (first, min(end, size)) if first < size else None

    def gaps(self, size: int) -> list[Span]:
        """All parts of a file of `size` bytes that are missing."""
        starts, ends = [0, *self._ends], [*self._starts, size]
        return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]

    def within(self, start: int, end: int) -> list[Span]:
        """What of them lies in this part."""
        return [(max(start, one), min(end, other)) for one, other in self if one < end and other > start]
