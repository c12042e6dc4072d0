"""What is kept of a course: its lessons and quizzes as places, which `ideascube.progress` keeps, and what they tell.

A quiz keeps its best result; a check before a module keeps its first, which says what was known before.
"""

from __future__ import annotations

from content_packs.courses.model import Course, Step
from ideascube.courses.opening import OpenCourse
from ideascube.courses.standing import Standing
from ideascube.progress.places import Kind, Place, Progress


def standing_in(progress: Progress, pack_id: str, course: Course) -> Standing:
    """How far the holder of this progress is in a course."""
    prefix = f"{course.id}/"
    lessons = progress.below("lesson", pack_id, prefix)
    quizzes = progress.below("quiz", pack_id, prefix)
    return Standing(
        course,
        frozenset(place.path.removeprefix(prefix) for place in lessons if place.at > 0),
        {place.path.removeprefix(prefix): int(place.at) for place in quizzes},
        max((place.day for place in (*lessons, *quizzes)), default=""),
    )


def lesson_place(opened: OpenCourse, step: Step) -> Place:
    """That a lesson is done."""
    return _place("lesson", opened, step, 1, 1)


def quiz_place(opened: OpenCourse, step: Step, standing: Standing, percent: int) -> Place | None:
    """The result of a quiz, or None where one is kept that is to stay."""
    before = standing.results.get(step.id)
    if before is not None and (step.role == "before" or percent <= before):
        return None
    return _place("quiz", opened, step, percent, 100)


def _place(kind: Kind, opened: OpenCourse, step: Step, at: float, of: float) -> Place:
    """Without a title, which the course knows: so a browser's cookie has room for twice as many steps."""
    return Place(kind, opened.pack_id, f"{opened.course.id}/{step.id}", at, of)
