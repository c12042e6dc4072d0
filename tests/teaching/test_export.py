"""A course made here in a pack: built of its files, and the same course to learners."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from content_packs.build import build_pack
from content_packs.courses.model import (
    Course,
    GapsQuestion,
    Item,
    NumberQuestion,
    OrderQuestion,
    Pair,
    PairsQuestion,
    WordsQuestion,
)
from ideascube.courses.standing import steps_of
from ideascube.teaching.export import Around, course_source, creations_of
from ideascube.teaching.quiz_changes import PutQuestion, SetQuiz
from tests.content_packs.sources import write_files, write_picture
from tests.courses.sources import read_course_of
from tests.teaching.courses import CHECK, COURSE, FIRST, SECOND, a_course, a_question

PACK_YML = """\
id: made-here
title: {LANG: Fait ici}
description: {LANG: Un recueil}
languages: [fr, ar]
creator: Nous
publisher: Nous
date: 2026-11-02
licence: CC0-1.0
kind: collection
illustration: icon.png
"""
PICTURE = "media/" + "ab" * 32 + "/main"


def a_full_course() -> Course:
    """With a question of each kind, and checks before and after its lessons."""
    course = a_course()
    items = (Item(id="1", text={"fr": "a"}), Item(id="2", text={"fr": "b"}))
    pairs = (Pair(id="1", left={"fr": "a"}, right={"fr": "A"}), Pair(id="2", left={"fr": "b"}, right={"fr": "B"}))
    questions = (
        replace(a_question(), picture=PICTURE, explanation={"fr": "Une minute: c’est # assez"}),
        WordsQuestion(id="q2", text={"fr": "Que boire ?"}, answers={"fr": ("eau", "de l’eau")}, exact=True),
        NumberQuestion(id="q3", text={"fr": "Combien ?"}, number=0.5, within=0.1, unit={"fr": "litres"}),
        OrderQuestion(id="q4", text={"fr": "Ordre ?"}, items=items, shown=("2", "1")),
        PairsQuestion(id="q5", text={"fr": "Paires ?"}, pairs=pairs, shown=("2", "1")),
        GapsQuestion(id="q6", text={}, pieces={"fr": ("Une ", ("minute", "1 minute"), ".")}),
    )
    for question in questions:
        course = PutQuestion(CHECK, question).apply(course)
    return SetQuiz(CHECK, ("fr", "ar"), {"fr": "Questions"}, {"fr": "Voyons."}, 60, "both", "second0001").apply(course)


def build(folder: Path, course: Course, main: str = "fr") -> Course:
    """The course as a pack of it holds it."""
    source, picture = folder / "source", folder / "picture.png"
    source.mkdir()
    write_picture(source / "icon.png")
    write_picture(picture)
    languages = tuple(dict.fromkeys((main, "fr", "ar")))
    around = Around(languages, {"creation01": "made/creation01"}, {"ab" * 32: picture}, {"water": "Eau [saine]"})
    texts = {"pack.yml": PACK_YML.replace("LANG", main).replace("[fr, ar]", f"[{', '.join(languages)}]")}
    texts[f"made/creation01.{main}.md"] = "# Bouillir\n\nUne minute.\n"
    for path, content in course_source(course, around).items():
        if isinstance(content, Path):
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).write_bytes(content.read_bytes())
        else:
            texts[path] = content
    build_pack(write_files(source, texts), folder / "made-here.zim")
    return read_course_of(folder / "made-here.zim", COURSE)


def test_a_course_is_the_same_in_a_pack(tmp_path: Path) -> None:
    course = a_full_course()

    packed = build(tmp_path, course)

    assert course.title == packed.title
    assert [("before", ""), ("", FIRST), ("", SECOND), ("after", "")] == [
        (step.role, "" if step.quiz else step.id) for step in steps_of(packed)
    ]
    assert ["made/creation01.fr.html"] == list(steps_of(packed)[1].pages.values())
    quiz, before = packed.quizzes[0], course.quizzes[0]
    assert (60, {"fr": "Voyons."}) == (quiz.pass_mark, quiz.introduction)
    assert [(each.kind, each.id, each.text) for each in before.questions] == [
        (each.kind, each.id, each.text) for each in quiz.questions
    ]
    assert quiz.questions[0].picture.endswith(".png")
    assert [WordsQuestion, NumberQuestion, GapsQuestion] == [type(quiz.questions[place]) for place in (1, 2, 5)]
    assert before.questions[1] == quiz.questions[1]
    assert before.questions[2] == quiz.questions[2]
    assert before.questions[5] == quiz.questions[5]


def test_a_lesson_of_another_pack_says_where_it_is() -> None:
    files = course_source(a_course(), Around(("fr",), {}, {}, {"water": "Eau [saine]"}))

    elsewhere = "Cette leçon est dans le pack « Eau \\[saine\\] »."
    assert f"# Filtrer\n\n{elsewhere}\n" == files[f"courses/{COURSE}/{SECOND}.fr.md"]
    assert "sur la boîte" in str(files[f"courses/{COURSE}/{FIRST}.fr.md"])
    assert ["creation01"] == creations_of(a_course())


def test_a_course_goes_into_a_pack_in_whose_main_language_it_is_not(tmp_path: Path) -> None:
    packed = build(tmp_path, a_full_course(), main="sw")

    assert "L’eau" == packed.title["sw"]
    assert {"sw", "fr"} == set(packed.quizzes[0].title)


def test_a_course_without_lessons_is_no_course_of_a_pack() -> None:
    empty = replace(a_course(), modules=a_course().modules[:0], quizzes=())

    assert {} == course_source(empty, Around(("fr",)))
