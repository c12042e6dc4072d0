"""Courses that tests change, and who changes them; not tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from content_packs.courses.model import Choice, ChoiceQuestion, Course, Quiz, Step
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.own_courses import By, Stale, add_course, change_course
from ideascube.teaching.changes import AddStep, Change
from ideascube.teaching.model import OwnCourse, new_course, own_page

AMINA, BORIS = By(1, 1_700_000_000), By(2, 1_700_000_060)
COURSE = "abcdefgh12"
FIRST, SECOND, CHECK = "lesson0001", "lesson0002", "quiz000001"


@contextmanager
def writing(folder: Path) -> Iterator[sqlite3.Connection]:
    """The box's database within one transaction."""
    with box_database(folder / "box.db") as connection, transaction(connection):
        yield connection


def a_course(course_id: str = COURSE) -> Course:
    """In French and Arabic, with two lessons and a quiz of one question."""
    course = new_course(course_id, {"fr": "L’eau", "ar": "الماء"})
    module = course.modules[0].id
    for change in (
        AddStep(module, lesson(FIRST, "Bouillir", "items/creation01")),
        AddStep(module, lesson(SECOND, "Filtrer", "content/water/filter.html")),
        AddStep(module, quiz_step(), a_quiz()),
    ):
        course = change.apply(course)
    return course


def lesson(step_id: str, title: str, page: str) -> Step:
    return Step(id=step_id, title={"fr": title}, pages={"fr": page})


def quiz_step() -> Step:
    return Step(id=CHECK, title={"fr": "Questions"}, pages={"fr": own_page(COURSE, CHECK)}, quiz=CHECK)


def a_quiz() -> Quiz:
    return Quiz(id=CHECK, title={"fr": "Questions"}, questions=(a_question(),))


def a_question(question_id: str = "question01", text: str = "Quelle eau ?") -> ChoiceQuestion:
    choices = (Choice(id="1", text={"fr": "bouillie"}, right=True), Choice(id="2", text={"fr": "trouble"}))
    return ChoiceQuestion(id=question_id, text={"fr": text}, choices=choices)


def add(folder: Path, course: Course | None = None) -> OwnCourse:
    with writing(folder) as connection:
        return add_course(connection, course or a_course(), AMINA)


def change(folder: Path, base: int, what: Change, by: By = AMINA) -> OwnCourse | Stale | None:
    with writing(folder) as connection:
        return change_course(connection, COURSE, base, what, by)
