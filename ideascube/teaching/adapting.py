"""A course of a pack made one's own: its texts and questions are copied, its lessons lead to the pack's pages. Pure.

Whatever a stranger's pack holds becomes a course that keeps this box's own bounds: its ids are drawn anew, so that no
two of them are the same, languages that are none are left out, and long texts end where texts of forms do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from content_packs.courses.model import (
    FORMAT,
    MOST_STEPS,
    AnyQuestion,
    Attachment,
    ChoiceQuestion,
    Course,
    GapsQuestion,
    Module,
    NumberQuestion,
    OrderQuestion,
    PairsQuestion,
    Quiz,
    Step,
    Texts,
    WordsQuestion,
)
from content_packs.errors import BadInput
from content_packs.languages import is_bcp47
from ideascube.box_db.random_ids import new_id
from ideascube.teaching.changes import MOST_MODULES
from ideascube.teaching.fields import unseen_left_out, writable
from ideascube.teaching.model import LONGEST, MOST_LANGUAGES, own_page
from ideascube.teaching.places import InPack
from ideascube.teaching.question_forms import MOST_ANSWERS, Pieces
from ideascube.teaching.questions import shuffled

Part = TypeVar("Part")

_CLOSED = re.compile(r"\bnd\b|-nd-|-nd$|no-?deriv|all-rights-reserved")


def may_be_adapted(licence: str) -> bool:
    """Whether a licence lets others change the work: with “no derivatives” or all rights reserved it does not."""
    said = re.sub("[^a-z]+", "-", licence.casefold())
    return not _CLOSED.search(said)


def adapted(course: Course, pack: str, course_id: str, main: str) -> Course:
    """The course as one made here, of that id, its `main` language first. Raises BadInput where it is in none."""
    known = (code for code in course.pages if is_bcp47(code))
    languages = tuple(sorted(known, key=lambda code: code != main))[:MOST_LANGUAGES]
    if not languages:
        raise BadInput("This course is in no language that is known here: it cannot be adapted.")
    copying = _Copying(pack, course_id)
    return Course(
        format=FORMAT,
        id=course_id,
        title=copying.texts(course.title) or {languages[0]: course.id[:100] or "…"},
        pages={code: own_page(course_id) for code in languages},
        modules=copying.modules(course.modules),
        quizzes=copying.quizzes(course.quizzes),
        summary=copying.texts(course.summary),
        audience=copying.texts(course.audience),
        level=course.level if course.level in ("beginner", "intermediate", "advanced") else "",
        minutes=course.minutes if course.minutes and 0 < course.minutes <= 10_000 else None,
        licence=writable(course.licence)[:200],
        picture=copying.path(course.picture),
    )


class _Copying:
    """What the copies of one course have in common: each quiz has one new id, wherever it stands."""

    def __init__(self, pack: str, course_id: str) -> None:
        self._pack, self._course_id = pack, course_id
        self._ids: dict[str, str] = {}

    def modules(self, modules: Iterable[Module]) -> tuple[Module, ...]:
        room, found = MOST_STEPS, []
        for module in tuple(modules)[:MOST_MODULES]:
            steps = tuple(map(self._step, module.steps[:room]))
            room -= len(steps)
            found.append(
                Module(id=new_id(), steps=steps, title=self.texts(module.title), summary=self.texts(module.summary))
            )
        return tuple(found) or (Module(id=new_id(), steps=()),)

    def quizzes(self, quizzes: Iterable[Quiz]) -> tuple[Quiz, ...]:
        """Those that a step has; of two that are called the same the first, as learners see it."""
        known = {quiz.id: quiz for quiz in reversed(tuple(quizzes))}
        return tuple(self._quiz(known[old], new) for old, new in self._ids.items() if old in known)

    def texts(self, texts: Texts) -> Texts:
        return {code: writable(text)[:LONGEST] for code, text in texts.items() if is_bcp47(code) and text.strip()}

    def _step(self, step: Step) -> Step:
        quiz = self._ids.setdefault(step.quiz, new_id()) if step.quiz else ""
        step_id = new_id()
        languages = [code for code in step.pages if is_bcp47(code)] or ["und"]
        page = own_page(self._course_id, step_id)
        pages = {code: page if quiz else self.path(step.pages[code]) for code in languages if code in step.pages}
        return Step(
            id=step_id,
            title=self.texts(step.title) or {languages[0]: step.id[:100] or "…"},
            pages=pages,
            quiz=quiz,
            role=step.role if quiz else "",
            minutes=step.minutes if step.minutes and 0 < step.minutes <= 1000 else None,
            attachments=tuple(
                Attachment(path=self.path(each.path), title=self.texts(each.title)) for each in step.attachments[:40]
            ),
        )

    def _quiz(self, quiz: Quiz, new: str) -> Quiz:
        mark = quiz.pass_mark if quiz.pass_mark and 1 <= quiz.pass_mark <= 100 else None
        return Quiz(
            id=new,
            title=self.texts(quiz.title),
            introduction=self.texts(quiz.introduction),
            pass_mark=mark,
            questions=tuple(map(self._question, quiz.questions)),
        )

    def _question(self, question: AnyQuestion) -> AnyQuestion:
        copied = replace(
            question,
            id=new_id(),
            text=self.texts(question.text),
            picture=self.path(question.picture),
            sound=self.path(question.sound),
            when_right=self.texts(question.when_right),
            when_wrong=self.texts(question.when_wrong),
            explanation=self.texts(question.explanation),
        )
        match copied:
            case ChoiceQuestion():
                return self._choices(copied)
            case WordsQuestion():
                answers = {code: _words(words) for code, words in copied.answers.items() if is_bcp47(code)}
                return replace(copied, answers=answers)
            case NumberQuestion():
                return replace(copied, unit=self.texts(copied.unit), within=abs(copied.within))
            case OrderQuestion():
                items = tuple(replace(item, id=n, text=self.texts(item.text)) for n, item in _numbered(copied.items))
                return replace(copied, items=items, shown=shuffled(copied.id, [item.id for item in items]))
            case PairsQuestion():
                return self._pairs(copied)
            case GapsQuestion():
                pieces = {code: _pieces(each) for code, each in copied.pieces.items() if is_bcp47(code)}
                return replace(copied, pieces=pieces)

    def _choices(self, question: ChoiceQuestion) -> ChoiceQuestion:
        choices = tuple(
            replace(
                choice,
                id=number,
                text=self.texts(choice.text),
                feedback=self.texts(choice.feedback),
                picture=self.path(choice.picture),
            )
            for number, choice in _numbered(question.choices)
        )
        several = question.several or sum(choice.right for choice in choices) > 1
        return replace(question, choices=choices, several=several)

    def _pairs(self, question: PairsQuestion) -> PairsQuestion:
        pairs = tuple(
            replace(pair, id=number, left=self.texts(pair.left), right=self.texts(pair.right))
            for number, pair in _numbered(question.pairs)
        )
        return replace(question, pairs=pairs, shown=shuffled(question.id, [pair.id for pair in pairs]))

    def path(self, path: str) -> str:
        return InPack(self._pack, path).address if path else ""


def _numbered(parts: Sequence[Part]) -> Iterator[tuple[str, Part]]:
    """Each with its number from 1, as rows of a form are called."""
    return ((str(number), part) for number, part in enumerate(parts, 1))


def _words(words: Iterable[str]) -> tuple[str, ...]:
    found = (" ".join(writable(word).split()) for word in words)
    return tuple(filter(None, found))[:MOST_ANSWERS]


def _pieces(pieces: Iterable[str | tuple[str, ...]]) -> Pieces:
    """At most as many as a text of that length can have; a gap of which nothing is left is none."""
    found = (unseen_left_out(piece)[:LONGEST] if isinstance(piece, str) else _words(piece) for piece in pieces)
    return tuple(piece for piece in found if piece)[:LONGEST]
