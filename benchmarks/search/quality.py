"""How often the page that a query was made from is among the first ten, for us and for kiwix-serve."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from benchmarks.search.clients import Client, Kiwix, Ours, Shown, asked_by, serving_kiwix, serving_ours
from benchmarks.search.packs import Searched
from benchmarks.search.pages import pages_of
from benchmarks.search.queries import Library, Place, Query, reciprocal_rank

_CLIENTS = 2
_EVERYWHERE = 3  # every third query of each pack, field and variant is asked over all packs as well


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what was shown by us in its pack, by kiwix-serve there, and by us for all packs; None: not asked.

    `bare_kiwix`: what Debian's kiwix-serve showed when it got the accents too.
    """

    query: Query
    ours: Shown
    kiwix: Shown | None = None
    everywhere: Shown | None = None
    bare_kiwix: Shown | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Of so many queries: mean reciprocal rank at 10, and the share whose page is among the first ten."""

    count: int
    mrr: float
    success: float


def score(asked: Iterable[tuple[Query, Shown | None]]) -> Score | None:
    """None where nothing was asked."""
    ranks = [reciprocal_rank(shown.places, query.wanted) for query, shown in asked if shown is not None]
    return Score(len(ranks), fmean(ranks), fmean(rank > 0 for rank in ranks)) if ranks else None


def made_queries(packs: Sequence[Searched], half: str, count: int) -> list[Query]:
    """The queries of all packs; pages of all packs may be wanted."""
    library = Library(page for pack in packs for page in pages_of(pack.id, pack.lang, pack.ours))
    return [query for pack in packs for query in library.queries(pack.id, half, count)]


def measure(packs: Sequence[Searched], queries: Sequence[Query], work: Path, *, beside: bool) -> list[Asked]:
    """Ask all queries; kiwix-serve too where `beside`."""
    with serving_ours([pack.ours for pack in packs], work) as address:
        mine = _shown(queries, address, Ours, _within)
        wide = _shown(_some(queries), address, Ours, _anywhere)
    theirs, bare = _beside(packs, queries) if beside else ({}, {})
    return [Asked(query, mine[query], theirs.get(query), wide.get(query), bare.get(query)) for query in queries]


def _beside(packs: Sequence[Searched], queries: Sequence[Query]) -> tuple[dict[Query, Shown], dict[Query, Shown]]:
    """What kiwix-serve shows, without accents and, for plain queries, with them."""
    can = {pack.id for pack in packs if pack.kiwix}
    possible = [query for query in queries if query.pack in can]
    plain = [query for query in possible if query.variant == "plain"]
    with serving_kiwix(packs) as address:
        return _shown(possible, address, Kiwix, _within), _shown(plain, address, Kiwix, _as_it_is)


def _within(client: Client, query: Query) -> Shown:
    return client.search(query.pack, query.text, query.lang)


def _anywhere(client: Client, query: Query) -> Shown:
    return client.search("", query.text, query.lang)


def _as_it_is(client: Client, query: Query) -> Shown:
    assert isinstance(client, Kiwix)
    return client.search_as_it_is(query.pack, query.text, query.lang)


def _some(queries: Sequence[Query]) -> list[Query]:
    """Every third of each kind, so that no kind is left out."""
    seen: dict[tuple[str, str, str], int] = {}
    kept = []
    for query in queries:
        kind = (query.pack, query.field, query.variant)
        seen[kind] = seen.get(kind, -1) + 1
        if seen[kind] % _EVERYWHERE == 0:
            kept.append(query)
    return kept


def _shown(
    queries: Sequence[Query], address: str, kind: type[Client], search: Callable[[Client, Query], Shown]
) -> dict[Query, Shown]:
    return dict(zip(queries, asked_by(_CLIENTS, queries, address, kind, search), strict=True))


def described(asked: Asked) -> str:
    """A query that failed as lines of text, what was wanted and what came instead; also where kiwix-serve did better.

    "" where there is nothing to tell.
    """
    query = asked.query
    theirs = reciprocal_rank(asked.kiwix.places, query.wanted) if asked.kiwix else 0.0
    least = {"in its pack": theirs, "in all packs": 0.0}
    shown = {"in its pack": asked.ours, "in all packs": asked.everywhere}
    found = "".join(
        f"  {name}, {rank:.2f}{', partial' if one.partial else ''}: {_paths(one.places[:5]) or 'nothing'}\n"
        for name, one in shown.items()
        if one is not None and ((rank := reciprocal_rank(one.places, query.wanted)) < least[name] or not rank)
    )
    head = (
        f"{query.variant} / {query.field} / {query.pack}: {query.text}\n  wanted: {_paths(sorted(query.wanted)[:3])}\n"
    )
    return f"{head}{found}  kiwix-serve, {theirs:.2f}\n" if found else ""


def _paths(places: Iterable[Place]) -> str:
    return ", ".join("/".join(place) for place in places)
