"""The figures as tables in Markdown, with what is to be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.pages.visits import Visit
from tests.browser.kinds_of_pages import HOME_BYTES, OTHER_BYTES

PAINT_WITHIN = 2.0  # seconds
Visits = Sequence[tuple[Visit, Visit]]  # the rounds


@dataclass(frozen=True)
class Measured:
    """One kind of page, of one server."""

    name: str
    rounds: Visits
    most_bytes: int = OTHER_BYTES

    def size(self, which: int) -> float:
        return median(each[which].size for each in self.rounds)

    def requests(self, which: int) -> float:
        return median(each[which].requests for each in self.rounds)

    def paints(self, which: int) -> list[float]:
        return sorted(each[which].paint for each in self.rounds)

    @property
    def is_reached(self) -> bool:
        return self.size(0) <= self.most_bytes and median(self.paints(0)) <= PAINT_WITHIN

    def is_ahead_of(self, other: Measured) -> bool:
        """Lighter and sooner, first and again; requests and bytes may be the same."""
        no_heavier = all(self.size(visit) <= other.size(visit) for visit in (0, 1))
        return no_heavier and all(median(self.paints(visit)) <= median(other.paints(visit)) for visit in (0, 1))


_HEAD = ("bytes, first", "again", "requests, first", "again", "first paint, least", "median", "again, median")


def kinds_table(kinds: Sequence[Measured]) -> str:
    head = _table_head("page", *_HEAD, "reached")
    return "\n".join([head, *(_line(each, "yes" if each.is_reached else "**no**") for each in kinds)])


def peers_table(pairs: Sequence[tuple[Measured, Sequence[Measured]]]) -> str:
    """Each page of ours above those that it stands beside."""
    lines = [_table_head("page", *_HEAD, "ours is ahead")]
    for ours, others in pairs:
        lines.append(_line(ours, ""))
        lines += [_line(each, "yes" if ours.is_ahead_of(each) else "**no**") for each in others]
    return "\n".join(lines)


def _table_head(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n|{' --- |' * len(cells)}"


def _line(each: Measured, last: str) -> str:
    cells = [
        each.name,
        *(f"{each.size(visit) / 1000:.1f} KB" for visit in (0, 1)),
        *(f"{each.requests(visit):.0f}" for visit in (0, 1)),
        f"{each.paints(0)[0]:.2f} s",
        f"{median(each.paints(0)):.2f} s",
        f"{median(each.paints(1)):.2f} s",
        last,
    ]
    return f"| {' | '.join(cells)} |"


def goals() -> str:
    return (
        f"To reach: home within {HOME_BYTES // 1000} KB, other pages within {OTHER_BYTES // 1000} KB, the first paint "
        f"within {PAINT_WITHIN:.0f} s, and ahead of both others on every row."
    )
