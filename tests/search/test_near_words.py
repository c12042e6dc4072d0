"""Which words are near which, and how words are taken apart; without any list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideascube.search.near_words import alphabets, divisions, one_slip_away, reach, two_slips_away

LATIN = alphabets("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("watr", "water"), ("watter", "water"), ("wader", "water"), ("wtaer", "water"), ("qater", "water"),
        ("ater", "water"), ("wate", "water"), ("awter", "water"), ("вда", "вода"), ("الحمز", "الحزم"), ("ውሐ", "ውሃ"),
    ],
)  # fmt: skip
def test_one_slip(typed: str, meant: str):
    assert meant in one_slip_away(typed, alphabets({*meant, *"abw"}))


def test_a_slip_stays_in_the_scripts_of_the_word():
    near = one_slip_away("вода", alphabets("abcвода1"))

    assert {"воа", "водва", "вода".replace("о", "а")} <= near
    assert not [word for word in near if "a" in word or "1" in word]


def test_words_are_one_or_two_slips_away_and_never_themselves():
    near = two_slips_away("calque", ["calque", "calques", "clique", "plaque", "casque", "calculs", "blanche"])

    assert {"calques": 1, "casque": 1, "clique": 2, "plaque": 2} == near


@given(st.text("abcd", min_size=3, max_size=8), st.text("abcd", min_size=1, max_size=8))
def test_what_one_slip_makes_is_just_what_is_at_distance_one(word: str, other: str):
    made = other in one_slip_away(word, alphabets("abcd"))

    assert (two_slips_away(word, [other]).get(other) == 1) == made


@pytest.mark.parametrize(
    ("word", "slips"),
    [("of", 0), ("eau", 1), ("water", 1), ("clavier", 2), ("水をのむ", 0), ("ไทยแลนด์", 0), ("12345", 0)],
)
def test_short_words_may_have_fewer_slips_and_some_none(word: str, slips: int):
    assert slips == reach(word)


def test_no_word_takes_long_whatever_it_is():
    assert 0 == reach("a" * 41)
    syllables = [chr(0xAC00 + number) for number in range(3000)]
    assert 20 > len(one_slip_away("".join(syllables[:8]), alphabets(syllables)))


def test_words_written_together_are_taken_apart():
    weights = {"mot": 200, "de": 3000, "passe": 150, "depasse": 5, "pas": 40, "se": 30, "motde": 1}

    ways = divisions("motdepasse", weights)

    assert {("mot", "de", "passe"), ("mot", "depasse"), ("motde", "passe")} == set(ways)
    assert [] == divisions("xyz", weights)


def test_abbreviations_take_no_word_apart():
    weights = {"ha": 3, "nd": 2, "hand": 40, "book": 60, "bo": 1, "ok": 9}

    assert [("hand", "book")] == divisions("handbook", weights)
    assert [] == divisions("haok", weights)


def test_several_little_words_take_no_word_apart():
    assert [] == divisions("hopital", {"hop": 4, "it": 900, "al": 60})
