"""What the pages of collections show: members with their titles, and what changed since the last edition. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ideascube.box_db.creations import Listing
from ideascube.collecting.model import Collection, Edition, Held, Member
from ideascube.courses.addresses import course_address
from ideascube.items.addresses import OWN
from ideascube.teaching.model import OwnCourse


@dataclass(frozen=True, slots=True)
class Line:
    """A member: its title, and whether readers see it. `address` of its page, empty where there is none to see."""

    member: Member
    title: str
    language: str
    kind: str
    version: int
    is_shown: bool
    address: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What the next edition will have that the last one has not: how many new, changed and gone things."""

    new: int
    changed: int
    gone: int

    @property
    def any(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def lines_of(collection: Collection, found: Mapping[str, Listing], courses: Mapping[str, OwnCourse]) -> list[Line]:
    """The members in their order. `found` and `courses`: what readers see of them, by id."""
    return [
        _course_line(member, courses.get(member.id)) if member.kind == "course" else _line(member, found.get(member.id))
        for member in collection.members
    ]


def _course_line(member: Member, found: OwnCourse | None) -> Line:
    if found is None or found.published is None:
        return Line(member, "", "", "course", 0, is_shown=False, address="")
    language = next(iter(found.course.pages), "")
    title = found.course.title.get(language) or next(iter(found.course.title.values()), member.id)
    address = course_address(OWN, member.id)
    return Line(member, title, language, "course", found.published, is_shown=True, address=address)


def _line(member: Member, found: Listing | None) -> Line:
    if found is None or found.audience != "all":
        return Line(
            member, found.title if found else "", "", found.kind if found else "", 0, is_shown=False, address=""
        )
    version = found.shown or 0
    return Line(
        member, found.title, found.language, found.kind, version, is_shown=True, address=f"/items/{member.id}"
    )  # fmt: skip


def changes_since(lines: Sequence[Line], last: Edition | None) -> Changes:
    """Between what an edition of now would hold and what the last published one does."""
    now = {line.member: line.version for line in lines if line.is_shown}
    before = {Member(held.kind, held.id): held.version for held in _held(last)}
    return Changes(
        new=len(now.keys() - before.keys()),
        changed=sum(before[member] != version for member, version in now.items() if member in before),
        gone=len(before.keys() - now.keys()),
    )


def _held(last: Edition | None) -> tuple[Held, ...]:
    return last.holds if last is not None else ()


def last_published(editions: Sequence[Edition]) -> Edition | None:
    """Of editions, the newest first: the one that is given out."""
    return next((edition for edition in editions if edition.state == "published"), None)
