"""Categories: a small tree of two levels, with names in languages, and what was put into each."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from ideascube.arranging.model import Placed
from ideascube.box_db.arranging_changes import CATEGORIES, note_change

MOST = 60  # categories of a box
MOST_CARDS = 300  # of one


@dataclass(frozen=True, slots=True)
class Category:
    """`parent` is empty for those on top; `picture` is the address of a picture of this box, or empty."""

    id: str
    parent: str
    icon: str
    picture: str
    names: Mapping[str, str]
    count: int = 0


def all_categories(connection: sqlite3.Connection) -> list[Category]:
    """In their order, those within one after the other."""
    names: dict[str, dict[str, str]] = {}
    for category, lang, name in connection.execute("SELECT category, lang, name FROM category_name ORDER BY lang"):
        names.setdefault(category, {})[lang] = name
    counts = dict(connection.execute("SELECT category, count(*) FROM category_card GROUP BY category").fetchall())
    rows = connection.execute("SELECT id, coalesce(parent, ''), icon, picture FROM category ORDER BY place, id")
    return [
        Category(found_id, parent, icon, picture, names.get(found_id, {}), counts.get(found_id, 0))
        for found_id, parent, icon, picture in rows
    ]


def cards_of(connection: sqlite3.Connection, category: str) -> list[Placed]:
    """What was put into it, in its order."""
    rows = connection.execute(
        "SELECT address, title, lang FROM category_card WHERE category = ? ORDER BY place, address", (category,)
    )
    return [Placed(*row) for row in rows]


def save_category(connection: sqlite3.Connection, category: Category) -> bool:
    """Make it, or change its names, icon, picture and place in the tree. False where there are as many as may be.

    The parent must be on top and another one, and one that has others within it stays on top: see `may_lie_in`.
    """
    known = connection.execute("SELECT 1 FROM category WHERE id = ?", (category.id,)).fetchone()
    if not known and int(connection.execute("SELECT count(*) FROM category").fetchone()[0]) >= MOST:
        return False
    connection.execute(
        "INSERT INTO category VALUES (?, ?, ?, ?, (SELECT coalesce(max(place), 0) + 1 FROM category)) "
        "ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, icon = excluded.icon, picture = excluded.picture",
        (category.id, category.parent or None, category.icon, category.picture),
    )
    connection.execute("DELETE FROM category_name WHERE category = ?", (category.id,))
    connection.executemany(
        "INSERT INTO category_name VALUES (?, ?, ?)", [(category.id, *named) for named in category.names.items()]
    )
    note_change(connection, CATEGORIES)
    return True


def remove_category(connection: sqlite3.Connection, category: str) -> None:
    """With those within it, and not what was put into them, which is where it was."""
    connection.execute("DELETE FROM category WHERE id = ?", (category,))
    note_change(connection, CATEGORIES)


def move_category(connection: sqlite3.Connection, category: str, step: int) -> None:
    """One place up (-1) or down (1) among those with the same parent."""
    here = "SELECT id FROM category WHERE parent IS (SELECT parent FROM category WHERE id = ?) ORDER BY place, id"
    order = [found for (found,) in connection.execute(here, (category,))]
    if category in order:
        order.insert(max(order.index(category) + step, 0), order.pop(order.index(category)))
        _number(connection, order)


def _number(connection: sqlite3.Connection, order: list[str]) -> None:
    connection.executemany("UPDATE category SET place = ? WHERE id = ?", list(enumerate(order, 1)))
    note_change(connection, CATEGORIES)


def put_in(connection: sqlite3.Connection, category: str, card: Placed) -> bool:
    """Put something into a category that is there; again changes nothing. False where it is full or gone."""
    there = connection.execute("SELECT 1 FROM category WHERE id = ?", (category,)).fetchone()
    count = int(connection.execute("SELECT count(*) FROM category_card WHERE category = ?", (category,)).fetchone()[0])
    if not there or count >= MOST_CARDS:
        return False
    connection.execute(
        "INSERT OR IGNORE INTO category_card SELECT ?1, ?2, ?3, ?4, coalesce(max(place), 0) + 1 FROM category_card "
        "WHERE category = ?1",
        (category, card.address, card.title, card.lang),
    )
    note_change(connection, CATEGORIES)
    return True


def take_out(connection: sqlite3.Connection, category: str, address: str) -> None:
    connection.execute("DELETE FROM category_card WHERE category = ? AND address = ?", (category, address))
    note_change(connection, CATEGORIES)
