"""Lists of creations: for the workspace by their newest versions, for readers by those that they see."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from content_packs.text import fold
from ideascube.box_db.creation_rows import NEWEST_FACE, SHOWN_FACE
from ideascube.creations.model import Audience, Kind, State, Words, title_of

PAGE = 25  # lines
_MOST_LIKED = 6  # languages of one reader that are looked at
_LONGEST_TEXT = 200  # characters of a text that is looked for

_texts = msgspec.json.Decoder(dict[str, Words])


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows; what is empty or None leaves all. `text` stands in a title or summary, accents aside.

    `shown`: of what readers see, as they see it; else the newest versions. `today` (YYYY-MM-DD) leaves out notices
    whose last day is over. `audience`: `all` leaves out what is for staff alone. `scheduled`: what will be published by
    itself, or what will not. `oldest_first`: by their last change. `liked`: languages (without script and region), of
    which the list has one of several translations, the one that is liked best.
    """

    state: State | None = None
    kind: str = ""
    owner: int | None = None
    tag: str = ""
    language: str = ""
    text: str = ""
    shown: bool = False
    audience: str = ""
    today: str = ""
    scheduled: bool | None = None
    oldest_first: bool = False
    liked: tuple[str, ...] = ()

    def without(self, name: str) -> Filter:
        """The same without one of its choices: `kind`, `language`, `tag`."""
        return replace(self, **{name: ""})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Listing:
    """A creation as lists show it: at its newest version, or at the one that readers see.

    `version` and `shown`: numbers of the newest version and of the one that readers see. `picture`: the id of the file
    that is its cover, or of its film or picture; or empty. `small`: the address of a small picture of that. Times:
    seconds since 1970.
    """

    id: str
    work: str
    kind: Kind
    language: str
    audience: Audience
    state: State
    texts: dict[str, Words]
    owner: int
    author: str
    ends: str
    version: int
    shown: int | None
    publish_at: int | None
    changed_at: int
    shown_at: int | None
    picture: str
    small: str

    @property
    def title(self) -> str:
        return title_of(self.texts, self.language)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list, the newest first, and how many there are in all."""

    lines: list[Listing]
    total: int


_USED = (
    "SELECT media FROM creation_media u WHERE u.creation = c.id AND u.role IN ('cover', 'main') "
    "AND u.version = CASE f.shown WHEN 1 THEN c.shown ELSE c.newest END ORDER BY u.role LIMIT 1"
)
# Of what was made of the file, docs/formats/media-store.md: the smallest picture of it.
_SMALL = (
    "SELECT '/media/' || media.id || '/' || json_extract(made.value, '$.name') FROM media, "  # noqa: S608 - our own
    f"json_each(media.made, '$.files') AS made WHERE media.id = ({_USED}) "
    "AND json_extract(made.value, '$.role') IN ('small', 'poster') "
    "ORDER BY json_extract(made.value, '$.role') DESC LIMIT 1"
)
_COLUMNS = (
    "c.id, c.work, f.kind, f.language, f.audience, c.state, f.texts, c.owner, f.author, f.ends, c.newest, c.shown, "
    f"c.publish_at, c.changed_at, c.shown_at, coalesce(({_USED}), ''), coalesce(({_SMALL}), '')"
)
_FROM = "FROM creation_face f JOIN creation c ON c.id = f.creation"


def list_creations(connection: sqlite3.Connection, wanted: Filter, page: int = 1, count: int = PAGE) -> Listed:
    """The `page`-th (from 1) `count` lines of those that the filter leaves."""
    where, values = condition(wanted)
    total = int(connection.execute(f"SELECT count(*) {_FROM} WHERE {where}", values).fetchone()[0])
    order = "ASC" if wanted.oldest_first else "DESC"
    query = f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY f.turn {order} LIMIT :count OFFSET :skipped"
    rows = connection.execute(query, {**values, "count": count, "skipped": (max(page, 1) - 1) * count})
    return Listed([_listing(row) for row in rows], total)


def listings(connection: sqlite3.Connection, ids: list[str], *, shown: bool = True) -> dict[str, Listing]:
    """The listings of these creations by their ids; those that are not there, or not shown, are left out."""
    face = SHOWN_FACE if shown else NEWEST_FACE
    query = f"SELECT {_COLUMNS} {_FROM} WHERE f.shown = ? AND c.id IN (SELECT value FROM json_each(?))"  # noqa: S608
    rows = connection.execute(query, (face, msgspec.json.encode(ids).decode()))
    return {line.id: line for line in map(_listing, rows)}


def translations(connection: sqlite3.Connection, work: str, *, shown: bool = True) -> list[Listing]:
    """The creations that are translations of each other: those that readers see, or all of them."""
    face = SHOWN_FACE if shown else NEWEST_FACE
    query = f"SELECT {_COLUMNS} {_FROM} WHERE f.shown = ? AND c.work = ? ORDER BY f.language, c.id LIMIT 200"
    return [_listing(row) for row in connection.execute(query, (face, work))]


def condition(wanted: Filter) -> tuple[str, dict[str, Any]]:
    """The condition, made of our own words alone, and what stands in it."""
    values: dict[str, Any] = {
        "face": SHOWN_FACE if wanted.shown else NEWEST_FACE,
        "state": wanted.state,
        "kind": wanted.kind,
        "owner": wanted.owner,
        "tag": wanted.tag,
        "language": wanted.language,
        "audience": wanted.audience,
        "today": wanted.today,
        "text": fold(wanted.text[:_LONGEST_TEXT]).strip(),
    }
    conditions = {
        "state": "c.state = :state",
        "kind": "f.kind = :kind",
        "owner": "c.owner = :owner",
        "tag": "c.id IN (SELECT creation FROM creation_tag WHERE tag = :tag AND shown = :face)",
        "language": "f.language = :language",
        "audience": "f.audience = :audience",
        "today": "(f.ends = '' OR f.ends >= :today)",
        "text": "instr(f.folded, :text) > 0",
    }
    if wanted.scheduled is not None:
        conditions["face"] = f"c.publish_at IS {'NOT NULL' if wanted.scheduled else 'NULL'}"
    asked = ["f.shown = :face", *(sql for name, sql in conditions.items() if values[name] not in ("", None))]
    where = " AND ".join(asked)
    return (_once_for_each_work(where, wanted.liked, values), values) if wanted.liked else (where, values)


def _once_for_each_work(where: str, liked: tuple[str, ...], values: dict[str, Any]) -> str:
    """The condition with which of translations that it leaves the one stays that is liked best."""
    names = {f"liked{number}": language for number, language in enumerate(liked[:_MOST_LIKED])}
    values.update(names)
    cases = " ".join(f"WHEN :{name} THEN {number}" for number, name in enumerate(names))
    base = "substr(f.language, 1, instr(f.language || '-', '-') - 1)"
    order = f"CASE {base} {cases} ELSE {_MOST_LIKED} END, c.id <> c.work, f.turn DESC"
    several = "SELECT work FROM creation GROUP BY work HAVING count(*) > 1"
    ranked = (
        f"SELECT c.id, row_number() OVER (PARTITION BY c.work ORDER BY {order}) AS place "
        f"{_FROM} WHERE {where} AND c.work IN ({several})"
    )
    return f"{where} AND c.id NOT IN (SELECT id FROM ({ranked}) WHERE place > 1)"  # noqa: S608


def _listing(row: tuple[Any, ...]) -> Listing:
    values = list(row)
    values[5] = State(values[5])
    values[6] = _texts.decode(values[6])
    return Listing(*values)
