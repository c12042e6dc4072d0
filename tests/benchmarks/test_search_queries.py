"""How queries for the search benchmark are made: by rules, the same at every run, fair to who is asked."""

from __future__ import annotations

import random

import pytest

from benchmarks.search.queries import Library, Page, half_of, reciprocal_rank, typed, words_of
from benchmarks.search.variants import half_typed, mixed, neighbour, one_error, reordered, slipped, without_accents


def page(path: str, title: str, text: str = "", headings: tuple[str, ...] = ()) -> Page:
    return Page("handbook-fr-fr", "fr", path, title, headings, " ".join([title, *headings, text]))


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("6.2.\xa0Commandes aptitude, apt-get et apt", "Commandes aptitude apt-get et apt"),
        ("Chapter\xa06.\xa0Maintenance and Updates: The APT Tools", "Maintenance and Updates The APT Tools"),
        ("Phụ lục\xa0A.\xa0Bản phân phối Dẫn xuất", "Bản phân phối Dẫn xuất"),
        ("第\xa06\xa0章\xa0维护与更新：APT 工具", "维护与更新：APT 工具"),
        ("6.2. \u200faptitude، وapt-get", "aptitude وapt-get"),
        ("De 11 à 100", "De 11 à 100"),
        ("Georgia on My Mind", "Georgia on My Mind"),
    ],
)
def test_titles_are_typed_without_numbering_and_marks(title: str, query: str) -> None:
    assert query == typed(title)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Système réservé", "Systeme reserve"),
        ("Łódź straße", "Lodz strasse"),
        ("Ελληνικά", "Ελληνικα"),
        ("ёлка и йод", "елка и йод"),
        ("أحمد إلى المدرسة", "احمد الي المدرسه"),
        ("かが", ""),
        ("한국어", ""),
        ("plain", ""),
    ],
)
def test_accents_are_left_out_as_keyboards_do(text: str, bare: str) -> None:
    assert bare == without_accents(text)


@pytest.mark.parametrize("word", ["aptitude", "système", "обновление", "الصيانة", "メンテナンス", "관리자의", "mmmm"])
def test_a_slip_is_one_and_stays_in_the_script(word: str) -> None:
    slips = {slipped(word, random.Random(seed)) for seed in range(200)}

    assert word not in slips
    assert len(slips) > 3
    assert all(abs(len(slip) - len(word)) <= 1 for slip in slips)
    assert all(slip.isalpha() for slip in slips)


@pytest.mark.parametrize(("letter", "other"), [("a", "b"), ("z", "y"), ("Z", "Y"), ("é", "f"), ("я", "ю"), ("ب", "ة")])
def test_letters_are_mistaken_for_a_neighbour_in_their_script(letter: str, other: str) -> None:
    assert other == neighbour(letter)


def test_short_words_are_typed_without_a_slip() -> None:
    assert one_error("le vi", random.Random(1)) == ""
    assert one_error("le système", random.Random(1)).startswith("le ")


@pytest.mark.parametrize(
    ("text", "half"),
    [("La commande", "La comm"), ("apt", ""), ("aptitude", "apti"), ("维护与更新", "维护与"), ("to be", "")],
)
def test_the_last_word_is_half_typed(text: str, half: str) -> None:
    assert half == half_typed(text)


def test_another_order_has_the_same_words() -> None:
    for seed in range(20):
        order = reordered("un deux trois", random.Random(seed))
        assert order != "un deux trois"
        assert sorted(order.split()) == ["deux", "trois", "un"]
    assert reordered("un", random.Random(1)) == ""
    assert reordered("un un", random.Random(1)) == ""


def test_a_word_of_another_language_is_added() -> None:
    assert mixed("Commandes apt", "apt Commands") == "Commandes apt Commands"
    assert mixed("apt", "apt") == ""


def test_words_of_scripts_without_spaces_are_the_beginnings_of_clauses() -> None:
    assert list(words_of("使用工具维护。可以更新系统吧 apt-get, Linux")) == ["使用工具", "可以更新", "linux"]


def test_all_editions_of_a_page_are_in_one_half_and_the_halves_are_alike() -> None:
    halves = [half_of(f"page-{number}.html") for number in range(1000)]

    assert 400 < halves.count("tune") < 600
    assert half_of("sect.apt.html") == half_of("sect.apt.html")


def many_pages() -> list[Page]:
    rare = [f"mot{first}{second}" for first in "abcdefgh" for second in "klmnopqrs"]
    texts = [f"{rare[number]} {rare[number + 1]} {rare[number + 2]}" for number in range(60)]
    return [
        page(f"p{number}.html", f"Titre réservé {number % 50}", text, ("Été", f"Partie {number}"))
        for number, text in enumerate(texts)
    ]


def test_queries_are_the_same_at_every_run_and_of_their_half() -> None:
    first, again = (Library(many_pages()).queries("handbook-fr-fr", "tune", 10) for _ in range(2))

    assert first == again
    assert {"title", "heading", "body"} == {query.field for query in first}
    assert all(any(half_of(path) == "tune" for _, path in query.wanted) for query in first)


def test_every_page_that_fits_as_well_is_wanted() -> None:
    pages = [page("a.html", "1.1. Le mot"), page("b.html", "Le Mot"), page("c.html", "Autre", "", ("Le mot",))]
    library = Library(pages)

    assert {("handbook-fr-fr", "a.html"), ("handbook-fr-fr", "b.html")} == library.wanted("title", "Le mot")
    assert {each.place for each in pages} == library.wanted("heading", "Le mot")


def test_distinctive_words_are_on_one_page_of_the_pack() -> None:
    made = [query for query in Library(many_pages()).queries("handbook-fr-fr", "tune", 10) if query.field == "body"]

    assert made
    assert all(len(query.wanted) == 1 for query in made)


def test_reciprocal_rank_counts_the_first_ten() -> None:
    places = [("pack", str(number)) for number in range(12)]

    assert reciprocal_rank(places, frozenset([places[0], places[5]])) == 1
    assert reciprocal_rank(places, frozenset([places[3]])) == 0.25
    assert reciprocal_rank(places, frozenset([places[10]])) == 0
    assert reciprocal_rank([], frozenset(places)) == 0
