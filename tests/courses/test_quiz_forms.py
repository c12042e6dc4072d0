"""A quiz as a form: fields of every kind of question, and whatever else somebody may send."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some
from multidict import MultiDict

from content_packs.courses.model import (
    AnyQuestion,
    Choice,
    ChoiceQuestion,
    GapsQuestion,
    Item,
    NumberQuestion,
    OrderQuestion,
    Pair,
    PairsQuestion,
    Quiz,
    WordsQuestion,
)
from ideascube.courses.answers import fields_of, read_answers, said_to

LANGUAGE = "fr"


def text(words: str) -> dict[str, str]:
    return {LANGUAGE: words}


CHOICES = (
    Choice(id="1", text=text("savon"), right=True, feedback=text("Oui.")),
    Choice(id="2", text=text("eau"), right=True),
    Choice(id="3", text=text("sable"), feedback=text("Le sable gratte.")),
)
QUESTIONS: tuple[AnyQuestion, ...] = (
    ChoiceQuestion(id="a", text=text("Avec quoi ?"), choices=CHOICES, several=True, when_wrong=text("Presque.")),
    WordsQuestion(id="b", text=text("Que boire ?"), answers={LANGUAGE: ("de l’eau", "eau")}, when_right=text("Oui !")),
    NumberQuestion(id="c", text=text("Combien ?"), number=20, unit=text("secondes")),
    OrderQuestion(
        id="d", text=text("Dans quel ordre ?"), shown=("2", "1"),
        items=(Item(id="1", text=text("mouiller")), Item(id="2", text=text("rincer"))),
    ),
    PairsQuestion(
        id="e", text=text("Quoi avec quoi ?"), shown=("2", "1"),
        pairs=(Pair(id="1", left=text("savon"), right=text("laver")), Pair(id="2", left=text("x"), right=text("y"))),
    ),
    GapsQuestion(id="f", text={}, pieces={LANGUAGE: ("Frotter ", ("20", "vingt"), " fois avec ", ("du savon",))}),
)  # fmt: skip
QUIZ = Quiz(id="quiz", title=text("Quiz"), questions=QUESTIONS)
RIGHT = [
    ("q1", "1"), ("q1", "2"), ("q2", "EAU !"), ("q3", "٢٠ secondes"), ("q4.1", "1"), ("q4.2", "2"),
    ("q5.1", "1"), ("q5.2", "2"), ("q6.0", "vingt"), ("q6.1", "du savon"),
]  # fmt: skip
ALL_DONE = [("done", f"q{place}") for place in range(1, 7)]


def test_every_kind_is_answered_rightly() -> None:
    result = read_answers(QUIZ, MultiDict([*RIGHT, *ALL_DONE]), LANGUAGE)

    assert (6, 100, True) == (result.right, result.percent, result.is_complete)


def test_only_what_was_checked_is_marked() -> None:
    result = read_answers(QUIZ, MultiDict([*RIGHT, ("done", "q2"), ("check", "q3")]), LANGUAGE)

    assert [False, True, True, False, False, False] == [one.mark is not None for one in result.answered]
    assert not result.is_complete
    assert "EAU !" == result.answered[1].answer


def test_what_is_left_out_is_not_marked() -> None:
    fields = MultiDict([("q2", "  "), ("q4.1", "1"), ("q5.1", "2"), ("q6.0", "20"), *ALL_DONE])

    result = read_answers(QUIZ, fields, LANGUAGE)

    assert [True] * 6 == [one.is_incomplete for one in result.answered]
    assert [None] * 6 == [one.mark for one in result.answered]


def test_two_things_in_one_place_are_no_order() -> None:
    result = read_answers(QUIZ, MultiDict([("q4.1", "1"), ("q4.2", "1"), ("check", "q4")]), LANGUAGE)

    assert result.answered[3].is_incomplete


def test_a_marked_question_says_its_answer_once_more() -> None:
    before = read_answers(QUIZ, MultiDict([*RIGHT, *ALL_DONE]), LANGUAGE)

    fields = [field for one in before.answered for field in fields_of(one)]

    assert RIGHT == fields
    assert before == read_answers(QUIZ, MultiDict([*fields, *ALL_DONE]), LANGUAGE)


def test_feedback_is_for_what_was_chosen_and_how_it_was() -> None:
    fields = MultiDict([("q1", "1"), ("q1", "3"), ("q2", "eau"), ("done", "q1"), ("done", "q2")])

    result = read_answers(QUIZ, fields, LANGUAGE)

    said = [said_to(one, LANGUAGE) for one in result.answered]
    assert ["Presque. Oui. Le sable gratte.", "Oui !", "", "", "", ""] == said


NAMES = some.sampled_from(["q1", "q2", "q3", "q4.1", "q4.2", "q5.1", "q6.0", "q6.1", "q7", "done", "check", ""])
VALUES = some.text() | some.binary() | some.sampled_from(["1", "2", "q1", "q4", "\ud800", "\0", "9" * 5000])


@given(some.lists(some.tuples(NAMES, VALUES), max_size=30))
def test_anything_may_be_sent(fields: list[tuple[str, str | bytes]]) -> None:
    result = read_answers(QUIZ, MultiDict([*fields, *ALL_DONE]), LANGUAGE)

    assert 6 == len(result.answered)
    assert 0 <= result.percent <= 100
    assert all((one.mark is None) == one.is_incomplete for one in result.answered)
