"""How far somebody is in a course: what comes next, what is done, what was learnt, what a certificate needs."""

from __future__ import annotations

import pytest

from content_packs.courses.model import Course, Module, Quiz, Role, Step, WordsQuestion
from ideascube.courses.keeping import standing_in
from ideascube.courses.standing import Learnt, Standing, find_step, languages_of, neighbours, quiz_of
from ideascube.progress.places import Place, Progress


def lesson(id_: str) -> Step:
    return Step(id=id_, title={"fr": id_}, pages={"fr": f"{id_}.html"})


def quiz_step(quiz: str, role: Role = "") -> Step:
    id_ = f"{quiz}:{role}" if role else quiz
    return Step(id=id_, title={"fr": quiz}, pages={"fr": f"{id_}.html"}, quiz=quiz, role=role)


def quiz(id_: str, pass_mark: int | None) -> Quiz:
    question = WordsQuestion(id="q1", text={"fr": "?"}, answers={"fr": ("oui",)})
    return Quiz(id=id_, title={"fr": id_}, questions=(question,), pass_mark=pass_mark)


WATER = (quiz_step("water", "before"), lesson("boil"), lesson("sun"), quiz_step("water", "after"))
HANDS = (lesson("soap"), quiz_step("game"))
COURSE = Course(
    format=1, id="c", title={"fr": "C", "en": "C"}, pages={"fr": "course.html"},
    modules=(Module(id="water", steps=WATER), Module(id="hands", steps=HANDS)),
    quizzes=(quiz("water", 60), quiz("game", None)),
)  # fmt: skip


def at(*read: str, **results: int) -> Standing:
    """Who read these lessons and has these results; the names of checks with `_` for their `:`."""
    return Standing(COURSE, frozenset(read), {name.replace("_", ":"): result for name, result in results.items()})


@pytest.mark.parametrize(
    ("standing", "following"),
    [
        (at(), "water:before"),
        (at(water_before=0), "boil"),
        (at("sun"), "water:before"),
        (at("boil", "sun", water_before=100), "water:after"),
        (at("boil", "sun", water_before=0, water_after=59), "soap"),  # what is new comes before what went wrong
        (at("boil", "sun", "soap", water_before=0, water_after=59, game=0), "water:after"),
        (at("boil", "sun", "soap", water_before=0, water_after=60, game=0), None),
        (at("boil", "sun", "soap", water_after=60, game=0), None),  # too late to ask what was known before
    ],
)
def test_what_comes_next(standing: Standing, following: str | None) -> None:
    step = standing.next

    assert following == (step and step.id)


@pytest.mark.parametrize(
    ("standing", "step", "following"),
    [
        (at(water_before=0), WATER[0], "boil"),
        (at("boil", "sun", water_before=0, water_after=0), WATER[3], "soap"),
        (at("boil", "sun", "soap", water_before=0, game=0), WATER[0], "water:after"),  # not through the rest once more
        (at("boil", "soap", water_before=0, water_after=0, game=0), HANDS[1], "sun"),
        (at("boil", "sun", "soap", water_before=0, water_after=0, game=0), WATER[3], None),
        (at("boil", "sun", "soap", water_after=60), WATER[3], None),  # the certificate waits
    ],
)
def test_what_follows_a_step(standing: Standing, step: Step, following: str | None) -> None:
    found = standing.after(step)

    assert following == (found and found.id)


@pytest.mark.parametrize(
    ("standing", "missing"),
    [
        (at(), ["boil", "sun", "water:after", "soap"]),
        (at("boil", "sun", "soap", water_after=59), ["water:after"]),
        (at("boil", "sun", "soap", water_after=60), []),  # neither the check before nor the quiz without a pass mark
    ],
)
def test_what_a_certificate_needs(standing: Standing, missing: list[str]) -> None:
    assert missing == [step.id for step in standing.missing]
    assert standing.is_finished == (missing == [])


def test_a_check_before_cannot_be_failed_and_a_quiz_can() -> None:
    standing = at(water_before=0, water_after=59, game=0)

    assert ["water:before", "game"] == [step.id for step in standing.steps if standing.is_done(step)]
    assert ["water:after"] == [step.id for step in standing.steps if standing.is_tried(step)]
    assert 2 == standing.done


def test_what_was_learnt_shows_once_both_checks_were_taken() -> None:
    module, other = COURSE.modules

    assert Learnt(40, 80) == at(water_before=40, water_after=80).learnt(module)
    assert Learnt(40, 0) == at(water_before=40, water_after=0).learnt(module)
    assert None is at(water_before=40).learnt(module)
    assert None is at(game=100).learnt(other)


def test_who_has_tried_anything_has_begun() -> None:
    assert [False, True, True, False] == [one.has_begun for one in (at(), at("sun"), at(game=0), at("elsewhere"))]


def test_steps_know_their_neighbours() -> None:
    found = find_step(COURSE, "soap")
    assert found is not None

    assert ["water:after", "game"] == [step and step.id for step in neighbours(COURSE, found)]
    assert None is neighbours(COURSE, WATER[0])[0]
    assert None is find_step(COURSE, "none")
    assert {"fr"} == languages_of(COURSE)


def test_what_was_never_begun_is_not_finished() -> None:
    game = Course(
        format=1, id="g", title={}, pages={}, modules=(Module(id="m", steps=HANDS[1:]),), quizzes=COURSE.quizzes
    )

    assert [False, True] == [Standing(game, results=results).is_finished for results in ({}, {"game": 0})]


def test_a_step_whose_quiz_is_gone_is_a_lesson_to_look_at() -> None:
    assert None is quiz_of(COURSE, quiz_step("lost"))


def test_a_certificate_bears_the_day_of_the_last_step() -> None:
    steps = [Place("quiz", "pack", f"{COURSE.id}/q", 80, 100, day="2026-02-01")]
    steps += [Place("lesson", "pack", f"{COURSE.id}/a", 1, 1, day="2026-03-09")]
    elsewhere = Place("lesson", "pack", "another/a", 1, 1, day="2026-05-01")

    assert "2026-03-09" == standing_in(Progress([*steps, elsewhere]), "pack", COURSE).day
