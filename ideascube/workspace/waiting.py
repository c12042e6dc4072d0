"""What the first page of the workspace says: what waits for somebody, and what they do most. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from gettext import NullTranslations

from ideascube.people.rights import Person, Right

SizeText = Callable[[int], str]

LITTLE_ROOM = 2_000_000_000  # bytes: two long films


@dataclass(frozen=True, slots=True)
class Counts:
    """What the database knows. Of one's own: `returned`, `drafts`, `unsaved` texts, `sent`, `failed` files. Of others:
    `to_review`, pages that are `flagged`, `overdue` ones that should be published by now, `beside`: changed on another
    box as well.
    """

    returned: int = 0
    drafts: int = 0
    unsaved: int = 0
    sent: int = 0
    failed: int = 0
    to_review: int = 0
    flagged: int = 0
    overdue: int = 0
    beside: int = 0


@dataclass(frozen=True, slots=True)
class OfBox:
    """`free`: bytes on the disk; `problems`: how many sentences `/health` has. `held_back`: titles that a sync brought
    and somebody has to decide on; `sync_fails`: for long now nothing could be fetched and sent.
    """

    free: int
    problems: int = 0
    held_back: int = 0
    sync_fails: bool = False


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


def lines_for(person: Person, counts: Counts, box: OfBox, words: NullTranslations, size_text: SizeText) -> list[Line]:
    """What waits for this person, the most pressing first; empty where there is nothing to do."""
    others = _of_others(counts, words) if person.may(Right.REVIEW) else ()
    lines = [*others, *_of_own(counts, words)]
    if person.may(Right.WRITE):
        lines += _of_box(box, words, size_text)
    if person.may(Right.SYNC):
        lines += _of_sync(box, words)
    return lines


def _of_others(counts: Counts, words: NullTranslations) -> Iterator[Line]:
    ngettext = words.ngettext
    if number := counts.flagged:
        text = ngettext(
            "Learners flagged %(num)d page: look at it", "Learners flagged %(num)d pages: look at them", number
        )
        yield Line("flag", text, "/staff/review/flags")
    if number := counts.to_review:
        text = ngettext("%(num)d thing waits for your answer", "%(num)d things wait for your answer", number)
        yield Line("inbox", text, "/staff/review")
    if number := counts.beside:
        text = ngettext(
            "%(num)d thing was changed here and on another box",
            "%(num)d things were changed here and on another box",
            number,
        )
        yield Line("file-diff", text, "/staff/sharing")
    if number := counts.overdue:
        text = ngettext("%(num)d thing should be published by now", "%(num)d things should be published by now", number)
        yield Line("calendar-clock", text, "/staff/all?state=scheduled", is_bad=True)


def _of_own(counts: Counts, words: NullTranslations) -> Iterator[Line]:
    ngettext = words.ngettext
    if number := counts.returned:
        text = ngettext(
            "%(num)d thing came back to you with a word", "%(num)d things came back to you with a word", number
        )
        yield Line("undo-2", text, "/staff/mine?state=returned")
    if number := counts.unsaved:
        text = ngettext("%(num)d text of yours is not saved yet", "%(num)d texts of yours are not saved yet", number)
        yield Line("save", text, "/staff/write")
    if number := counts.drafts:
        text = ngettext("You began %(num)d thing: go on", "You began %(num)d things: go on", number)
        yield Line("pen-line", text, "/staff/mine?state=draft")
    if number := counts.failed:
        text = ngettext("%(num)d file could not be made ready", "%(num)d files could not be made ready", number)
        yield Line("triangle-alert", text, "/staff/files", is_bad=True)
    if number := counts.sent:
        text = ngettext(
            "%(num)d thing of yours waits to be looked at", "%(num)d things of yours wait to be looked at", number
        )
        yield Line("clock", text, "/staff/mine?state=waiting")


def _of_box(box: OfBox, words: NullTranslations, size_text: SizeText) -> Iterator[Line]:
    ngettext = words.ngettext
    if number := box.problems:
        text = ngettext("%(num)d thing on this box does not work", "%(num)d things on this box do not work", number)
        yield Line("triangle-alert", text, "/staff/problems", is_bad=True)
    if box.free < LITTLE_ROOM:
        text = words.gettext("Little room is left on this box: %(size)s") % {"size": size_text(box.free)}
        yield Line("hard-drive", text, is_bad=True)


def _of_sync(box: OfBox, words: NullTranslations) -> Iterator[Line]:
    if number := box.held_back:
        text = words.ngettext(
            "%(num)d title became much smaller: you decide", "%(num)d titles became much smaller: you decide", number
        )
        yield Line("circle-help", text, "/staff/sync#decide")
    if box.sync_fails:
        yield Line(
            "wifi-off", words.gettext("For two weeks nothing could be fetched and sent"), "/staff/sync", is_bad=True
        )
