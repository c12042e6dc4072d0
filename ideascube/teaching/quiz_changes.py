"""Changes to a quiz and its questions, as `ideascube.teaching.changes` has them for a course. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from content_packs.courses.model import (
    MOST_QUESTIONS,
    AnyQuestion,
    Course,
    Module,
    Role,
    Texts,
)
from content_packs.errors import BadInput
from ideascube.courses.standing import steps_of
from ideascube.teaching.course_parts import (
    find_question,
    find_quiz,
    in_order,
    kept,
    moved,
    put,
    role_of,
    there,
)


@dataclass(frozen=True, slots=True)
class SetQuiz:
    """What a quiz says above its questions, how much is to be right, and where it stands in its module.

    `where` is empty among the lessons, `before` or `after` them, or `both`: `second` is the id of the further step.
    """

    id: str
    languages: tuple[str, ...]
    title: Texts
    introduction: Texts
    pass_mark: int | None
    where: str
    second: str

    def apply(self, course: Course) -> Course:
        quiz = there(find_quiz(course, self.id))
        title = kept(quiz.title, self.title, self.languages)
        quiz = replace(
            quiz,
            title=title,
            introduction=kept(quiz.introduction, self.introduction, self.languages),
            pass_mark=self.pass_mark,
        )
        modules = tuple(self._placed(module, title) for module in course.modules)
        return replace(course, quizzes=put(course.quizzes, quiz), modules=modules)

    def part(self, course: Course) -> object:
        quiz = find_quiz(course, self.id)
        return quiz and (replace(quiz, questions=()), [step for step in steps_of(course) if step.quiz == self.id])

    def _placed(self, module: Module, title: Texts) -> Module:
        mine = [step for step in module.steps if step.quiz == self.id]
        if not mine:
            return module
        roles: tuple[Role, ...] = ("before", "after") if self.where == "both" else (role_of(self.where),)
        ids = [step.id for step in mine]
        ids += [self.second] if self.second not in ids else []
        steps = [replace(mine[0], id=id_, title=title, role=role) for id_, role in zip(ids, roles, strict=False)]
        first = module.steps.index(mine[0])
        kept_before = [step for step in module.steps[:first] if step.quiz != self.id]
        kept_after = [step for step in module.steps[first:] if step.quiz != self.id]
        return replace(module, steps=in_order((*kept_before, *steps, *kept_after)))


@dataclass(frozen=True, slots=True)
class PutQuestion:
    """A question of a quiz; one that is not there yet comes last."""

    quiz: str
    question: AnyQuestion

    def apply(self, course: Course) -> Course:
        quiz = there(find_quiz(course, self.quiz))
        questions = put(quiz.questions, self.question)
        if len(questions) > max(MOST_QUESTIONS, len(quiz.questions)):
            raise BadInput(f"A quiz may have {MOST_QUESTIONS} questions: put this one into another quiz.")
        return replace(course, quizzes=put(course.quizzes, replace(quiz, questions=questions)))

    def part(self, course: Course) -> object:
        return find_question(course, self.quiz, self.question.id)


@dataclass(frozen=True, slots=True)
class MoveQuestion:
    """To place `to`, from 0."""

    quiz: str
    id: str
    to: int

    def apply(self, course: Course) -> Course:
        quiz = there(find_quiz(course, self.quiz))
        after = replace(quiz, questions=moved(quiz.questions, self.id, self.to))
        return replace(course, quizzes=put(course.quizzes, after))

    def part(self, course: Course) -> object:
        quiz = find_quiz(course, self.quiz)
        return quiz and [question.id for question in quiz.questions]


@dataclass(frozen=True, slots=True)
class RemoveQuestion:
    quiz: str
    id: str

    def apply(self, course: Course) -> Course:
        quiz = find_quiz(course, self.quiz)
        if quiz is None:
            return course
        left = tuple(question for question in quiz.questions if question.id != self.id)
        return replace(course, quizzes=put(course.quizzes, replace(quiz, questions=left)))

    def part(self, course: Course) -> object:
        return find_question(course, self.quiz, self.id)
