"""Questions as forms, both ways: what somebody writes becomes a question that is marked as they meant it."""

from __future__ import annotations

import pytest

from content_packs.courses.marking import Answer, mark
from content_packs.courses.model import AnyQuestion, ChoiceQuestion, GapsQuestion, NumberQuestion, WordsQuestion
from ideascube.teaching.question_forms import form_of, gaps_text, number_problems, read_gaps, read_question
from ideascube.teaching.question_rows import QuestionForm, after_button, empty_form, sent_form
from ideascube.teaching.questions import is_complete, problems, shuffled

FRENCH = ("fr",)


def read(kind: str, rows: str = "", languages: tuple[str, ...] = FRENCH, **values: str) -> AnyQuestion:
    fields = {name.replace("__", "."): value for name, value in values.items()}
    return read_question(sent_form(kind, rows.split(), fields), "question01", languages, None)


CHOICE = read(
    "choice", "1 2", text__fr="?", **{"1.text.fr": "oui", "1.right": "1", "2.text.fr": "non", "2.feedback.fr": "Hm"}
)
WORDS = read("words", text__fr="?", answers__fr=" de  l’eau \n\neau\neau")
NUMBER = read("number", text__fr="?", number="٢٠,٥", within="2", unit__fr="litres")
ORDER = read("order", "1 2", text__fr="?", **{"1.text.fr": "un", "2.text.fr": "deux"})
PAIRS = read("pairs", "1 2", text__fr="?", **{"1.left.fr": "a", "1.right.fr": "A", "2.left.fr": "b", "2.right.fr": "B"})
GAPS = read("gaps", gaps__fr="Bouillir __une|1__ minute.")
ALL = (CHOICE, WORDS, NUMBER, ORDER, PAIRS, GAPS)


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.kind)
def test_a_question_is_the_same_after_its_form(question: AnyQuestion) -> None:
    form = form_of(question)

    assert question == read_question(form, question.id, FRENCH, None)
    assert is_complete(question, "fr")


def test_each_kind_is_marked_as_it_was_meant() -> None:
    answers: list[Answer] = [["1"], "EAU", "22 litres", ["1", "2"], {"1": "1", "2": "2"}, ["UNE"]]

    assert [True] * 6 == [mark(question, answer, "fr").right for question, answer in zip(ALL, answers, strict=True)]
    assert isinstance(WORDS, WordsQuestion)
    assert ("de l’eau", "eau") == WORDS.answers["fr"]
    assert isinstance(NUMBER, NumberQuestion)
    assert (20.5, 2) == (NUMBER.number, NUMBER.within)


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        (read("choice", "1", **{"1.text.fr": "a"}), ["text", "choices", "choices"]),
        (read("choice", "1 2", text__fr="?", **{"1.text.fr": "a", "1.right": "1"}), ["2.text"]),
        (read("words", text__fr="?"), ["answers"]),
        (read("words", text__fr="?", answers__fr="…\nok"), ["answers"]),
        (read("order", "1", text__fr="?", **{"1.text.fr": "a"}), ["items"]),
        (read("order", "1 2", text__fr="?", **{"1.text.fr": "a", "2.text.fr": "a"}), ["items"]),
        (read("pairs", "1 2", text__fr="?", **{"1.left.fr": "a", "1.right.fr": "x", "2.left.fr": "b"}), ["2.right"]),
        (read("gaps", gaps__fr="Sans trou."), ["gaps"]),
        (read("gaps", gaps__fr="Un __trou ouvert."), ["gaps"]),
    ],
)
def test_what_a_question_still_needs_is_said_beside_its_field(question: AnyQuestion, fields: list[str]) -> None:
    found = list(problems(question, "fr", str))

    assert fields == [name for name, _ in found]
    assert all(sentence.endswith(".") for _, sentence in found)


@pytest.mark.parametrize(
    ("number", "within", "fields"), [("", "", ["number"]), ("douze", "x", ["number", "within"]), ("12", "", [])]
)
def test_a_number_is_asked_for_where_something_else_was_written(number: str, within: str, fields: list[str]) -> None:
    form = QuestionForm("number", (), {"number": number, "within": within})

    assert fields == [name for name, _ in number_problems(form, str)]


def test_texts_in_a_language_that_the_form_does_not_have_stay() -> None:
    both = read("choice", "1 2", ("fr", "ar"), text__fr="?", text__ar="؟", **{"1.text.ar": "نعم", "2.text.ar": "لا"})
    form = form_of(both)

    again = read_question(form, both.id, FRENCH, both)

    assert isinstance(again, ChoiceQuestion)
    assert ("؟", "نعم") == (again.text["ar"], again.choices[0].text["ar"])


def test_rows_are_added_moved_and_removed_and_never_called_like_one_before() -> None:
    form = empty_form("choice")
    deeds = ["remove.3", "add", "up.3", "down.1", "remove.1", "up.2", "remove.9", "nonsense", ""]

    rows = []
    for deed in deeds:
        form = after_button(form, deed)
        rows.append(form.rows)

    assert [
        ("1", "2"), ("1", "2", "3"), ("1", "3", "2"), ("3", "1", "2"), ("3", "2"), ("2", "3"), ("2", "3"), ("2", "3"),
        ("2", "3"),
    ] == rows  # fmt: skip


def test_no_more_rows_than_a_question_may_have_whatever_is_sent() -> None:
    form = sent_form("pairs", ["1", "1", "x", "../2", *map(str, range(2, 99))], {})

    assert 40 == len(form.rows)
    assert form == after_button(form, "add")
    assert () == sent_form("words", ["1"], {}).rows


def test_gaps_are_read_and_written_the_same() -> None:
    text = "Frotter __20|vingt__ secondes avec du __savon__."

    pieces = read_gaps(text)

    assert ("Frotter ", ("20", "vingt"), " secondes avec du ", ("savon",), ".") == pieces
    assert text == gaps_text(pieces)
    assert isinstance(GAPS, GapsQuestion)
    assert (("une", "1"),) == GAPS.gaps("fr")


def test_nothing_is_shown_in_its_right_order() -> None:
    for count in range(2, 8):
        right = tuple(map(str, range(count)))

        mixed = shuffled("question01", right)

        assert right != mixed
        assert sorted(right) == sorted(mixed)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "../../etc/passwd", "https://x.org/a.png", "items/abc", "media/../x", "content/pack/"],
)
def test_a_picture_is_a_file_of_this_box_or_none(address: str) -> None:
    assert "" == read("choice", "1 2", text__fr="?", picture=address).picture
