"""How many results there are, and how many each further choice of language, kind, pack or licence would leave. Pure.

Counted from the packs' totals; the pages of a pack of several languages are shared out as those of its hits are whose
paths tell a language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple, Protocol

from content_packs.languages import base_language
from ideascube.search.page_languages import page_language
from ideascube.search.protocol import Count, PackHits, SearchQuery

FILTERS = ("lang", "kind", "pack", "licence")


class _Share(NamedTuple):
    """About so many pages, and the values that each filter may have to leave them."""

    pages: float
    values: Mapping[str, frozenset[str]]


class OfOnePack(Protocol):
    """What filters go by, of a source or of its answer."""

    @property
    def pack(self) -> str: ...
    @property
    def languages(self) -> tuple[str, ...]: ...
    @property
    def kind(self) -> str: ...
    @property
    def licence(self) -> str: ...


def leaves(query: SearchQuery, one: OfOnePack) -> bool:
    """Whether the query's filters leave pages of this pack."""
    return (
        query.kind in ("", one.kind)
        and query.pack in ("", one.pack)
        and query.licence in ("", one.licence)
        and (not query.lang or base_language(query.lang) in map(base_language, one.languages))
    )


class Tally:
    """The pages that `answers` tell of: also those of packs that the filters leave out, which have totals only."""

    def __init__(self, answers: Iterable[PackHits]) -> None:
        self._shares = [share for answer in _widest(answers) for share in _shares(answer)]

    def total(self, query: SearchQuery) -> int:
        """About how many pages the query's filters leave."""
        return round(sum(share.pages for share in self._shares if _is_left(query, share)))

    def counts(self, query: SearchQuery) -> tuple[Count, ...]:
        """For each filter about what its values would leave while the other filters stay, most results first."""
        return tuple(count for name in FILTERS for count in self._counts(query, name))

    def _counts(self, query: SearchQuery, name: str) -> list[Count]:
        found: dict[str, float] = {}
        for share in self._shares:
            if _is_left(query, share, but=name):
                for value in share.values[name]:
                    found[value] = found.get(value, 0) + share.pages
        most_first = sorted(found, key=lambda value: (-found[value], value))
        return [Count(name, value, max(1, round(found[value]))) for value in most_first if value and found[value]]


def _widest(answers: Iterable[PackHits]) -> Iterable[PackHits]:
    """Of a source's answers to several efforts the one that found most, which holds what the others did."""
    widest: dict[Hashable, PackHits] = {}
    for answer in answers:
        source = answer.pack, answer.kind, answer.licence, answer.languages, answer.made_here
        if source not in widest or widest[source].total < answer.total:
            widest[source] = answer
    return widest.values()


def _is_left(query: SearchQuery, share: _Share, but: str = "") -> bool:
    """Whether the filters leave these pages, all or all but one."""
    wanted = {name: _wanted(query, name) for name in FILTERS if name != but}
    return all(not value or value in share.values[name] for name, value in wanted.items())


def _wanted(query: SearchQuery, name: str) -> str:
    value: str = getattr(query, name)
    return base_language(value) if name == "lang" else value


def _shares(answer: PackHits) -> list[_Share]:
    """A pack's pages, by language where paths tell it."""
    total = max(answer.total, len(answer.hits))
    every = frozenset(map(base_language, answer.languages))
    told: Counter[str] = Counter()
    if len(every) > 1:
        told.update(base_language(page_language(hit.path, answer.languages)) for hit in answer.hits)
        told.pop("", None)
    parts = {frozenset([lang]): hits / told.total() for lang, hits in told.items()} or {every: 1.0}
    same = {name: frozenset([getattr(answer, name)]) for name in FILTERS[1:]}
    return [_Share(total * part, {**same, "lang": langs}) for langs, part in parts.items()]
