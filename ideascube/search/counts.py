"""How many results each further choice of language, kind, pack or licence would leave, about. Pure.

Counted from the packs' totals; the pages of a pack of several languages are shared out as those of its hits are whose
paths tell a language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

from ideascube.search.page_languages import base_language, page_language
from ideascube.search.protocol import Count, PackHits, SearchQuery

FILTERS = ("lang", "kind", "pack", "licence")


class _Share(NamedTuple):
    """About so many pages, and the values that each filter may have to leave them."""

    pages: float
    values: Mapping[str, frozenset[str]]


def count_choices(query: SearchQuery, answers: Iterable[PackHits]) -> tuple[Count, ...]:
    """For each filter what its values would leave while the other filters stay, most results first.

    `answers` may have those of packs that the filters leave out, which have totals only, and those of several efforts.
    """
    shares = [share for answer in _widest(answers) for share in _shares(answer)]
    return tuple(count for name in FILTERS for count in _counts(query, name, shares))


def leaves(query: SearchQuery, answer: PackHits) -> bool:
    """Whether the query's filters leave pages of this pack."""
    return any(_is_left(query, share) for share in _shares(answer))


def total_of(query: SearchQuery, answers: Iterable[PackHits], merged: int) -> int:
    """About how many pages the query's filters leave; `merged`: how many are in the list that the answers make."""
    answers = [answer for answer in answers if leaves(query, answer)]
    if not any(answer.more for answer in answers):
        return merged
    shares = [share for answer in _widest(answers) for share in _shares(answer)]
    return max(merged, round(sum(share.pages for share in shares if _is_left(query, share))))


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


def _counts(query: SearchQuery, name: str, shares: Iterable[_Share]) -> list[Count]:
    found: dict[str, float] = {}
    for share in shares:
        if _is_left(query, share, but=name):
            for value in share.values[name]:
                found[value] = found.get(value, 0) + share.pages
    most_first = sorted(found, key=lambda value: (-found[value], value))
    return [Count(name, value, max(1, round(found[value]))) for value in most_first if value and found[value]]


def _wanted(query: SearchQuery, name: str) -> str:
    value: str = getattr(query, name)
    return base_language(value) if name == "lang" else value


def _shares(answer: PackHits) -> list[_Share]:
    """A pack's pages, by language where paths tell it."""
    total = max(answer.total, len(answer.hits))
    told = Counter(base_language(page_language(hit.path, answer.languages)) for hit in answer.hits)
    told.pop("", None)
    parts = {frozenset([lang]): hits / told.total() for lang, hits in told.items()}
    same = {name: frozenset([getattr(answer, name)]) for name in FILTERS[1:]}
    every = frozenset(map(base_language, answer.languages))
    return [_Share(total * part, {**same, "lang": langs}) for langs, part in (parts or {every: 1.0}).items()]
