"""What a mediator does to the home page, each as a function from one arrangement to the next. Pure.

What cannot be done raises Refused with a reason, which the page words; what is done to a section that somebody else
removed meanwhile does as well.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from ideascube.arranging.model import (
    LONGEST_ADDRESS,
    LONGEST_TITLE,
    MOST_CARDS,
    MOST_SECTIONS,
    Arrangement,
    Fill,
    Look,
    Placed,
    Section,
)
from ideascube.web.language import local_path

_LANGUAGES_MOST = 40

Thing = TypeVar("Thing")


class Reason(StrEnum):
    """Why something was not done."""

    SECTIONS = "sections"  # there are as many as there may be
    CARDS = "cards"
    ADDRESS = "address"  # leads to no page of this box
    TITLE = "title"  # is too long
    GONE = "gone"  # the section or card is there no more
    NAME = "name"  # a category without one
    CATEGORIES = "categories"  # as many as there may be
    DEPTH = "depth"  # a category within one that is within another
    HIDDEN = "hidden"  # as much as may be


class RefusedError(Exception):
    """A change that cannot be made; nothing was."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def move_section(arrangement: Arrangement, section_id: str, step: int) -> Arrangement:
    """The section one place up (-1) or down (1); where it is first or last already, nothing changes."""
    return Arrangement(_moved(arrangement.sections, _index(arrangement, section_id), step))


def remove_section(arrangement: Arrangement, section_id: str) -> Arrangement:
    gone = _section(arrangement, section_id)
    return Arrangement(tuple(section for section in arrangement.sections if section is not gone))


def add_section(arrangement: Arrangement, section: Section) -> Arrangement:
    """The new one stands last. One that is there already (a form sent twice) is not added again."""
    if arrangement.section(section.id):
        return arrangement
    if len(arrangement.sections) >= MOST_SECTIONS:
        raise RefusedError(Reason.SECTIONS)
    return Arrangement((*arrangement.sections, checked(section)))


def set_section(arrangement: Arrangement, changed: Section) -> Arrangement:
    """Titles, readers, looks and number of a section, as a form gave them; its cards stay."""
    before = _section(arrangement, changed.id)
    return arrangement.with_section(checked(replace(changed, fill=before.fill, cards=before.cards)))


def add_card(arrangement: Arrangement, section_id: str, card: Placed) -> Arrangement:
    """The card stands last; in a large section first, since that is the one shown. A second time it only moves there.

    A section that a rule filled keeps its rule: cards are added to chosen ones alone.
    """
    section = _section(arrangement, section_id)
    if section.fill is not Fill.CHOSEN:
        raise RefusedError(Reason.GONE)
    others = tuple(each for each in section.cards if each.address != card.address)
    if section.look is Look.LARGE:
        return arrangement.with_section(replace(section, cards=(_card(card), *others)[:MOST_CARDS]))
    if len(others) == len(section.cards) >= MOST_CARDS:
        raise RefusedError(Reason.CARDS)
    is_there = len(others) < len(section.cards)
    return arrangement if is_there else arrangement.with_section(replace(section, cards=(*others, _card(card))))


def remove_card(arrangement: Arrangement, section_id: str, address: str) -> Arrangement:
    section = _section(arrangement, section_id)
    left = tuple(card for card in section.cards if card.address != address)
    return arrangement.with_section(replace(section, cards=left))


def move_card(arrangement: Arrangement, section_id: str, address: str, step: int) -> Arrangement:
    section = _section(arrangement, section_id)
    places = [place for place, card in enumerate(section.cards) if card.address == address]
    if not places:
        raise RefusedError(Reason.GONE)
    return arrangement.with_section(replace(section, cards=_moved(section.cards, places[0], step)))


def checked(section: Section) -> Section:
    """The section within its bounds, without titles that are empty. Raises RefusedError."""
    titles = {lang: title for lang, written in section.titles.items() if (title := one_line(written))}
    if any(len(title) > LONGEST_TITLE for title in titles.values()):
        raise RefusedError(Reason.TITLE)
    return replace(
        section,
        titles=dict(list(titles.items())[:_LANGUAGES_MOST]),
        languages=section.languages[:_LANGUAGES_MOST],
        most=min(max(section.most, 1), MOST_CARDS),
        since=one_line(section.since)[:10],
        until=one_line(section.until)[:10],
    )


def one_line(text: str) -> str:
    """What was typed, without what would break a line or cannot be written."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text.encode("utf-8", "ignore").decode())
    return " ".join(printable.split())


def page_of_box(address: str) -> str:
    """`address` as it was typed or pasted, without the origin. Raises RefusedError where it leads to no page here."""
    path = address.strip()
    if path.startswith(("http://", "https://")):
        path = "/" + path.split("/", 3)[3] if path.count("/") > 2 else "/"
    is_page = local_path(path, "") and len(path) <= LONGEST_ADDRESS
    if not is_page or path.startswith(("/staff", "/static")):
        raise RefusedError(Reason.ADDRESS)
    return path


def _card(card: Placed) -> Placed:
    return Placed(page_of_box(card.address), one_line(card.title)[:LONGEST_TITLE], one_line(card.lang)[:35])


def _section(arrangement: Arrangement, section_id: str) -> Section:
    section = arrangement.section(section_id)
    if section is None:
        raise RefusedError(Reason.GONE)
    return section


def _index(arrangement: Arrangement, section_id: str) -> int:
    return arrangement.sections.index(_section(arrangement, section_id))


def _moved(things: tuple[Thing, ...], place: int, step: int) -> tuple[Thing, ...]:
    left = list(things)
    left.insert(max(place + step, 0), left.pop(place))
    return tuple(left)
