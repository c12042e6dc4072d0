"""All that the home page and the pages of categories show from the box's database, by one read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ideascube.arranging.addresses import creation_in
from ideascube.arranging.model import MOST_CARDS, Arrangement, Fill, Placed, Section, default_arrangement, from_json
from ideascube.box_db.arrangement import shown
from ideascube.box_db.arranging_changes import CATEGORIES, changes
from ideascube.box_db.categories import Category, all_categories, cards_of
from ideascube.box_db.creation_lists import Filter, Listing, list_creations, listings
from ideascube.box_db.own_courses import published
from ideascube.box_db.tags import list_tags

Stamp = tuple[int, int, int, str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """An arrangement and what fills it.

    `listed`: by the ids of sections, the creations that their rules name; `put`: likewise what lies in a category;
    `creations`: by their ids, those that readers see of all that were chosen; `tags`: names by language;
    `has_courses`: whether there are any that were made here.
    """

    stamp: Stamp | None = None
    arrangement: Arrangement = field(default_factory=default_arrangement)
    categories: Sequence[Category] = ()
    listed: Mapping[str, Sequence[Listing]] = field(default_factory=dict)
    put: Mapping[str, Sequence[Placed]] = field(default_factory=dict)
    creations: Mapping[str, Listing] = field(default_factory=dict)
    tags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    has_courses: bool = False


def home_facts(connection: sqlite3.Connection, known: Stamp | None, today: str) -> HomeFacts | None:
    """What learners see on a day (YYYY-MM-DD); None where it is what is known already."""
    row = shown(connection)
    change = connection.execute("SELECT coalesce(max(change), 0) FROM creation_change").fetchone()[0]
    stamp = (row.turn, int(change), changes(connection, CATEGORIES), today, tuple(published(connection)))
    return None if stamp == known else facts_of(connection, from_json(row.body), today, stamp)


def facts_of(
    connection: sqlite3.Connection, arrangement: Arrangement, today: str, stamp: Stamp | None = None
) -> HomeFacts:
    """What fills any arrangement."""
    sections = arrangement.sections
    put = {section.id: cards_of(connection, section.of) for section in sections if section.fill is Fill.CATEGORY}
    chosen = [card for section in sections for card in (*section.cards, *put.get(section.id, ()))]
    listed = {section.id: _listed(connection, section, today) for section in sections if _has_rule(section)}
    return HomeFacts(
        stamp,
        arrangement,
        all_categories(connection),
        listed,
        put,
        creations_of(connection, chosen),
        _tag_names(connection, sections),
        bool(published(connection)),
    )


def creations_of(connection: sqlite3.Connection, cards: Iterable[Placed]) -> dict[str, Listing]:
    """By their ids, the creations among these cards that everyone may see."""
    ids = [found for card in cards if (found := creation_in(card.address))]
    return {name: line for name, line in listings(connection, ids).items() if line.audience == "all"} if ids else {}


def _has_rule(section: Section) -> bool:
    return section.fill in (Fill.MADE_HERE, Fill.TAG)


def _listed(connection: sqlite3.Connection, section: Section, today: str) -> list[Listing]:
    tag = section.of if section.fill is Fill.TAG else ""
    wanted = Filter(shown=True, audience="all", tag=tag, today=today)
    return list_creations(connection, wanted, count=min(section.most, MOST_CARDS) + 1).lines


def _tag_names(connection: sqlite3.Connection, sections: Iterable[Section]) -> dict[str, Mapping[str, str]]:
    named = {section.of for section in sections if section.fill is Fill.TAG}
    return {tag.id: tag.names for tag in list_tags(connection) if tag.id in named} if named else {}


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """A category, its parent if it has one, those within it, and what was put into it."""

    category: Category
    parent: Category | None
    within: Sequence[Category]
    cards: Sequence[Placed]
    creations: Mapping[str, Listing]
    all: Sequence[Category]


def category_facts(connection: sqlite3.Connection, category_id: str) -> CategoryFacts | None:
    """None where there is no such category."""
    categories = all_categories(connection)
    found = next((each for each in categories if each.id == category_id), None)
    if found is None:
        return None
    cards = cards_of(connection, category_id)
    return CategoryFacts(
        found,
        next((each for each in categories if each.id == found.parent), None),
        [each for each in categories if each.parent == category_id],
        cards,
        creations_of(connection, cards),
        categories,
    )
