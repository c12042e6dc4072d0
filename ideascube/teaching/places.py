"""Where the lessons, pictures and sounds of a course made here are: as addresses of the box. Pure.

A course that a pack holds names entries of that pack. One made on a box is in no pack: what stands there in the place
of a path is an address of the box without its first slash (docs/formats/course.md, “Courses made on a box”).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content_packs.courses.model import ChoiceQuestion, Course

_MEDIA = re.compile(r"media/([0-9a-f]{64})/([^/]+)")


@dataclass(frozen=True, slots=True)
class InPack:
    """An entry of a pack; the whole pack where `path` is empty."""

    pack: str
    path: str

    @property
    def address(self) -> str:
        return f"content/{self.pack}/{self.path}"


@dataclass(frozen=True, slots=True)
class OfCreation:
    """Something that was made on this box."""

    id: str

    @property
    def address(self) -> str:
        return f"items/{self.id}"


@dataclass(frozen=True, slots=True)
class OfCourse:
    """A whole other course, of a pack or (pack `~`) made on this box."""

    pack: str
    course: str

    @property
    def address(self) -> str:
        return f"courses/{self.pack}/{self.course}"


@dataclass(frozen=True, slots=True)
class OfMedia:
    """A file that was uploaded, by the hash of what came, or something that was made of it."""

    id: str
    name: str

    @property
    def address(self) -> str:
        return f"media/{self.id}/{self.name}"


At = InPack | OfCreation | OfCourse | OfMedia


def read_place(address: str) -> At | None:
    """What such an address means, or None for one that means nothing here."""
    area, _, rest = address.partition("/")
    first, _, more = rest.partition("/")
    if area == "content" and first:
        return InPack(first, more)
    if area == "items" and first and not more:
        return OfCreation(first)
    if area == "courses" and first and more:
        return OfCourse(first, more)
    found = _MEDIA.fullmatch(address)
    return OfMedia(found[1], found[2]) if found else None


def file_at(address: str) -> str:
    """The address, if it can be that of a picture or sound; else nothing."""
    place = read_place(address)
    return address if isinstance(place, OfMedia) or (isinstance(place, InPack) and place.path) else ""


def files_of(course: Course) -> Iterator[str]:
    """The addresses of all pictures and sounds of a course."""
    yield from filter(None, [course.picture])
    for quiz in course.quizzes:
        for question in quiz.questions:
            choices = question.choices if isinstance(question, ChoiceQuestion) else ()
            yield from filter(None, [question.picture, question.sound, *(choice.picture for choice in choices)])


def media_of(course: Course) -> Iterable[str]:
    """The uploaded files that a course shows, by their ids, each once."""
    found = (read_place(address) for address in files_of(course))
    return dict.fromkeys(place.id for place in found if isinstance(place, OfMedia))


def packs_of(course: Course) -> Iterable[str]:
    """The packs that a course has anything of, each once."""
    pages = (page for module in course.modules for step in module.steps for page in step.pages.values())
    found = (read_place(address) for address in (*pages, *files_of(course)))
    return dict.fromkeys(place.pack for place in found if isinstance(place, InPack | OfCourse) and place.pack != "~")
