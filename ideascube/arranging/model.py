"""The home page as data: sections in their order, each with titles, readers, a way to be filled, and looks. Pure.

What a section's rule or cards lead to is found by `filling`; how it is changed is in `changes`. Format as JSON:
docs/formats/box-db.md, “Arrangement”.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from ideascube.web.wording import KINDS_IN_ORDER

MOST_SECTIONS = 30
MOST_CARDS = 48  # of one section, and what a rule may show at most
LONGEST_TITLE = 80  # characters
LONGEST_ADDRESS = 600  # characters, escaped
USUAL_COUNT = 4  # a row of a wide screen


class Fill(StrEnum):
    """Where a section's cards come from."""

    CHOSEN = "chosen"  # by hand, one by one
    PACKS = "packs"  # of one kind
    MADE_HERE = "made-here"  # the newest creations
    TAG = "tag"  # creations that have it
    CATEGORY = "category"  # what was put into it
    CATEGORIES = "categories"  # doors to them
    COURSES = "courses"
    GO_ON = "go-on"  # where the visitor stopped
    KINDS = "kinds"  # doors to the packs of each kind
    LANGUAGES = "languages"  # doors to what is there in each


class Look(StrEnum):
    COVERS = "covers"
    LIST = "list"
    LARGE = "large"  # one card, the one that was put there last


# What a section needs to be told beside its rule, and which of them learners may see in another look or number.
NEEDS_CHOICE = frozenset({Fill.PACKS, Fill.TAG, Fill.CATEGORY})
HAVE_LOOKS = frozenset({Fill.CHOSEN, Fill.MADE_HERE, Fill.TAG, Fill.CATEGORY})
HAVE_COUNT = HAVE_LOOKS | {Fill.PACKS, Fill.COURSES}


@dataclass(frozen=True, slots=True)
class Placed:
    """A card that was chosen: the address of a page of this box, without the origin; its title when it was chosen."""

    address: str
    title: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the home page.

    of: the kind, tag or category of a rule. titles: by language; empty: what the rule is usually called. languages:
    of the readers who see it; empty: everyone. since, until: days as people wrote them, only shown: a box's clock may
    be wrong, so that what is in a slot stays until the next thing is put there.
    """

    id: str
    fill: Fill
    of: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    most: int = USUAL_COUNT
    look: Look = Look.COVERS
    cards: tuple[Placed, ...] = ()
    since: str = ""
    until: str = ""

    def is_for(self, language: str) -> bool:
        """Whether somebody sees it whose pages are in `language`."""
        return not self.languages or language in self.languages

    def shown_cards(self) -> tuple[Placed, ...]:
        """Of the chosen ones those that there is room for; of a large one's all, since the first may have left."""
        return self.cards if self.look is Look.LARGE else self.cards[:MOST_CARDS]


@dataclass(frozen=True, slots=True)
class Arrangement:
    sections: tuple[Section, ...]

    def section(self, section_id: str) -> Section | None:
        return next((section for section in self.sections if section.id == section_id), None)

    def with_section(self, changed: Section) -> Arrangement:
        """The same with the section of this id replaced."""
        return Arrangement(tuple(changed if each.id == changed.id else each for each in self.sections))

    def for_language(self, language: str) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.is_for(language))


def default_arrangement() -> Arrangement:
    """The home page of a box that nobody arranged. Its ids are fixed, so that what is changed in it can be told."""
    return Arrangement(
        (
            Section("kinds", Fill.KINDS),
            Section("go-on", Fill.GO_ON),
            Section("categories", Fill.CATEGORIES),
            Section("made-here", Fill.MADE_HERE),
            # Packs of the kind "made" have the same name as the shelf above; they are reached through the kinds.
            *(Section(f"packs-{kind}", Fill.PACKS, of=kind) for kind in KINDS_IN_ORDER if kind != "made"),
            Section("languages", Fill.LANGUAGES),
        )
    )


def to_json(arrangement: Arrangement) -> str:
    return json.dumps([_section_json(section) for section in arrangement.sections], ensure_ascii=False)


def from_json(text: str) -> Arrangement:
    """What `to_json` wrote. What a later program wrote into it is passed over; a text that is none is the default."""
    try:
        written = json.loads(text)
        sections = [_section(document) for document in written[:MOST_SECTIONS] if _is_known(document)]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return default_arrangement()
    return Arrangement(tuple(sections))


def _section_json(section: Section) -> dict[str, object]:
    return {
        "id": section.id,
        "fill": section.fill,
        "of": section.of,
        "titles": dict(section.titles),
        "languages": section.languages,
        "most": section.most,
        "look": section.look,
        "cards": [[card.address, card.title, card.lang] for card in section.cards],
        "since": section.since,
        "until": section.until,
    }


def _is_known(document: Mapping[str, Any]) -> bool:
    return document["fill"] in list(Fill) and document["look"] in list(Look)


def _section(document: Mapping[str, Any]) -> Section:
    return Section(
        id=str(document["id"]),
        fill=Fill(document["fill"]),
        of=str(document["of"]),
        titles={str(lang): str(title) for lang, title in document["titles"].items()},
        languages=tuple(map(str, document["languages"])),
        most=min(max(int(document["most"]), 1), MOST_CARDS),
        look=Look(document["look"]),
        cards=tuple(Placed(*map(str, card[:3])) for card in document["cards"][:MOST_CARDS]),
        since=str(document["since"]),
        until=str(document["until"]),
    )


def emptied(section: Section) -> Section:
    """The same without its cards."""
    return replace(section, cards=())
