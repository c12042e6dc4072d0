"""Where a lesson or quiz stands in its course: what the pages of both show above and below."""

from __future__ import annotations

from dataclasses import dataclass

from content_packs.courses.model import Step
from ideascube.courses.addresses import step_address
from ideascube.courses.opening import OpenCourse
from ideascube.courses.standing import Standing, module_of, neighbours
from ideascube.items.wording import Worded


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The step before or after."""

    title: Worded
    address: str


@dataclass(frozen=True, slots=True)
class Trail:
    """`place` counts from 1; `languages` are those of the step, with the address of each."""

    course_title: Worded
    course_address: str
    module_title: Worded
    place: int
    total: int
    previous: Neighbour | None
    next: Neighbour | None
    languages: tuple[tuple[str, str], ...]
    is_done: bool


def trail_of(opened: OpenCourse, step: Step, standing: Standing) -> Trail:
    """For one step, as somebody sees it who is so far."""
    previous, following = neighbours(opened.course, step)
    return Trail(
        course_title=opened.say(opened.course.title),
        course_address=opened.address,
        module_title=opened.say(module_of(opened.course, step).title),
        place=standing.steps.index(step) + 1,
        total=len(standing.steps),
        previous=_neighbour(opened, previous),
        next=_neighbour(opened, following),
        languages=tuple((code, _in(code, opened, step)) for code in step.pages),
        is_done=standing.is_done(step),
    )


def _neighbour(opened: OpenCourse, step: Step | None) -> Neighbour | None:
    return None if step is None else Neighbour(opened.say(step.title), opened.step_address(step))


def _in(language: str, opened: OpenCourse, step: Step) -> str:
    return step_address(opened.pack_id, opened.course.id, step.id, language, opened.below)
