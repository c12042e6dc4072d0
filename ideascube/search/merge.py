"""Hits of several packs as one list: the rules alone, without any reading.

1. A page whose title is the query comes before pages whose title begins with it, and those before all others.
2. Within each of these, by reciprocal rank: the first of every pack before the second of any. A page found by title and
   by text counts both.
3. Packs in the visitor's languages count more, so that about their first five come before any other pack's first.
4. The same title in the same language in another pack is folded into the first, and named there.
Source of 2: Cormack, Clarke, Büttcher, “Reciprocal rank fusion”, SIGIR 2009; their constant is for long lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from content_packs.text import fold, has_no_spaces
from ideascube.search.protocol import Hit, PackHits, Place, Result

EXACT, LEADING, OTHER = 0, 1, 2

# Titles decide only for what every page of results has in hand, or the order would change from page to page.
TITLE_WINDOW = 25

_CONSTANT = 4
_NUMBERING = re.compile(r"^\d+(?:\.\d+)*\.\s+(?=\S)")

_OWN_LANGUAGE = 2.0
_SECOND_LANGUAGE = 1.7


@dataclass(slots=True)
class Merged:
    """One place in the common list; `also` are its twins in other packs."""

    answer: PackHits
    hit: Hit
    tier: int
    score: float
    also: list[Place] = field(default_factory=list)

    def to_result(self) -> Result:
        title = self.hit.title or title_from_path(self.hit.path)
        lang = self.answer.languages[0] if len(self.answer.languages) == 1 else ""
        return Result(title, self.answer.pack, self.hit.path, lang, self.answer.kind, (), tuple(self.also))


def merge_results(text: str, languages: Sequence[str], answers: Iterable[PackHits]) -> list[Merged]:
    """The common list of a search for `text`; the visitor's `languages` (BCP 47), preferred first."""
    return _merge(fold(text), languages, answers, _begins_with_words)


def merge_suggestions(text: str, languages: Sequence[str], answers: Iterable[PackHits]) -> list[Merged]:
    """The common list while `text` is being typed: its last word may be unfinished."""
    return _merge(fold(text), languages, answers, str.startswith)


def _merge(
    query: str, languages: Sequence[str], answers: Iterable[PackHits], leads: Callable[[str, str], bool]
) -> list[Merged]:
    places = [
        _placed(query, answer, hit, weight, leads)
        for answer in answers
        for weight in [language_weight(answer.languages, languages)]
        for hit in answer.hits
    ]
    places.sort(key=lambda place: (place.tier, -place.score))
    return _fold_twins(places)


def _placed(query: str, answer: PackHits, hit: Hit, weight: float, leads: Callable[[str, str], bool]) -> Merged:
    tier, closeness = _tier(query, hit, leads)
    ranks = [rank for rank in (hit.text_rank, hit.title_rank) if rank >= 0]
    return Merged(answer, hit, tier, weight * closeness * sum(1 / (_CONSTANT + rank) for rank in ranks))


def _tier(query: str, hit: Hit, leads: Callable[[str, str], bool]) -> tuple[int, float]:
    """Where the hit's title puts it, and how much of a leading title the query is (0 to 1)."""
    if hit.title_rank < 0 and hit.text_rank >= TITLE_WINDOW:
        return OTHER, 1.0
    folded = [fold_title(title) for title in {hit.title, hit.matched} if title]
    if query in folded:
        return EXACT, 1.0
    leading = [len(query) / len(title) for title in folded if title and leads(title, query)]
    return (LEADING, max(leading)) if leading else (OTHER, 1.0)


def fold_title(title: str) -> str:
    """A title folded for comparison with what a person types, who leaves out a chapter's number."""
    return fold(_NUMBERING.sub("", title.strip()))


def _begins_with_words(title: str, query: str) -> bool:
    if not title.startswith(query):
        return False
    following = title[len(query) : len(query) + 1]
    return not following.isalnum() or has_no_spaces(query[-1:])


def language_weight(pack: Iterable[str], visitor: Sequence[str]) -> float:
    """How much more a pack counts for this visitor than one in a language that the visitor did not name."""
    spoken = {base_language(language) for language in pack}
    wanted = [base_language(language) for language in visitor]
    if wanted and wanted[0] in spoken:
        return _OWN_LANGUAGE
    return _SECOND_LANGUAGE if spoken.intersection(wanted) else 1.0


def base_language(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _fold_twins(places: Iterable[Merged]) -> list[Merged]:
    kept: list[Merged] = []
    pages: set[Place] = set()
    owners: dict[tuple[str, tuple[str, ...]], Merged] = {}
    for place in places:
        where = Place(place.answer.pack, place.hit.path)
        if where in pages:
            continue
        pages.add(where)
        owner = owners.setdefault((fold(place.hit.title), place.answer.languages), place)
        # Two chapters of one book may well have one title; only another pack's page is taken for the same.
        if place.hit.title and owner is not place and owner.answer.pack != place.answer.pack:
            owner.also.append(where)
        else:
            kept.append(place)
    return kept


def title_from_path(path: str) -> str:
    """What to call a page that has no title: its file's name, without the ending and with spaces."""
    name = PurePosixPath(path)
    stem = name.stem if name.suffix.lower() in (".html", ".htm", ".xhtml") else name.name
    return stem.replace("_", " ").replace("-", " ").strip() or path


def total_of(answers: Iterable[PackHits], merged: Sequence[Merged]) -> int:
    """About how many pages there are: what was counted where every pack gave all, else the packs' estimates."""
    answers = list(answers)
    if not any(answer.more for answer in answers):
        return len(merged)
    return max(len(merged), sum(answer.total for answer in answers))
