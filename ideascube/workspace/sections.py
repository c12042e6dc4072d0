"""The sections of the workspace, in one place: what is in its menu, and who sees it. Pure.

A part of the program that has pages for people with an account adds a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from ideascube.people.rights import Person, Right
from ideascube.web.i18n import translations


@dataclass(frozen=True, slots=True)
class Section:
    """A page that its menu leads to, for who has `right`. `about`: what one does there, in a few words."""

    address: str
    icon: str
    label: str
    about: str
    right: Right


@dataclass(frozen=True, slots=True)
class Group:
    """Sections that belong together; `name` stands for it in addresses of this page and in tests."""

    name: str
    label: str
    sections: tuple[Section, ...]


def groups_of(person: Person, language: str) -> tuple[Group, ...]:
    """What this person may use, in words of `language`; groups of which nothing is left are left out."""
    kept = (
        Group(group.name, group.label, tuple(each for each in group.sections if person.may(each.right)))
        for group in all_groups(language)
    )
    return tuple(group for group in kept if group.sections)


def current(groups: Iterable[Group], path: str) -> str:
    """The address of the section that the page at `path` belongs to; empty where it belongs to none."""
    addresses = [section.address for group in groups for section in group.sections]
    around = [address for address in addresses if path == address or path.startswith(f"{address}/")]
    return max(around, key=len, default="")


@lru_cache
def all_groups(language: str) -> tuple[Group, ...]:
    _ = translations(language).gettext
    return (
        Group("make", _("Make"), _make(_)),
        Group("check", _("Check"), _check(_)),
        Group("arrange", _("Arrange"), _arrange(_)),
        Group("box", _("Look after the box"), _box(_)),
    )


_Words = Callable[[str], str]


def _make(_: _Words) -> tuple[Section, ...]:
    return (
        Section("/staff/write", "pen-line", _("Write"), _("A page with words, pictures, films"), Right.SUBMIT),
        Section("/staff/upload", "mic", _("Record or send a file"), _("Photo, film, voice, document"), Right.SUBMIT),
        Section("/staff/courses", "graduation-cap", _("Courses"), _("Lessons and questions"), Right.TEACH),
        Section("/staff/mine", "folder-open", _("What I made"), _("Begun, sent, published"), Right.SUBMIT),
    )


def _check(_: _Words) -> tuple[Section, ...]:
    return (
        Section("/staff/review", "inbox", _("What others send"), _("Look, then publish or answer"), Right.REVIEW),
        Section("/staff/all", "list", _("Everything made here"), _("Find it, change it"), Right.WRITE),
        Section("/staff/files", "film", _("Films and other files"), _("Are they ready for phones?"), Right.SUBMIT),
    )


def _arrange(_: _Words) -> tuple[Section, ...]:
    return (
        Section("/staff/home", "house", _("Home page"), _("What learners see first"), Right.ARRANGE),
        Section("/staff/library", "library", _("Library"), _("Show or hide titles"), Right.ARRANGE),
        Section("/staff/categories", "shapes", _("Categories"), _("Shelves by subject"), Right.ARRANGE),
        Section("/staff/tags", "tag", _("Subjects"), _("The words that things are found by"), Right.ARRANGE),
        Section("/staff/collections", "layout-grid", _("Collections"), _("Pack what was made here"), Right.ARRANGE),
        Section("/staff/sharing", "globe", _("Other boxes"), _("What leaves, what came from them"), Right.WRITE),
        Section("/staff/poster", "qr-code", _("Posters"), _("Print an address for the wall"), Right.ARRANGE),
    )


def _box(_: _Words) -> tuple[Section, ...]:
    return (
        Section("/staff/people", "users", _("People"), _("Who may use the workspace"), Right.ENROL),
        Section("/staff/devices", "tablet", _("Shared tablets"), _("Sign in with a short number"), Right.ENROL),
        Section("/staff/sync", "refresh-cw", _("Fetch and send"), _("New titles in, what you made out"), Right.SYNC),
        Section("/staff/deeds", "scroll-text", _("What was done"), _("Who published, removed, changed"), Right.REVIEW),
        Section("/staff/box", "settings", _("This box"), _("Its name and languages"), Right.BOX),
    )
