"""What the first page of the workspace says: what waits for somebody, and what they do most. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from gettext import NullTranslations

from ideascube.people.rights import Person, Right

LITTLE_ROOM = 2_000_000_000  # bytes: two long films


@dataclass(frozen=True, slots=True)
class Facts:
    """What was counted for a person. `flagged`: items with flags that nobody has answered. `free`: bytes on the disk;
    `problems`: sentences of `/health`.
    """

    returned: int = 0
    drafts: int = 0
    sent: int = 0
    to_review: int = 0
    flagged: int = 0
    overdue: int = 0
    failed: int = 0
    free: int = 0
    problems: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits. Without an address there is nothing to open; `is_bad`: something went wrong."""

    icon: str
    text: str
    address: str = ""
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    address: str
    icon: str
    label: str


def tools_for(person: Person, words: NullTranslations) -> list[Tool]:
    """The few things that people of this role do most, the first one first."""
    _ = words.gettext
    write = Tool("/staff/write", "pen-line", _("Write something"))
    record = Tool("/staff/upload", "mic", _("Record or send a file"))
    course = Tool("/staff/courses", "graduation-cap", _("Make a course"))
    arrange = Tool("/staff/home", "house", _("Arrange the home page"))
    tools = [write, record]
    if person.may(Right.TEACH):
        tools = [*tools, course] if person.may(Right.WRITE) else [course, *tools]
    if person.may(Right.ARRANGE):
        tools.append(arrange)
    return tools


def lines_for(person: Person, facts: Facts, words: NullTranslations, size_text: Callable[[int], str]) -> list[Line]:
    """What waits for this person, the most pressing first; empty where there is nothing to do."""
    lines = [*_of_own(facts, words)]
    if person.may(Right.REVIEW):
        lines = [*_of_others(facts, words), *lines]
    if person.may(Right.WRITE):
        lines += _of_box(facts, words, size_text)
    return lines


def _of_others(facts: Facts, words: NullTranslations) -> Iterator[Line]:
    n = words.ngettext
    if facts.flagged:
        text = n(
            "Learners flagged %(num)d page: look at it", "Learners flagged %(num)d pages: look at them", facts.flagged
        )
        yield Line("flag", text, "/staff/review?of=flags")
    if facts.to_review:
        yield Line(
            "inbox",
            n("%(num)d thing waits for your answer", "%(num)d things wait for your answer", facts.to_review),
            "/staff/review",
        )
    if facts.overdue:
        yield Line(
            "calendar-clock",
            n(
                "%(num)d thing is due, but not yet published",
                "%(num)d things are due, but not yet published",
                facts.overdue,
            ),
            "/staff/all?state=scheduled",
        )


def _of_own(facts: Facts, words: NullTranslations) -> Iterator[Line]:
    n = words.ngettext
    if facts.returned:
        yield Line(
            "undo-2",
            n(
                "%(num)d thing came back to you with a word",
                "%(num)d things came back to you with a word",
                facts.returned,
            ),
            "/staff/mine?state=returned",
        )
    if facts.drafts:
        yield Line(
            "pen-line",
            n("You began %(num)d thing: go on", "You began %(num)d things: go on", facts.drafts),
            "/staff/mine?state=draft",
        )
    if facts.failed:
        yield Line(
            "triangle-alert",
            n("%(num)d file could not be made ready", "%(num)d files could not be made ready", facts.failed),
            "/staff/files",
            is_bad=True,
        )
    if facts.sent:
        yield Line(
            "clock",
            n(
                "%(num)d thing of yours waits to be looked at",
                "%(num)d things of yours wait to be looked at",
                facts.sent,
            ),
            "/staff/mine?state=waiting",
        )


def _of_box(facts: Facts, words: NullTranslations, size_text: Callable[[int], str]) -> Iterator[Line]:
    if facts.problems:
        yield Line(
            "triangle-alert",
            words.ngettext(
                "%(num)d thing on this box does not work", "%(num)d things on this box do not work", facts.problems
            ),
            "/staff/problems",
            is_bad=True,
        )
    if facts.free < LITTLE_ROOM:
        text = words.gettext("Little room is left on this box: %(size)s") % {"size": size_text(facts.free)}
        yield Line("hard-drive", text, is_bad=True)
