from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideascube.search.asked import Asked, understand


def words(text: str) -> list[str]:
    return [word.typed for word in understand(text).words]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Clean  water", ["clean", "water"]),
        ("l’eau potable", ["l’eau", "potable"]),
        ("water water WATER", ["water"]),
        ("<b>O'Brien</b>; DROP TABLE--", ["b", "o'brien", "drop", "table"]),
        ("مياه نظيفة", ["مياه", "نظيفة"]),
        ("东京 塔", ["东京", "塔"]),
        ("ประเทศไทย", ["ประเทศไทย"]),
        ("-7", ["7"]),
        ("-", []),
        ("?! … «»", []),
        ("\u202eabc\u0000 \ud800", ["abc"]),
    ],
)
def test_words_are_what_has_letters_or_digits(typed: str, expected: list[str]) -> None:
    assert expected == words(typed)


@pytest.mark.parametrize(
    "typed", ['"clean water" soap', "“clean water” soap", "«clean water» soap", "„clean water“ soap"]
)
def test_words_in_quotes_are_a_phrase(typed: str) -> None:
    asked = understand(typed)

    assert (["clean", "water", "soap"], (" clean water ",)) == ([word.typed for word in asked.words], asked.phrases)
    assert asked.allows("Have <CLEAN> Water.")
    assert not asked.allows("Water is clean.")


def test_a_minus_before_a_word_leaves_pages_out() -> None:
    asked = understand('java -script -"hot coffee" e-mail')

    assert ["java", "e", "mail"] == [word.typed for word in asked.words]
    assert asked.allows("Java is an island, like Script-free Bali") is False
    assert asked.allows("Java has coffee that is hot")
    assert not asked.allows("Java and hot coffee")


def test_phrases_are_found_whatever_the_accents_elisions_and_script() -> None:
    assert understand('"eau potable"').allows("Boire de l’eau potable")
    assert understand('"securite du reseau"').allows("La Sécurité du Réseau")
    assert understand("「日本語」").allows("これは日本語です")


def test_only_the_last_word_may_be_unfinished_and_none_in_quotes() -> None:
    assert [False, True] == [word.unfinished for word in understand("clean wat").words]
    assert [False, False] == [word.unfinished for word in understand('"clean wat').words]


@given(st.text())
def test_whatever_is_typed_is_understood(text: str) -> None:
    asked = understand(text)

    assert isinstance(asked, Asked)
    assert len(asked.words) <= 12
    asked.allows(text)
