"""What changed from one home page to another one, for who is told that somebody else changed it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ideascube.arranging.model import Arrangement, Section, emptied


class What(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"  # its title, readers, looks or rule
    CARD_ADDED = "card-added"
    CARD_REMOVED = "card-removed"
    CARDS_MOVED = "cards-moved"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """`section` as it is now, or was when it left; `card`: what was added or removed is called so, or lies there."""

    what: What
    section: Section
    card: str = ""


def differences(before: Arrangement, after: Arrangement) -> list[Difference]:
    """All of them, section by section as they stand now; then what left."""
    return [*_of_those_here(before, after), *_of_those_gone(before, after)]


def _of_those_here(before: Arrangement, after: Arrangement) -> Iterator[Difference]:
    moved = _moved(before, after)
    for section in after.sections:
        old = before.section(section.id)
        if old is None:
            yield Difference(What.ADDED, section)
        elif old != section:
            yield from _within(old, section)
        if section.id in moved:
            yield Difference(What.MOVED, section)


def _of_those_gone(before: Arrangement, after: Arrangement) -> Iterator[Difference]:
    return (Difference(What.REMOVED, section) for section in before.sections if after.section(section.id) is None)


def _within(old: Section, new: Section) -> Iterator[Difference]:
    if emptied(old) != emptied(new):
        yield Difference(What.CHANGED, new)
    was, is_now = {card.address for card in old.cards}, {card.address for card in new.cards}
    for card in new.cards:
        if card.address not in was:
            yield Difference(What.CARD_ADDED, new, card.title or card.address)
    for card in old.cards:
        if card.address not in is_now:
            yield Difference(What.CARD_REMOVED, new, card.title or card.address)
    if was == is_now and old.cards != new.cards:
        yield Difference(What.CARDS_MOVED, new)


def _moved(before: Arrangement, after: Arrangement) -> set[str]:
    """The sections that stand behind other ones than before; of two that changed places the one that went up."""
    old = [section.id for section in before.sections if after.section(section.id)]
    new = [section.id for section in after.sections if before.section(section.id)]
    moved: set[str] = set()
    for section_id in new:
        if old and old[0] != section_id:
            moved.add(section_id)
        old.remove(section_id)
    return moved
