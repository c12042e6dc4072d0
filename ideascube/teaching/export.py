"""A course made here as files of a pack's source (docs/formats/course.md): for collections, which build packs of them.

What was made here goes into the pack with it. What lies in other packs does not: such a lesson is a page that says
where it is to be found. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from content_packs.courses.model import (
    AnyQuestion,
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
from ideascube.teaching.places import InPack, OfCourse, OfCreation, OfMedia, read_place
from ideascube.teaching.question_forms import gaps_text, number_text
from ideascube.teaching.settling import settled
from ideascube.web.i18n import LANGUAGES, translations

FOLDER = "courses"  # of the source, in which each course has a folder called by its id


@dataclass(frozen=True, slots=True)
class Around:
    """What the pack has beside the course, by paths of its source.

    `languages` of the pack, its main one first. `creations`: id to the page or file that it became there (of a page
    without language and ending: `made/abc`). `media`: id to the file on this box. `packs`: id to title, of those that
    `places.packs_of` names.
    """

    languages: tuple[str, ...]
    creations: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, Path] = field(default_factory=dict)
    packs: Mapping[str, str] = field(default_factory=dict)


def creations_of(course: Course) -> list[str]:
    """The ids of what was made here and is a lesson of the course, each once, in their order."""
    pages = (page for module in course.modules for step in module.steps for page in step.pages.values())
    found = (read_place(page) for page in pages)
    return list(dict.fromkeys(place.id for place in found if isinstance(place, OfCreation)))


def course_source(course: Course, around: Around) -> dict[str, str | Path]:
    """The files of the course by their paths: texts to be written, files of this box. None where it has no lessons."""
    writing = _Writing(settled(course), around)
    written = writing.course()
    if "modules" not in written:
        return {}
    return {f"{writing.folder}/course.yml": _yaml(written), **writing.files}


class _Writing:
    """The files of one course while they come together."""

    def __init__(self, course: Course, around: Around) -> None:
        self._course, self._around = course, around
        self._languages = tuple(code for code in around.languages if code in course.pages) or around.languages[:1]
        self._main = around.languages[0]
        self._named: set[str] = set()
        self.folder = f"{FOLDER}/{course.id}"
        self.files: dict[str, str | Path] = {}

    def course(self) -> dict[str, Any]:
        course = self._course
        modules = (self._module(module) for module in course.modules)
        return _filled(
            id=course.id,
            title=self._texts(course.title),
            summary=self._texts(course.summary),
            audience=self._texts(course.audience),
            level=course.level,
            minutes=course.minutes,
            licence=course.licence,
            modules=[module for module in modules if {"lessons", "before", "after"} & module.keys()],
        )

    def _module(self, module: Module) -> dict[str, Any]:
        checks = {step.role: self._quiz_file(step) for step in module.steps if step.role}
        lessons = [self._lesson(step) for step in module.steps if not step.role]
        title = self._texts(module.title) or {self._main: _word(self._main, "Lessons")}
        return _filled(id=module.id, title=title, summary=self._texts(module.summary), lessons=lessons, **checks)

    def _lesson(self, step: Step) -> dict[str, Any]:
        file = self._quiz_file(step) if step.quiz else self._lesson_file(step)
        title = {} if step.quiz else {"title": self._texts(step.title)}
        return _filled(file=file, id=step.id, minutes=step.minutes, **title)

    def _lesson_file(self, step: Step) -> str:
        """Of what was made here its own file, the first time it is named; else a page that says where the lesson is."""
        found = (read_place(page) for page in step.pages.values())
        ids = (place.id for place in found if isinstance(place, OfCreation))
        there = next((self._around.creations[each] for each in ids if each in self._around.creations), "")
        if not there or there in self._named:
            return self._page_elsewhere(step)
        self._named.add(there)
        return f"../../{there}" if PurePosixPath(there).suffix else f"../../{there}.md"

    def _page_elsewhere(self, step: Step) -> str:
        for code in self._languages:
            title = step.title.get(code) or next(iter(step.title.values()), step.id)
            text = f"# {_line(title)}\n\n{_line(self._where(step, code))}\n"
            self.files[f"{self.folder}/{step.id}.{code}.md"] = text
        return f"{step.id}.md"

    def _where(self, step: Step, language: str) -> str:
        place = read_place(next(iter(step.pages.values()), ""))
        pack = place.pack if isinstance(place, InPack | OfCourse) else ""
        if not pack or pack == "~":
            return _word(language, "This lesson is on the box where the course was made.")
        return _word(language, "This lesson is in the pack “%(title)s”.") % {
            "title": self._around.packs.get(pack, pack)
        }

    def _quiz_file(self, step: Step) -> str:
        name = f"{step.quiz}.quiz.yml"
        quiz = next(quiz for quiz in self._course.quizzes if quiz.id == step.quiz)
        if f"{self.folder}/{name}" not in self.files:
            self.files[f"{self.folder}/{name}"] = _yaml(self._quiz(quiz))
        return name

    def _quiz(self, quiz: Quiz) -> dict[str, Any]:
        """In the languages in which it can be taken, and in the pack's main one, if need be in words of another."""
        first = next(iter(quiz.title))
        languages = {code: code for code in self._around.languages if code in quiz.title}
        languages = {self._main: languages.get(self._main, first), **languages}
        asked = _Asked(languages, self._picture)
        mark = f"{quiz.pass_mark}%" if quiz.pass_mark else ""
        questions = [asked.question(question) for question in quiz.questions]
        introduction = asked.texts(quiz.introduction)
        return _filled(title=asked.texts(quiz.title), introduction=introduction, questions=questions, **{"pass": mark})

    def _picture(self, address: str) -> str:
        """A picture or sound of this box, beside the quiz; empty for what is not there or in another pack."""
        place = read_place(address)
        file = self._around.media.get(place.id) if isinstance(place, OfMedia) else None
        if file is None or not isinstance(place, OfMedia):
            return ""
        name = f"pictures/{place.id[:16]}{file.suffix}"
        self.files[f"{self.folder}/{name}"] = file
        return name

    def _texts(self, texts: Texts) -> Texts:
        """In languages of the pack, its main one among them."""
        known = {code: texts[code] for code in self._languages if texts.get(code)}
        first = next(iter(known.values()), next(iter(texts.values()), ""))
        return {self._main: first, **known} if first else {}


@dataclass(frozen=True, slots=True)
class _Asked:
    """Questions in the languages of a quiz: each with the language whose words stand for it."""

    languages: Mapping[str, str]
    picture: Callable[[str], str]

    def texts(self, texts: Mapping[str, Any]) -> dict[str, Any]:
        """All of these languages, or nothing where one of them is missing."""
        found = {code: texts.get(words) for code, words in self.languages.items()}
        return dict(found) if all(found.values()) else {}

    def question(self, question: AnyQuestion) -> dict[str, Any]:
        return _filled(
            question=self.texts(question.text),
            id=question.id,
            picture=self.picture(question.picture),
            sound=self.picture(question.sound),
            when_right=self.texts(question.when_right),
            when_wrong=self.texts(question.when_wrong),
            explanation=self.texts(question.explanation),
            **self._answer(question),
        )

    def _answer(self, question: AnyQuestion) -> dict[str, Any]:
        match question:
            case ChoiceQuestion():
                several = "yes" if question.several else ""
                return {"choices": list(self._choices(question)), "several": several}
            case WordsQuestion():
                answers = {code: list(words) for code, words in question.answers.items()}
                return {"answer": self.texts(answers), "exact": "yes" if question.exact else ""}
            case NumberQuestion():
                within = number_text(question.within) if question.within else ""
                return {"number": number_text(question.number), "within": within, "unit": self.texts(question.unit)}
            case OrderQuestion():
                return {"order": [self.texts(item.text) for item in question.items]}
            case PairsQuestion():
                return {"pairs": [[self.texts(pair.left), self.texts(pair.right)] for pair in question.pairs]}
            case GapsQuestion():
                gaps = {code: gaps_text(pieces) for code, pieces in question.pieces.items()}
                return {"gaps": self.texts(gaps), "exact": "yes" if question.exact else ""}

    def _choices(self, question: ChoiceQuestion) -> Iterator[dict[str, Any]]:
        for choice in question.choices:
            said = {"right" if choice.right else "wrong": self.texts(choice.text)}
            yield _filled(**said, feedback=self.texts(choice.feedback), picture=self.picture(choice.picture))


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", None, {}, [])}


def _yaml(document: Mapping[str, Any]) -> str:
    """As JSON, which YAML 1.2 takes whole, whatever people wrote."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _line(text: str) -> str:
    """A text in Markdown that shows it as it is, on one line."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in " ".join(text.split()))


def _word(language: str, text: str) -> str:
    return translations(language).gettext(text) if language in LANGUAGES else text


def _(text: str) -> str:
    """Marks words for the catalogues; they are said by `_word` in the language of the page."""
    return text


_WORDS = (
    _("Lessons"),
    _("This lesson is on the box where the course was made."),
    _("This lesson is in the pack “%(title)s”."),
)
