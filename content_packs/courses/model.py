"""What a course is: modules of steps, which are lessons and quizzes, and quizzes of questions.

The types are those of the JSON entry that a pack holds for each course; `docs/formats/course.md` explains the fields.
Texts are by language (BCP 47); paths are those of entries in the pack.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, TypeVar

import msgspec

from content_packs.errors import BadInput

FORMAT = 1
FOLDER = "_pack/course/"
LIST = "_pack/courses.json"
SIZE_LIMIT = 4 * 1024 * 1024  # bytes; a course of a thousand questions in ten languages is a third of it

# What a stranger's pack may hold of anything: a page about it is to be made while others wait.
MOST = 1000  # courses of one pack
MOST_STEPS = 2000
MOST_QUESTIONS = 200  # of one quiz
MOST_PARTS = 40  # of a question; pairs show each with each

Texts = dict[str, str]
Role = Literal["", "before", "after"]
Struct = TypeVar("Struct", bound=msgspec.Struct)
Part = TypeVar("Part")
Parts = Annotated[tuple[Part, ...], msgspec.Meta(max_length=MOST_PARTS)]


class Choice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One choice of a question; `feedback` is for whoever takes it."""

    id: str
    text: Texts
    right: bool = False
    feedback: Texts = {}
    picture: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One of the things that are to be put in order."""

    id: str
    text: Texts


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two texts that belong together."""

    id: str
    left: Texts
    right: Texts


class Question(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """What all questions have; `explanation` is for everybody who has answered."""

    id: str
    text: Texts
    picture: str = ""
    sound: str = ""
    when_right: Texts = {}
    when_wrong: Texts = {}
    explanation: Texts = {}

    @property
    def kind(self) -> str:
        """As in the JSON: choice, words, number, order, pairs or gaps."""
        return str(self.__struct_config__.tag)


class ChoiceQuestion(Question, frozen=True, kw_only=True, tag="choice"):
    """One right choice is to be taken, or every right one where `several`."""

    choices: Parts[Choice]
    several: bool = False


class WordsQuestion(Question, frozen=True, kw_only=True, tag="words"):
    """A few words are to be written; `exact` where each letter counts."""

    answers: dict[str, tuple[str, ...]]
    exact: bool = False


class NumberQuestion(Question, frozen=True, kw_only=True, tag="number"):
    """A number is to be written, at most `within` away from the right one."""

    number: float
    within: float = 0
    unit: Texts = {}


class OrderQuestion(Question, frozen=True, kw_only=True, tag="order"):
    """The items, here in their right order, are to be put in order; `shown` is the order in which they are given."""

    items: Parts[Item]
    shown: Parts[str]


class PairsQuestion(Question, frozen=True, kw_only=True, tag="pairs"):
    """To each left text the right one is to be found; `shown` is the order in which the right ones are given."""

    pairs: Parts[Pair]
    shown: Parts[str]


class GapsQuestion(Question, frozen=True, kw_only=True, tag="gaps"):
    """A text with gaps: its pieces are either text or the words that are right in a gap."""

    pieces: dict[str, tuple[str | tuple[str, ...], ...]]
    exact: bool = False

    def gaps(self, language: str) -> tuple[tuple[str, ...], ...]:
        """The words that are right in each gap."""
        return tuple(piece for piece in self.pieces.get(language, ()) if not isinstance(piece, str))


AnyQuestion = ChoiceQuestion | WordsQuestion | NumberQuestion | OrderQuestion | PairsQuestion | GapsQuestion


class Quiz(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Questions in their order; `pass_mark` in percent of them, or None where having answered is enough."""

    id: str
    title: Texts
    questions: Annotated[tuple[AnyQuestion, ...], msgspec.Meta(max_length=MOST_QUESTIONS)]
    introduction: Texts = {}
    pass_mark: int | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it is complete."""
        return tuple(self.title)


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file that belongs to a lesson."""

    path: str
    title: Texts


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A lesson, or a quiz (`quiz` is its id). `role` says that the quiz comes before or after its whole module."""

    id: str
    title: Texts
    pages: dict[str, str]
    quiz: str = ""
    role: Role = ""
    minutes: int | None = None
    attachments: tuple[Attachment, ...] = ()


class Module(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Steps in their order. The title is empty where a course is not divided."""

    id: str
    steps: tuple[Step, ...]
    title: Texts = {}
    summary: Texts = {}
    minutes: int | None = None


class Course(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A whole course, its quizzes with their answers included. `picture` is the path of the one to know it by."""

    format: int
    id: str
    title: Texts
    pages: dict[str, str]
    modules: tuple[Module, ...]
    quizzes: tuple[Quiz, ...] = ()
    summary: Texts = {}
    audience: Texts = {}
    level: str = ""
    minutes: int | None = None
    licence: str = ""
    picture: str = ""


def json_path(course: str) -> str:
    """Where a pack holds the course of that id."""
    return f"{FOLDER}{course}.json"


class CourseList(msgspec.Struct, frozen=True, kw_only=True):
    """Which courses a pack holds, by their ids: a ZIM file cannot be asked what lies below a folder."""

    format: int
    courses: tuple[str, ...]


def write_course(course: Course) -> bytes:
    """The JSON of a course, one form for one course. Raises BadInput for more of anything than readers take."""
    raw = msgspec.json.format(msgspec.json.encode(course, order="deterministic"), indent=1)
    read_course(raw, f"The course {course.id}")
    return raw


def write_list(ids: Iterable[str]) -> bytes:
    """The JSON of the list of a pack's courses."""
    return msgspec.json.encode(CourseList(format=FORMAT, courses=tuple(ids)))


def read_list(raw: bytes, name: str) -> tuple[str, ...]:
    """The ids that such JSON holds. Raises BadInput as `read_course` does."""
    listed = _read(raw, name, CourseList, "no list of courses")
    _refuse_newer(listed.format, name)
    return tuple(dict.fromkeys(listed.courses))[:MOST]


def read_course(raw: bytes, name: str) -> Course:
    """The course that JSON holds; fields that are not known are passed over.

    Raises BadInput, speaking of `name`, for what is no course or has a format that is newer than this program.
    """
    course = _read(raw, name, Course, "no course")
    _refuse_newer(course.format, name)
    if sum(len(module.steps) for module in course.modules) > MOST_STEPS:
        raise BadInput(f"{name} has more than {MOST_STEPS} lessons and quizzes: make several courses of it.")
    return course


def _read(raw: bytes, name: str, type_: type[Struct], what: str) -> Struct:
    if len(raw) > SIZE_LIMIT:
        raise BadInput(f"{name} is larger than {SIZE_LIMIT // 1024 // 1024} MiB, which no course is: build it again.")
    try:
        return msgspec.json.decode(raw, type=type_)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"{name} is {what} that can be read ({error}): build its pack again.") from error


def _refuse_newer(format_: int, name: str) -> None:
    if format_ > FORMAT:
        raise BadInput(f"{name} has format {format_}, and this program knows {FORMAT}: bring it up to date.")
