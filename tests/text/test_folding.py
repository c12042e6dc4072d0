from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_packs.text import fold, fold_in_place, is_mark

anything = st.text(st.characters())  # lone surrogates and control characters among them


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Eau potable", "l'eau  potable"),
        ("ISTANBUL", "İstanbul"),
        ("Œuvre", "oeuvre"),
        ("e\u0301cole", "école"),
        ("ﻻ", "لا"),
        ("می\u200cخواهم", "میخواهم"),
        ("coopé\u00adration", "cooperation"),
        ("ሰላም\u200b", "ሠላም"),
        ("Ёлка", "елка"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
    ],
)
def test_the_same_text_typed_in_two_ways_is_folded_alike(one: str, other: str):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("काम", "कम"), ("มา", "มี"), ("й", "и"), ("ماء", "ما"), ("ガ", "カ"), ("한", "하"), ("কি", "কী")],
)
def test_what_makes_another_word_stays(one: str, other: str):
    assert fold(one) != fold(other)


def test_letters_in_place_are_one_for_one():
    assert "strase" == fold_in_place("Straße")
    assert "lodz" == fold_in_place("ŁÓDŹ")
    assert "e\u0301" == fold_in_place("E\u0301")


@pytest.mark.parametrize(("letter", "expected"), [("\u0301", True), ("ـ", True), ("ा", True), ("a", False)])
def test_marks_belong_to_the_letter_before(letter: str, expected: bool):
    assert expected == is_mark(letter)


@given(anything)
def test_folding_twice_is_folding_once(text: str):
    assert fold(text) == fold(fold(text))


@given(anything)
def test_composed_and_decomposed_texts_fold_alike(text: str):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(anything)
def test_in_place_means_as_long_as_before(text: str):
    assert len(text) == len(fold_in_place(text))


def test_every_letter_of_unicode_is_folded_for_good():
    alike = (range(0x3400, 0xA000), range(0xAC00, 0xD7A4))  # Chinese and Korean: nothing is done to any of them
    codes = (code for code in range(0x20000) if not any(code in block for block in alike))
    letters = [chr(code) for code in codes if unicodedata.category(chr(code)) != "Cn"]

    assert [] == [letter for letter in letters if fold(fold(letter)) != fold(letter)]
    assert [] == [letter for letter in letters if len(fold_in_place(letter)) != 1]
