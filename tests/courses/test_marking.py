from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_packs.courses.folding import composed_letters, exact, fold, plain
from content_packs.courses.marking import has_passed, mark, share
from content_packs.courses.numbers import readings
from content_packs.text.letters import ZEROS
from tests.courses.cases import CASES, LANGUAGE, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_answer_is_marked_part_by_part(case: Case) -> None:
    found = mark(case.question, case.answer, LANGUAGE)

    assert (case.parts, all(case.parts)) == (found.parts, found.right)


@pytest.mark.parametrize("answer", ["", "?", [], [None], [["1"]], {}, {"1": None}, None, 7, {"x": "y"}])
def test_an_answer_of_another_form_is_wrong_and_nothing_worse(answer: Any) -> None:
    one_of_each = {case.question.kind: case.question for case in CASES}

    assert dict.fromkeys(one_of_each, False) == {
        kind: mark(question, answer, LANGUAGE).right for kind, question in one_of_each.items()
    }


def test_a_language_that_a_question_lacks_makes_no_answer_right() -> None:
    questions = [case.question for case in CASES if case.question.kind in ("words", "gaps")]

    assert not any(mark(question, answer, "sw").right for question in questions for answer in ("", ["", ""], []))


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(text) == fold(fold(text))


@given(st.text())
def test_folding_does_not_depend_on_the_form_of_letters(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
    assert exact(unicodedata.normalize("NFC", text)) == exact(unicodedata.normalize("NFD", text))


@given(st.text() | st.text("0123456789.,-+ ٠٥٫٬’°", max_size=60))
def test_every_text_has_a_mark(text: str) -> None:
    assert {False, True} >= {mark(case.question, text, LANGUAGE).right for case in CASES}


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=1, max_value=999))
def test_numbers_with_thousands_set_apart_are_read(whole: int, part: int) -> None:
    english, german = f"{whole:,}.{part}", f"{whole:,}".replace(",", ".") + f",{part}"

    assert float(f"{whole}.{part}") in readings(english)
    assert float(f"{whole}.{part}") in readings(german)


def test_the_digits_of_the_first_plane_are_all_known() -> None:
    zeros = {code for code in range(0x80, 0x10000) if unicodedata.decimal(chr(code), None) == 0}

    assert zeros == {zero for zero in ZEROS if zero < 0x10000}


def test_each_digit_of_each_script_is_read() -> None:
    assert ["0123456789"] * len(ZEROS) == [plain("".join(map(chr, range(zero, zero + 10)))) for zero in ZEROS]


def test_composed_letters_are_told_to_old_browsers_as_they_are_folded() -> None:
    letters = dict(composed_letters())

    assert {"é": "e", "ç": "c", "ệ": "e", "ώ": "ω", "й": "и", "أ": "ا"} == {one: letters[one] for one in "éçệώйأ"}


@pytest.mark.parametrize(
    ("right", "total", "pass_mark", "passed"),
    [(2, 3, 66, True), (2, 3, 67, False), (3, 3, 100, True), (0, 3, None, True), (0, 0, 1, False), (1, 2, 50, True)],
)
def test_a_quiz_is_passed_when_its_mark_is_reached(right: int, total: int, pass_mark: int | None, passed: bool) -> None:
    assert passed == has_passed(right, total, pass_mark)


def test_shares_are_rounded_down() -> None:
    assert [0, 66, 99, 100] == [share(0, 0), share(2, 3), share(999, 1000), share(5, 5)]
