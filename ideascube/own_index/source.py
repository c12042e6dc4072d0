"""Answers from the box's own index: packs by what they say of themselves, and what was made here as sources.

A pack's own page is a hit with an empty path among the hits of that pack, so that the library's filters hold for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from content_packs.text import indexed_text
from ideascube.indexing import side_index
from ideascube.own_index.documents import place_of
from ideascube.own_index.packs import FAMILY as PACKS
from ideascube.own_index.reader import Found, OwnReader
from ideascube.search.asked import Asked, Effort
from ideascube.search.page_text import PageText
from ideascube.search.protocol import Hit, PackHits

if TYPE_CHECKING:
    from whoosh.query.qcore import Query

_SURENESS = {Effort.WORDS: 1.0, Effort.NEAR: 0.7, Effort.ANY: 0.5}
_MOST_PACKS = 50  # that one search finds by what they say of themselves
_SUGGESTIONS = 15


class Group(NamedTuple):
    """What filters choose by, of documents that have it in common."""

    pack: str
    kind: str
    licence: str
    languages: tuple[str, ...]


class OwnSources:
    """The index in `folder` as searches see it. Call `refresh` before each."""

    def __init__(self, folder: Path) -> None:
        self.reader = OwnReader(folder)
        self._languages: list[str] = []
        self._sources: list[OwnSource] = []
        self._packs: tuple[object, dict[str, Hit]] = (None, {})

    def refresh(self) -> bool:
        """Follow the index; True where it is another one now."""
        if not self.reader.refresh():
            return False
        self._languages = self.reader.terms("stem_language")
        self._sources = [OwnSource(self, group) for group in self.reader.terms("group")]
        self._packs = (None, {})
        return True

    def __call__(self) -> list[OwnSource]:
        """Those of what was made here; empty where there is nothing."""
        return list(self._sources)

    def pack_hit(self, pack: str, asked: Asked, effort: Effort) -> Hit | None:
        """The pack itself, if it is found by what it says of itself."""
        return self._pack_hits(("search", asked, effort), lambda: self.query(asked, effort), asked, effort).get(pack)

    def pack_suggestion(self, pack: str, asked: Asked) -> Hit | None:
        """The pack itself, if its title has the words."""
        return self._pack_hits(("suggest", asked), lambda: _title_query(asked), asked, Effort.WORDS).get(pack)

    def page(self, pack: str, path: str) -> PageText:
        """The words of a document that was found."""
        found = self.reader.document(place_of(pack, path))
        return page_of(*found) if found else PageText("")

    def query(self, asked: Asked, effort: Effort) -> Query:
        from ideascube.own_index.queries import query_for

        return query_for(asked, effort, self._languages)

    def _pack_hits(self, key: object, query: Callable[[], Query], asked: Asked, effort: Effort) -> dict[str, Hit]:
        """By pack. One search for all of the library's packs, which then ask for their part of it."""
        if self._packs[0] != key:
            self._packs = (key, self._find_packs(query, asked, effort) if self.reader.is_open else {})
        return self._packs[1]

    def _find_packs(self, query: Callable[[], Query], asked: Asked, effort: Effort) -> dict[str, Hit]:
        from ideascube.own_index.queries import in_family

        found, _ = self.reader.search(in_family(query(), PACKS), _MOST_PACKS)
        return {each.pack: hit_of(each, rank, asked, effort) for rank, each in enumerate(found)}


class OwnSource:
    """What was made here and has the same pack, kind, licence and languages."""

    made_here = True
    preparing = False

    def __init__(self, sources: OwnSources, group: str) -> None:
        pack, kind, licence, languages = json.loads(group)
        self._sources, self._group = sources, group
        self.pack: str = pack
        self.kind: str = kind
        self.licence: str = licence
        self.languages: tuple[str, ...] = tuple(languages)

    def likelihood(self, asked: Asked) -> float:
        return 1.0  # what people here made themselves comes first, and is asked in a millisecond

    def note_shown(self, results: int) -> None:
        """Nothing depends on it: these are always asked."""

    def search(self, asked: Asked, effort: Effort, count: int) -> PackHits:
        return self._answer(self._sources.query(asked, effort), asked, effort, count)

    def suggest(self, asked: Asked) -> PackHits:
        return self._answer(_title_query(asked), asked, Effort.WORDS, _SUGGESTIONS)

    def page(self, path: str) -> PageText:
        return self._sources.page(self.pack, side_index.place_of(path).path)

    def _answer(self, query: Query, asked: Asked, effort: Effort, count: int) -> PackHits:
        from ideascube.own_index.queries import in_group

        found, total = self._sources.reader.search(in_group(query, self._group), count)
        hits = tuple(hit_of(each, rank, asked, effort) for rank, each in enumerate(found))
        return PackHits(
            self.pack, self.languages, self.kind, hits, total, len(hits) < total, self.licence, int(effort), True
        )


def hit_of(found: Found, rank: int, asked: Asked, effort: Effort) -> Hit:
    """A document that is the `rank`-th of those found; by its title too, if one of its titles has all of the words."""
    main, title = found.titles[0], _title_with(asked, found.titles)
    return Hit(
        found.path, main, title if title != main else "", rank, rank if title else -1, _SURENESS[effort], found.at
    )


def _title_with(asked: Asked, titles: tuple[str, ...]) -> str:
    wanted = {word.key for word in asked.words}
    return next((title for title in titles if wanted <= set(indexed_text(title).split())), "")


def page_of(found: Found, text: str) -> PageText:
    return PageText(text, found.titles[0], found.languages[0] if len(found.languages) == 1 else "")


def _title_query(asked: Asked) -> Query:
    from ideascube.own_index.queries import title_query

    return title_query(asked)
