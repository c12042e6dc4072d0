"""A course that was made on this box: the course itself, in what state it is, and of what it was made. Pure."""

from __future__ import annotations

from typing import Literal

import msgspec

from content_packs.courses.model import FORMAT, Course, Module, Texts
from ideascube.box_db.random_ids import new_id

State = Literal["draft", "published", "withdrawn"]

MOST_COURSES = 1000  # made on one box; each is listed with all others
LONGEST = 5000  # characters of one text
MOST_LANGUAGES = 20  # of one course


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The course of a pack that a course here was made of, as its licence asks to name it."""

    pack: str
    course: str
    version: str
    title: Texts
    authors: str
    licence: str


class OwnCourse(msgspec.Struct, frozen=True, kw_only=True):
    """`course` is `version`, the newest, on which people work; learners see `published`, or nothing where it is None.

    `owner`: a person's number, also after that account was removed.
    """

    id: str
    owner: int
    state: State
    version: int
    published: int | None
    course: Course
    origin: Origin | None = None

    @property
    def is_seen(self) -> bool:
        """Whether learners see it."""
        return self.published is not None

    @property
    def has_changed(self) -> bool:
        """Whether there is anything that learners who see it do not see yet."""
        return self.published is not None and self.published != self.version


class VersionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One version in the list of all: who made it when, in seconds since 1970."""

    version: int
    person: int
    at: int
    was_published: bool


def new_course(course_id: str, title: Texts) -> Course:
    """An empty course in the languages of its title, with one module that needs no title."""
    return Course(
        format=FORMAT,
        id=course_id,
        title=title,
        pages={code: own_page(course_id) for code in title},
        modules=(Module(id=new_id(), steps=()),),
    )


def own_page(course_id: str, step_id: str = "") -> str:
    """What stands as a page of a course made here and of its quizzes: its address on this box (see `places`)."""
    return f"courses/~/{course_id}/{step_id}".removesuffix("/")


def languages_of(course: Course) -> tuple[str, ...]:
    """The languages that its makers chose, the main one first."""
    return tuple(course.pages)
