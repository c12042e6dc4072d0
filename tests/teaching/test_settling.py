"""What learners see of a course that is not finished in all of its languages, and what its makers are told of it."""

from __future__ import annotations

from msgspec.structs import replace

from content_packs.courses.model import Choice, ChoiceQuestion
from ideascube.courses.standing import steps_of
from ideascube.teaching.changes import SetModule
from ideascube.teaching.outline import may_be, must_be, outline
from ideascube.teaching.quiz_changes import PutQuestion, SetQuiz
from ideascube.teaching.settling import settled
from tests.teaching.courses import CHECK, FIRST, SECOND, a_course, a_question

BOTH = ("fr", "ar")


def test_a_quiz_is_shown_in_the_languages_in_which_it_can_be_taken() -> None:
    course = a_course()
    choices = (
        Choice(id="1", text={"fr": "bouillie", "ar": "مغليّ"}, right=True),
        Choice(id="2", text={"fr": "trouble", "ar": "عكر"}),
    )
    question = ChoiceQuestion(id="question01", text={"fr": "Quelle eau ?", "ar": "أيّ ماء؟"}, choices=choices)
    title = SetQuiz(CHECK, BOTH, {"fr": "Questions", "ar": "أسئلة"}, {}, 60, "both", "second0001")
    translated = title.apply(PutQuestion(CHECK, question).apply(course))

    assert ["fr"] == list(settled(course).quizzes[0].title)
    assert ["fr", "ar"] == list(settled(translated).quizzes[0].title)
    assert [("before", CHECK), ("", FIRST), ("", SECOND), ("after", "second0001")] == [
        (step.role, step.id) for step in steps_of(settled(translated))
    ]


def test_what_nobody_could_learn_from_is_left_out() -> None:
    course = SetModule("module0002", BOTH, {"fr": "Vide"}, {}).apply(a_course())
    empty = replace(course, quizzes=(replace(course.quizzes[0], questions=()),))

    shown = settled(empty)

    assert [FIRST, SECOND] == [step.id for step in steps_of(shown)]
    assert 1 == len(shown.modules)
    assert () == shown.quizzes


def test_makers_are_told_what_keeps_a_course_from_being_shown_and_what_is_not_translated() -> None:
    course = a_course()
    bad = PutQuestion(CHECK, a_question("question02", "")).apply(course)

    assert [] == must_be(course)
    assert [("question", "question02", "fr", CHECK)] == [
        (each.what, each.id, each.language, each.within) for each in must_be(bad)
    ]
    assert ["step", "step", "quiz", "question"] == [each.what for each in may_be(course)]
    assert {"ar"} == {each.language for each in may_be(course)}
    assert ["steps"] == [each.what for each in must_be(replace(course, modules=course.modules[:0], quizzes=()))]


def test_the_outline_says_where_each_part_may_move() -> None:
    module = outline(a_course())[0]

    assert (True, True) == (module.is_first, module.is_last)
    assert [(0, True, False), (1, False, False), (2, False, True)] == [
        (row.place, row.is_first, row.is_last) for row in module.rows
    ]
    assert [("ar",), ("ar",), ("ar",)] == [row.lacks for row in module.rows]
