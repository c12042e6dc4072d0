"""Courses made on the box as they are kept: versions, two people at once, what learners see of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_packs.courses.model import Course, Module
from content_packs.errors import BadInput
from ideascube.box_db.database import box_database
from ideascube.box_db.own_courses import (
    MOST_VERSIONS,
    Stale,
    add_course,
    list_courses,
    load_course,
    load_version,
    publish_course,
    published,
    published_courses,
    remove_course,
    versions,
    withdraw_course,
)
from ideascube.box_db.random_ids import new_id
from ideascube.teaching.changes import AddStep, Change, MoveStep, RemoveStep, ReturnTo, SetModule, SetStep
from ideascube.teaching.model import OwnCourse
from ideascube.teaching.quiz_changes import PutQuestion
from tests.teaching.courses import (
    AMINA,
    BORIS,
    CHECK,
    COURSE,
    FIRST,
    SECOND,
    a_course,
    a_question,
    add,
    change,
    lesson,
    writing,
)


def rename(title: str, step: str = FIRST) -> SetStep:
    return SetStep(step, ("fr",), {"fr": title}, None)


def titles(course: OwnCourse | Stale | None) -> list[str]:
    assert isinstance(course, OwnCourse)
    return [step.title["fr"] for module in course.course.modules for step in module.steps]


def test_a_course_is_kept_as_it_was_made(tmp_path: Path) -> None:
    made = add(tmp_path)

    with box_database(tmp_path / "box.db") as connection:
        assert made == load_course(connection, COURSE)
        assert [made] == list_courses(connection)
        assert ("draft", 1, None, AMINA.person) == (made.state, made.version, made.published, made.owner)


def test_a_form_that_is_sent_twice_makes_one_course(tmp_path: Path) -> None:
    add(tmp_path)
    add(tmp_path)

    with box_database(tmp_path / "box.db") as connection:
        assert 1 == len(list_courses(connection))


def test_each_change_is_a_version_and_the_same_once_more_is_none(tmp_path: Path) -> None:
    add(tmp_path)

    first = change(tmp_path, 1, rename("Faire bouillir"))
    again = change(tmp_path, 1, rename("Faire bouillir"))

    assert ["Faire bouillir", "Filtrer", "Questions"] == titles(first)
    assert first == again
    with box_database(tmp_path / "box.db") as connection:
        assert [2, 1] == [line.version for line in versions(connection, COURSE)]
        assert a_course().title == (load_version(connection, COURSE, 1) or a_course("")).title


def test_two_people_who_change_different_parts_are_not_in_each_others_way(tmp_path: Path) -> None:
    add(tmp_path)
    change(tmp_path, 1, rename("Faire bouillir"))

    both = change(tmp_path, 1, rename("Bien filtrer", SECOND), BORIS)
    more = change(tmp_path, 1, PutQuestion(CHECK, a_question("question02")), BORIS)

    assert ["Faire bouillir", "Bien filtrer", "Questions"] == titles(both)
    assert isinstance(more, OwnCourse)
    assert 2 == len(more.course.quizzes[0].questions)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (rename("A"), rename("B")),
        (RemoveStep(FIRST), rename("B")),
        (rename("A"), RemoveStep(FIRST)),
        (PutQuestion(CHECK, a_question(text="A")), PutQuestion(CHECK, a_question(text="B"))),
        (PutQuestion(CHECK, a_question(text="A")), RemoveStep(CHECK)),
    ],
)
def test_the_second_of_two_who_change_one_part_is_told_and_nothing_is_written(
    tmp_path: Path, first: Change, second: Change
) -> None:
    add(tmp_path)
    before = change(tmp_path, 1, first, BORIS)

    told = change(tmp_path, 1, second)

    assert Stale(before, BORIS.person) == told
    with box_database(tmp_path / "box.db") as connection:
        assert before == load_course(connection, COURSE)


def test_learners_see_the_version_that_was_published_until_the_next_one_is(tmp_path: Path) -> None:
    add(tmp_path)
    with writing(tmp_path) as connection:
        publish_course(connection, COURSE, 1)
    change(tmp_path, 1, rename("Faire bouillir"))

    with writing(tmp_path) as connection:
        seen = published_courses(connection, [COURSE])
        stale = publish_course(connection, COURSE, 1)
        publish_course(connection, COURSE, 2)
        seen_later = published_courses(connection, [COURSE])
        withdraw_course(connection, COURSE)

        assert "Bouillir" == titles(seen[0])[0]
        assert isinstance(stale, Stale)
        assert "Faire bouillir" == titles(seen_later[0])[0]
        assert [] == published(connection)
        now = load_course(connection, COURSE)
        assert now is not None
        assert ("withdrawn", None) == (now.state, now.published)


def test_the_version_that_learners_see_outlives_any_number_of_drafts(tmp_path: Path) -> None:
    add(tmp_path)
    with writing(tmp_path) as connection:
        publish_course(connection, COURSE, 1)
    for number in range(1, MOST_VERSIONS + 5):
        change(tmp_path, number, rename(f"Titre {number}"))

    with box_database(tmp_path / "box.db") as connection:
        kept = [line.version for line in versions(connection, COURSE)]
        seen = published_courses(connection, [COURSE])

    assert 1 == kept[-1]
    assert MOST_VERSIONS + 2 >= len(kept)
    assert "Bouillir" == titles(seen[0])[0]


def test_an_earlier_version_comes_back_as_a_new_one(tmp_path: Path) -> None:
    add(tmp_path)
    change(tmp_path, 1, RemoveStep(CHECK))

    back = change(tmp_path, 2, ReturnTo(a_course_of(tmp_path, 1)))

    assert ["Bouillir", "Filtrer", "Questions"] == titles(back)


def a_course_of(folder: Path, version: int) -> Course:
    with box_database(folder / "box.db") as connection:
        found = load_version(connection, COURSE, version)
    assert found is not None
    return found


def test_only_what_learners_do_not_see_can_be_removed(tmp_path: Path) -> None:
    add(tmp_path)
    with writing(tmp_path) as connection:
        publish_course(connection, COURSE, 1)

        assert not remove_course(connection, COURSE)

        withdraw_course(connection, COURSE)
        assert remove_course(connection, COURSE)
        assert [] == versions(connection, COURSE)


def test_a_course_of_2000_steps_is_kept_and_one_more_is_refused(tmp_path: Path) -> None:
    course = a_course()
    module = course.modules[0]
    steps = tuple(lesson(f"step{number:06}", "Leçon", "items/creation01") for number in range(2000))
    course = Course(
        format=1, id=COURSE, title=course.title, pages=course.pages, modules=(Module(id=module.id, steps=steps),)
    )
    add(tmp_path, course)

    moved = change(tmp_path, 1, MoveStep(steps[-1].id, module.id, 0))

    assert isinstance(moved, OwnCourse)
    assert steps[-1] == moved.course.modules[0].steps[0]
    with pytest.raises(BadInput, match="2000 lessons and quizzes"):
        change(tmp_path, 2, AddStep(module.id, lesson(new_id(), "Zu viel", "items/x")))


def test_texts_that_no_course_needs_are_refused(tmp_path: Path) -> None:
    add(tmp_path)
    long = {"fr": "é" * 3_000_000}

    with pytest.raises(BadInput, match="4 MB of texts"):
        change(tmp_path, 1, SetModule(new_id(), ("fr",), long, {}))


def test_a_box_takes_a_bounded_number_of_courses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ideascube.box_db.own_courses.MOST_COURSES", 1)
    add(tmp_path)

    with writing(tmp_path) as connection, pytest.raises(BadInput, match="remove one that nobody needs"):
        add_course(connection, a_course("another001"), AMINA)
