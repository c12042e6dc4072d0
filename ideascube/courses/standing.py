"""How far somebody is in a course: what is done, what comes next, what was learnt, what is missing. Pure.

A lesson is done when its reader says so. A quiz is done when it was passed, or only answered where it has no pass mark
or comes before its module: a check before one has learnt anything cannot be failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from content_packs.courses.model import Course, Module, Quiz, Step


@dataclass(frozen=True, slots=True)
class Learnt:
    """The results of one quiz before and after a module, in percent."""

    before: int
    after: int


@dataclass(frozen=True)
class Standing:
    """What somebody has done of a course: `read` are ids of lessons, `results` percent by the id of a quiz's step.

    `day` (YYYY-MM-DD) is that of the last of them, or empty.
    """

    course: Course
    read: frozenset[str] = frozenset()
    results: Mapping[str, int] = field(default_factory=dict)
    day: str = ""

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return steps_of(self.course)

    @cached_property
    def _marks(self) -> Mapping[str, int | None]:
        """The pass mark of each quiz; None where having answered is enough."""
        return {quiz.id: quiz.pass_mark for quiz in reversed(self.course.quizzes)}

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(map(self.is_done, self.steps))

    @property
    def has_begun(self) -> bool:
        return any(step.id in self.read or step.id in self.results for step in self.steps)

    def is_done(self, step: Step) -> bool:
        if not step.quiz:
            return step.id in self.read
        result = self.results.get(step.id)
        mark = self.pass_mark(step)
        return result is not None and (mark is None or result >= mark)

    def is_tried(self, step: Step) -> bool:
        """Whether a quiz was taken and not passed."""
        return step.id in self.results and not self.is_done(step)

    def pass_mark(self, step: Step) -> int | None:
        """Of a quiz, in percent; None where having answered is enough."""
        return None if step.role == "before" else self._marks.get(step.quiz)

    @cached_property
    def next(self) -> Step | None:
        """The first step that was never taken, then the first that is not done; None where all are.

        Nobody is sent back to a quiz while there is something new.
        """
        return self._newest(self._left)

    @cached_property
    def _left(self) -> list[Step]:
        return [step for step in self.steps if not self.is_done(step) and not self._comes_too_late(step)]

    def _comes_too_late(self, step: Step) -> bool:
        """Whether it asks what was known before, of somebody who was asked already what they have learnt."""
        after = _step_with(module_of(self.course, step).steps, "after") if step.role == "before" else None
        return after is not None and after.id in self.results

    def _newest(self, steps: list[Step]) -> Step | None:
        return next((step for step in steps if not self.is_tried(step)), next(iter(steps), None))

    def after(self, step: Step) -> Step | None:
        """What to go on with after a step: the one that follows, else what is left; None where the course is finished.

        Whoever came back for what was left is not led through the rest once more.
        """
        _, following = neighbours(self.course, step)
        if following in self._left:
            return following
        return None if self.is_finished else self._newest([other for other in self._left if other != step])

    @cached_property
    def missing(self) -> tuple[Step, ...]:
        """What a certificate still needs: lessons, and quizzes with a pass mark."""
        needed = (step for step in self.steps if not step.quiz or self.pass_mark(step) is not None)
        return tuple(step for step in needed if not self.is_done(step))

    @property
    def is_finished(self) -> bool:
        """Nobody has finished what they have not begun, be there nothing in it that has to be done."""
        return self.has_begun and not self.missing

    def learnt(self, module: Module) -> Learnt | None:
        """What a module taught, where the same quiz was taken before and after it."""
        before, after = _step_with(module.steps, "before"), _step_with(module.steps, "after")
        if before is None or after is None or before.quiz != after.quiz:
            return None
        results = self.results.get(before.id), self.results.get(after.id)
        return None if results[0] is None or results[1] is None else Learnt(results[0], results[1])


def steps_of(course: Course) -> tuple[Step, ...]:
    return tuple(step for module in course.modules for step in module.steps)


def languages_of(course: Course) -> frozenset[str]:
    """Those in which the course has a page, or one of its steps has."""
    return frozenset(course.pages).union(*(step.pages for step in steps_of(course)))


def find_step(course: Course, step_id: str) -> Step | None:
    return next((step for step in steps_of(course) if step.id == step_id), None)


def neighbours(course: Course, step: Step) -> tuple[Step | None, Step | None]:
    """The steps before and after one."""
    steps = (None, *steps_of(course), None)
    place = steps.index(step)
    return steps[place - 1], steps[place + 1]


def module_of(course: Course, step: Step) -> Module:
    return next(module for module in course.modules if step in module.steps)


def quiz_of(course: Course, step: Step) -> Quiz | None:
    """The quiz that a step is, or None for a lesson, and where a course has lost its quiz."""
    return next((quiz for quiz in course.quizzes if step.quiz and quiz.id == step.quiz), None)


def _step_with(steps: Iterable[Step], role: str) -> Step | None:
    return next((step for step in steps if step.quiz and step.role == role), None)
