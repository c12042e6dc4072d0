"""How often the page that a query was made from is among the first ten, for us and for kiwix-serve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from benchmarks.search.clients import Client, Clients, Found, kiwix, ours, serving_kiwix, serving_ours
from benchmarks.search.packs import Searched, pages_of
from benchmarks.search.queries import Query, queries, reciprocal_rank

_CLIENTS = 2
_EVERYWHERE = 3  # every third query is asked over all packs as well


@dataclass(slots=True)
class Scores:
    """Reciprocal ranks, by whatever they are told apart by."""

    ranks: list[float] = field(default_factory=list)

    @property
    def mrr(self) -> float:
        return fmean(self.ranks) if self.ranks else float("nan")

    @property
    def success(self) -> float:
        """The share found among the first ten."""
        return fmean(rank > 0 for rank in self.ranks) if self.ranks else float("nan")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what was found by each server, as reciprocal ranks; None where it was not asked."""

    query: Query
    ours: float
    kiwix: float | None
    everywhere: float | None


def measure(packs: Sequence[Searched], half: str, count: int, work: Path) -> list[Asked]:
    """Ask `count` queries of each field and pack, in all variants."""
    made = [query for pack in packs for query in queries(pages_of(pack), half, count)]
    can = {pack.id for pack in packs if pack.kiwix}
    with serving_ours(packs, work) as address:
        mine = _ranks(made, address, lambda client, query: ours(client, query.pack, query.text))
        some = [query for query in made[::_EVERYWHERE] if query.variant != "other order"]
        everywhere = _ranks(some, address, lambda client, query: ours(client, "", query.text))
    with serving_kiwix(packs) as address:
        asked = [query for query in made if query.pack in can]
        theirs = _ranks(asked, address, lambda client, query: kiwix(client, query.pack, query.text))
    return [Asked(query, mine[query], theirs.get(query), everywhere.get(query)) for query in made]


def _ranks(asked: Sequence[Query], address: str, ask: Callable[[Client, Query], list[Found]]) -> dict[Query, float]:
    clients = Clients(address)

    def rank(query: Query) -> float:
        found = [path if pack == query.pack else "" for pack, path in ask(clients.client, query)]
        return reciprocal_rank(found, query.wanted)

    with ThreadPoolExecutor(_CLIENTS) as threads:
        return dict(zip(asked, threads.map(rank, asked), strict=True))


def grouped(results: Iterable[Asked], by: Callable[[Query], object], value: Callable[[Asked], float | None]) -> Mapping:
    """Scores of those results that have the value, by what `by` says of their queries."""
    scores: dict[object, Scores] = defaultdict(Scores)
    for result in results:
        rank = value(result)
        if rank is not None:
            scores[by(result.query)].ranks.append(rank)
    return scores
