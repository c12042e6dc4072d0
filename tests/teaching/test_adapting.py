"""Courses of packs made one's own: what is copied, what leads back to the pack, and packs that mean harm."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from content_packs.courses.model import (
    Choice,
    ChoiceQuestion,
    Course,
    GapsQuestion,
    Item,
    Module,
    OrderQuestion,
    Pair,
    PairsQuestion,
    Quiz,
    Step,
    WordsQuestion,
)
from content_packs.errors import BadInput
from ideascube.box_db.random_ids import is_id
from ideascube.courses.standing import steps_of
from ideascube.teaching.adapting import adapted, may_be_adapted
from ideascube.teaching.model import LONGEST, MOST_LANGUAGES
from ideascube.teaching.places import files_of, packs_of, read_place
from ideascube.teaching.settling import settled
from tests.teaching.courses import COURSE

EVIL = "<script>alert(1)</script>{{ 7 * 7 }}'; DROP TABLE own_course; --\x00\x1b\ud800"


def a_pack_course() -> Course:
    quiz = Quiz(
        id="check.quiz",
        title={"fr": "Questions", "ar": "أسئلة"},
        questions=(
            ChoiceQuestion(
                id="q1",
                text={"fr": "?", "ar": "؟"},
                picture="images/tap.png",
                sound="a.ogg",
                choices=(
                    Choice(id="x", text={"fr": "a", "ar": "أ"}, right=True, picture="b.png"),
                    Choice(id="y", text={"fr": "b", "ar": "ب"}),
                ),
            ),
            OrderQuestion(
                id="q2",
                text={"fr": "?", "ar": "؟"},
                shown=("b", "a"),
                items=(Item(id="a", text={"fr": "1", "ar": "1"}), Item(id="b", text={"fr": "2", "ar": "2"})),
            ),
        ),
    )
    module = Module(
        id="germs",
        title={"fr": "Les microbes"},
        steps=(
            Step(id="check.quiz:before", title=quiz.title, pages={"fr": "c.fr.html"}, quiz=quiz.id, role="before"),
            Step(
                id="germs/what", title={"fr": "Quoi ?"}, pages={"fr": "germs/what.fr.html", "ar": "germs/what.ar.html"}
            ),
            Step(id="check.quiz:after", title=quiz.title, pages={"fr": "c.fr.html"}, quiz=quiz.id, role="after"),
        ),
    )
    title = {"fr": "Mains propres", "ar": "أيدٍ نظيفة"}
    return Course(
        format=1,
        id="hands",
        title=title,
        pages={"fr": "p", "ar": "q"},
        modules=(module,),
        quizzes=(quiz,),
        licence="CC-BY-SA-4.0",
    )


def test_a_copy_leads_to_the_pages_of_the_pack_and_has_questions_of_its_own() -> None:
    copy = adapted(a_pack_course(), "clean-hands", COURSE, "fr")

    before, lesson, after = steps_of(copy)
    assert {
        "fr": "content/clean-hands/germs/what.fr.html",
        "ar": "content/clean-hands/germs/what.ar.html",
    } == lesson.pages
    assert before.quiz == after.quiz == copy.quizzes[0].id
    assert ("before", "after") == (before.role, after.role)
    assert ["content/clean-hands/images/tap.png", "content/clean-hands/a.ogg", "content/clean-hands/b.png"] == list(
        files_of(copy)
    )
    assert ["clean-hands"] == list(packs_of(copy))
    assert "CC-BY-SA-4.0" == copy.licence
    assert ["fr", "ar"] == list(settled(copy).quizzes[0].title)


def test_what_a_hostile_pack_calls_its_parts_is_not_taken_over() -> None:
    choices = tuple(
        Choice(id="1", text={EVIL: EVIL, "fr": EVIL}, right=True, picture="../../etc/passwd") for _ in range(3)
    )
    questions = (
        ChoiceQuestion(id=EVIL, text={"fr": EVIL}, choices=choices),
        ChoiceQuestion(id=EVIL, text={"fr": EVIL}, choices=()),
        WordsQuestion(id=EVIL, text={"fr": EVIL}, answers={"fr": (EVIL,) * 1000, EVIL: (EVIL,)}),
        PairsQuestion(id=EVIL, text={}, pairs=(Pair(id="", left={}, right={}),) * 3, shown=("a",)),
        GapsQuestion(id=EVIL, text={}, pieces={"fr": ("__", (), (EVIL, ""), "é" * 100_000)}),
    )
    quizzes = (
        Quiz(id="q", title={"fr": EVIL}, questions=questions, pass_mark=-5),
        Quiz(id="q", title={"fr": "2"}, questions=()),
    )
    steps = (
        Step(id=EVIL, title={}, pages={EVIL: "x"}, minutes=-1),
        Step(id=EVIL, title={"fr": EVIL}, pages={"fr": "../../other/pack"}, quiz="q", role="before"),
        Step(id=EVIL, title={"fr": "é" * 100_000}, pages={}, quiz="lost"),
    )
    module = Module(id=EVIL, title={EVIL: EVIL}, steps=steps)
    languages = {"fr": "p", EVIL: "p", **{f"x{letter}{other}": "p" for letter in "abcdefgh" for other in "abcdefgh"}}
    course = Course(
        format=1,
        id=EVIL,
        title={"fr": EVIL},
        pages=languages,
        modules=(module, module),
        quizzes=quizzes,
        level=EVIL,
        minutes=-3,
    )

    copy = adapted(course, "evil", COURSE, "fr")

    ids = [COURSE, *(module.id for module in copy.modules), *(step.id for step in steps_of(copy))]
    ids += [quiz.id for quiz in copy.quizzes] + [each.id for quiz in copy.quizzes for each in quiz.questions]
    assert all(map(is_id, ids))
    assert len(set(ids)) == len(ids)
    assert MOST_LANGUAGES >= len(copy.pages)
    assert ("", None) == (copy.level, copy.minutes)
    assert LONGEST >= max(len(text) for step in steps_of(copy) for text in step.title.values())
    assert "\x00" not in copy.title["fr"]
    assert all(read_place(address) is not None for address in files_of(copy))
    assert settled(settled(copy)) == settled(copy)


def test_a_course_in_no_known_language_is_refused_with_a_sentence() -> None:
    with pytest.raises(BadInput, match="no language that is known"):
        adapted(replace(a_pack_course(), pages={"!": "p"}), "pack", COURSE, "fr")


@pytest.mark.parametrize(
    ("licence", "may_be"),
    [
        ("CC-BY-4.0", True),
        ("CC-BY-SA-4.0", True),
        ("CC-BY-NC-SA-4.0", True),
        ("CC0-1.0", True),
        ("GPL-3.0-or-later", True),
        ("Rwanda Education Board", True),
        ("", True),
        ("CC-BY-ND-4.0", False),
        ("cc by-nc-nd 3.0", False),
        ("https://creativecommons.org/licenses/by-nd/4.0/", False),
        ("No derivatives, please", False),
        ("All rights reserved", False),
    ],
)
def test_a_licence_that_forbids_changes_is_heeded(licence: str, may_be: bool) -> None:
    assert may_be == may_be_adapted(licence)
