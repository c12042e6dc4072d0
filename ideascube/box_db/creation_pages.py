"""All that the page of a creation needs, read at once; and how many there are of each kind, language and tag."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ideascube.box_db.creation_lists import Filter, Listed, Listing, condition, list_creations, translations
from ideascube.box_db.creations import load, load_shown
from ideascube.box_db.media import load_several
from ideascube.box_db.sharing_lists import boxes_of
from ideascube.box_db.tags import list_tags
from ideascube.box_media.model import Media
from ideascube.creations.media_inside import media_inside
from ideascube.creations.model import Creation
from ideascube.creations.tags import Tag

_FACES = "creation_face f JOIN creation c ON c.id = f.creation"
_TAGS = f"{_FACES} JOIN creation_tag t ON t.creation = f.creation AND t.shown = f.shown"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What belongs to a creation: its tags in their order, its translations that readers see, the files it uses.

    `box_name`: what the box calls itself on which it was made; empty for this one.
    """

    tags: list[Tag]
    translations: list[Listing]
    media: Mapping[str, Media]
    box_name: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What is at an address: nothing (None), or something that is `gone` because it was withdrawn."""

    creation: Creation | None
    around: Surroundings | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the list that readers see, and how many each choice of a kind, language or tag leaves; by "" none of
    them.
    """

    listed: Listed
    tags: list[Tag]
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def open_shown(connection: sqlite3.Connection, name: str) -> Opened:
    """What readers see of it, with all that belongs to it."""
    creation = load_shown(connection, name)
    if creation is not None:
        return Opened(creation, surroundings(connection, creation))
    known = load(connection, name)
    return Opened(None, gone=known is not None and known.shown_at is not None and known.audience == "all")


def surroundings(connection: sqlite3.Connection, creation: Creation) -> Surroundings:
    tags = [tag for tag in list_tags(connection) if tag.id in creation.tags] if creation.tags else []
    others = [each for each in translations(connection, creation.work) if each.id != creation.id]
    used = {*media_inside(creation.body), *(use.media for use in creation.media)}
    box_name = boxes_of(connection, [creation.id]).get(creation.id, "")
    return Surroundings(tags, others, load_several(connection, sorted(used)), box_name)


def shelf(connection: sqlite3.Connection, wanted: Filter, page: int, count: int) -> Shelf:
    """The list; the counts of one choice are those that the other choices leave."""
    counts = {name: _counts(connection, wanted, name) for name in ("kind", "language", "tag")}
    return Shelf(list_creations(connection, wanted, page, count), list_tags(connection), counts)


def _counts(connection: sqlite3.Connection, wanted: Filter, name: str) -> dict[str, int]:
    wanted = wanted.without(name)
    where, values = condition(replace(wanted, liked=()) if name == "language" else wanted)
    value, source = ("t.tag", _TAGS) if name == "tag" else (f"f.{name}", _FACES)
    rows = connection.execute(f"SELECT {value}, count(*) FROM {source} WHERE {where} GROUP BY 1", values)  # noqa: S608
    counts = {str(value): int(number) for value, number in rows}
    total = f"SELECT count(*) FROM {_FACES} WHERE {where}"  # noqa: S608
    every = connection.execute(total, values).fetchone()[0] if name == "tag" else sum(counts.values())
    return {"": int(every), **counts}
