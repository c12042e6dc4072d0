"""What every kind of catalogue is read as: parts, one after the other, so that none of them is held whole."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from provisioning.catalogues.cache import PageNote
from provisioning.offers import Offer

PART = 200  # offers held at once
ENTRIES_LIMIT = 100_000  # of one catalogue; Kiwix's has some 3,500
PROBLEMS_LIMIT = 100

NO_NOTE = PageNote()

# What is known of the page at an address.
Known = Callable[[str], PageNote]
ADDING, WHOLE, UNCHANGED, DEAD = "adding", "whole", "unchanged", "dead"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page of a catalogue at `address`.

    `state`: ADDING: more of the page follows; WHOLE: this was the last of it, and `note` is the page's;
    UNCHANGED: it is as it was; DEAD: it could not be read, or not to its end, and what is known of it stays.
    `problems` are sentences; `aliases` names that packs had, and their ids now.
    """

    address: str
    state: str
    offers: tuple[Offer, ...] = ()
    problems: tuple[str, ...] = ()
    note: PageNote = NO_NOTE
    aliases: dict[str, str] = field(default_factory=dict)


Parts = AsyncIterator[Part]
