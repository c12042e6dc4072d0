"""How many results each further choice would leave, as it stands beside the choice."""

from __future__ import annotations

from dataclasses import replace

from ideascube.search.counts import Tally
from ideascube.search.protocol import Hit, PackHits, SearchQuery

ARTICLES = PackHits("wiki", ("en",), "encyclopedia", (Hit("a", "A", "", 0),), 120, more=True, licence="CC-BY-SA-4.0")
FILMS = PackHits("films", ("fr",), "film", (Hit("b", "B", "", 0),), 7, licence="CC-BY-4.0")
LEFT_OUT = PackHits("talks", ("fr-CA", "en"), "film", (), 30)


def counted(query: SearchQuery, *answers: PackHits) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {"lang": {}, "kind": {}, "pack": {}, "licence": {}}
    for name, value, results in Tally(answers).counts(query):
        found[name][value] = results
    return found


def test_every_choice_says_how_many_it_would_leave() -> None:
    counts = counted(SearchQuery("x"), ARTICLES, FILMS, LEFT_OUT)

    assert {"en": 150, "fr": 37} == counts["lang"]
    assert {"encyclopedia": 120, "film": 37} == counts["kind"]
    assert {"wiki": 120, "talks": 30, "films": 7} == counts["pack"]
    assert {"CC-BY-SA-4.0": 120, "CC-BY-4.0": 7} == counts["licence"]


def test_a_filter_counts_what_it_would_leave_if_another_value_were_chosen() -> None:
    counts = counted(SearchQuery("x", kind="film", lang="fr"), ARTICLES, FILMS, LEFT_OUT)

    assert {"film": 37} == counts["kind"]
    assert {"fr": 37, "en": 30} == counts["lang"]
    assert ["talks", "films"] == list(counts["pack"]), "most results first"


def test_the_pages_of_a_pack_of_several_languages_are_shared_out() -> None:
    hits = tuple(Hit(f"{name}.{lang}.html", name, "", 0) for name, lang in (("a", "en"), ("b", "en"), ("c", "fr")))
    counts = counted(SearchQuery("x"), PackHits("water", ("en", "fr", "ar"), "collection", hits, 30))

    assert {"en": 20, "fr": 10} == counts["lang"]
    assert {"collection": 30} == counts["kind"]


def test_a_pack_that_was_asked_twice_counts_once() -> None:
    again = replace(FILMS, hits=(), total=9, effort=1)

    assert {"films": 9} == counted(SearchQuery("x"), FILMS, again)["pack"]


def test_the_total_is_what_the_filters_leave() -> None:
    tally = Tally([ARTICLES, FILMS, LEFT_OUT])

    assert [157, 120, 37, 30] == [
        tally.total(query)
        for query in (
            SearchQuery("x"),
            SearchQuery("x", kind="encyclopedia"),
            SearchQuery("x", lang="fr"),
            SearchQuery("x", lang="en-GB", kind="film"),
        )
    ]
