"""Answers from the box's own index: packs by what they say of themselves, and what was made here as sources.

A pack's own page is a hit with an empty path among the hits of that pack, so that the library's filters hold for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

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


@dataclass(slots=True)
class FoundNow:
    """What the last search found: numbers of documents, best first, by groups; the packs among them as hits."""

    key: object = None
    numbers: Mapping[str, list[int]] = field(default_factory=dict)
    packs: dict[str, Hit] | None = None


class OwnSources:
    """The index in `folder` as searches see it. Call `refresh` before each."""

    def __init__(self, folder: Path) -> None:
        self.reader = OwnReader(folder)
        self._languages: list[str] = []
        self._sources: list[OwnSource] = []
        self._now = FoundNow()

    def refresh(self) -> bool:
        """Follow the index; True where it is another one now."""
        if not self.reader.refresh():
            return False
        self._languages = self.reader.terms("stem_language")
        self._sources = [OwnSource(self, group) for group in self.reader.terms("group") if group != PACKS]
        self._now = FoundNow()
        return True

    def __call__(self) -> list[OwnSource]:
        """Those of what was made here; empty where there is nothing."""
        return list(self._sources)

    def pack_hit(self, pack: str, asked: Asked, effort: Effort) -> Hit | None:
        """The pack itself, if it is found by what it says of itself."""
        return self._pack_hits(self.found(asked, effort), asked, effort).get(pack)

    def pack_suggestion(self, pack: str, asked: Asked) -> Hit | None:
        """The pack itself, if its title has the words."""
        return self._pack_hits(self.found_by_title(asked), asked, Effort.WORDS).get(pack)

    def page(self, pack: str, path: str) -> PageText:
        """The words of a document that was found."""
        found = self.reader.document(place_of(pack, path))
        return page_of(*found) if found else PageText("")

    def found(self, asked: Asked, effort: Effort) -> FoundNow:
        """All documents that are found: one search for everything here, of which each source then takes its part."""
        return self._once(("text", asked, effort), lambda: _queries().query_for(asked, effort, self._languages))

    def found_by_title(self, asked: Asked) -> FoundNow:
        return self._once(("title", asked), lambda: _queries().title_query(asked))

    def _once(self, key: object, query: Callable[[], Query]) -> FoundNow:
        if self._now.key != key:
            self._now = FoundNow(key, self.reader.search(query()) if self.reader.is_open else {})
        return self._now

    def _pack_hits(self, now: FoundNow, asked: Asked, effort: Effort) -> dict[str, Hit]:
        if now.packs is None:
            found = self.reader.shown(now.numbers.get(PACKS, ())[:_MOST_PACKS])
            now.packs = {each.pack: hit_of(each, rank, asked, effort) for rank, each in enumerate(found)}
        return now.packs


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
        return self._answer(self._sources.found(asked, effort), asked, effort, count)

    def suggest(self, asked: Asked) -> PackHits:
        return self._answer(self._sources.found_by_title(asked), asked, Effort.WORDS, _SUGGESTIONS)

    def page(self, path: str) -> PageText:
        return self._sources.page(self.pack, side_index.place_of(path).path)

    def _answer(self, now: FoundNow, asked: Asked, effort: Effort, count: int) -> PackHits:
        numbers = now.numbers.get(self._group, [])
        found = self._sources.reader.shown(numbers[:count])
        hits = tuple(hit_of(each, rank, asked, effort) for rank, each in enumerate(found))
        more = len(hits) < len(numbers)
        return PackHits(
            self.pack, self.languages, self.kind, hits, len(numbers), more, self.licence, int(effort), made_here=True
        )


def hit_of(found: Found, rank: int, asked: Asked, effort: Effort) -> Hit:
    """A document that is the `rank`-th of those found; by its title too, if one of its titles has all of the words."""
    main, title = found.titles[0], _title_with(asked, found.titles)
    return Hit(
        found.path, main, title if title != main else "", rank, rank if title else -1, _SURENESS[effort], found.at,
        same=found.same,
    )  # fmt: skip


def _title_with(asked: Asked, titles: tuple[str, ...]) -> str:
    wanted = {word.key for word in asked.words}
    return next((title for title in titles if wanted <= set(indexed_text(title).split())), "")


def page_of(found: Found, text: str) -> PageText:
    return PageText(text, found.titles[0], found.languages[0] if len(found.languages) == 1 else "")


def _queries() -> ModuleType:
    from ideascube.own_index import queries  # with Whoosh, which only those who search load

    return queries
