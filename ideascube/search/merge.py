"""Hits of several packs as one list. Pure; the rules are in `ranking` (the order) and `twins` (what is one page)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from content_packs.languages import base_language
from ideascube.search.protocol import PackHits
from ideascube.search.ranking import Merged, placed
from ideascube.search.titles import Leads, begins_with_words, fold_title
from ideascube.search.twins import fold_twins

__all__ = ["Merged", "merge_results", "merge_suggestions"]


def merge_results(text: str, languages: Sequence[str], answers: Iterable[PackHits], lang: str = "") -> list[Merged]:
    """The common list of a search for `text`; the visitor's `languages` (BCP 47), preferred first.

    With `lang`, pages that are known to be in another language are left out. `answers` may be of several efforts.
    """
    return _merge(text, languages, answers, begins_with_words, lang)


def merge_suggestions(text: str, languages: Sequence[str], answers: Iterable[PackHits]) -> list[Merged]:
    """The common list while `text` is being typed: its last word may be unfinished."""
    return _merge(text, languages, answers, str.startswith)


def _merge(
    text: str, languages: Sequence[str], answers: Iterable[PackHits], leads: Leads, lang: str = ""
) -> list[Merged]:
    query, wanted = fold_title(text), base_language(lang)
    places = [placed(query, languages, answer, hit, leads) for answer in answers for hit in answer.hits]
    if wanted:
        places = [place for place in places if base_language(place.lang) in ("", wanted)]
    places.sort(key=lambda place: place.order)
    return fold_twins(places)
