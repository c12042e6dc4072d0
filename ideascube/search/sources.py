"""What can be searched, as the engine sees it: a `Source` for each pack or something like it. Nothing is read here.

Those of a box's library: `pack_sources`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ideascube.search.asked import Asked, Effort
from ideascube.search.counts import OfOnePack, leaves
from ideascube.search.page_languages import language_weight
from ideascube.search.page_text import PageText
from ideascube.search.protocol import PackHits, SearchQuery


class Source(OfOnePack, Protocol):
    """One pack or something like it. What cannot be read gives nothing, never an error."""

    def likelihood(self, asked: Asked) -> float:
        """How likely it is that something is found here: 0 to 1, more where it was found before."""

    def search(self, asked: Asked, effort: Effort, count: int) -> PackHits:
        """About the first `count` pages that an effort finds, and how many there are; of 0 only how many."""

    def suggest(self, asked: Asked) -> PackHits:
        """Some pages whose title has the words, the last one perhaps unfinished."""

    def page(self, path: str) -> PageText:
        """The words of a page that was found; of what is said in a film at `PATH#t=SECOND`, where that was found."""

    def note_shown(self, results: int) -> None:
        """So many of its pages were shown to somebody."""

    @property
    def preparing(self) -> bool:
        """Whether its index is being made, so that not all of it is found yet."""


def chosen(sources: Iterable[Source], query: SearchQuery, asked: Asked) -> list[Source]:
    """Those that the query's filters leave, the likeliest first: at the deadline the best is there."""
    left = [source for source in sources if leaves(query, source)]

    def order(source: Source) -> tuple[float, float]:
        weight = language_weight(source.languages, query.languages)
        return -weight * source.likelihood(asked), -weight

    return sorted(left, key=order)
