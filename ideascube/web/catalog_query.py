"""Which packs of the catalogue a client asks for: the parameters that kiwix-serve documents, and what matches them.

Nothing that a client sends is an error: a number that is none counts as not given.
Source: the HTTP API of kiwix-serve, https://kiwix-tools.readthedocs.io/en/latest/kiwix-serve.html
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from content_packs.languages import to_iso639_3
from ideascube.web.catalog_entry import CatalogEntry

DEFAULT_COUNT = 10
_NUMBER = re.compile(r"-?[0-9]{1,18}")
_TEXT_LIMIT = 500  # characters of one parameter that are looked at
_WORD = re.compile(r"\w+")

FILTERS = ("lang", "category", "tag", "notag", "name", "maxsize", "q")
PAGING = ("start", "count")


@dataclass(frozen=True, slots=True)
class CatalogQuery:
    """What is asked for. None: not asked; `count` None: all from `start` on; `maxsize` in bytes."""

    start: int = 0
    count: int | None = DEFAULT_COUNT
    languages: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    tags: frozenset[str] = frozenset()
    unwanted_tags: frozenset[str] = frozenset()
    name: str | None = None
    maxsize: int | None = None
    words: tuple[str, ...] = ()

    def matches(self, entry: CatalogEntry) -> bool:
        tags = {fold(tag) for tag in entry.tags}
        return (
            (self.languages is None or not self.languages.isdisjoint(entry.languages))
            and (self.categories is None or fold(entry.category) in self.categories)
            and self.tags <= tags
            and self.unwanted_tags.isdisjoint(tags)
            and (self.name is None or self.name == fold(entry.name))
            and (self.maxsize is None or entry.size <= self.maxsize)
            and self._says(f"{entry.title} {entry.summary}")
        )

    def _says(self, text: str) -> bool:
        """Whether each word that was asked for begins a word of `text`."""
        there = _WORD.findall(fold(text))
        return all(any(word.startswith(asked) for word in there) for asked in self.words)


@dataclass(frozen=True, slots=True)
class CatalogPage:
    """A part of what matched: `total` entries did, and `entries` are those from number `start` on."""

    total: int
    start: int
    entries: list[CatalogEntry]


def parse_query(parameters: Mapping[str, str]) -> CatalogQuery:
    """The query in an address's parameters; of a parameter given twice the first counts, as for kiwix-serve."""
    given = {name: parameters[name][:_TEXT_LIMIT] for name in parameters}
    count = _number(given.get("count"), DEFAULT_COUNT)
    return CatalogQuery(
        start=max(0, _number(given.get("start"), 0)),
        count=None if count < 0 else count,
        languages=_languages(given.get("lang")),
        categories=_folded(given["category"], ",") if given.get("category") else None,
        tags=_folded(given.get("tag", ""), ";"),
        unwanted_tags=_folded(given.get("notag", ""), ";"),
        name=fold(given["name"]) if given.get("name") else None,
        maxsize=size if (size := _number(given.get("maxsize"), -1)) >= 0 else None,
        words=tuple(_WORD.findall(fold(given.get("q", "")))),
    )


def select(entries: list[CatalogEntry], query: CatalogQuery) -> CatalogPage:
    """The page of `entries` that `query` asks for."""
    matching = [entry for entry in entries if query.matches(entry)]
    stop = None if query.count is None else query.start + query.count
    return CatalogPage(len(matching), query.start, matching[query.start : stop])


def fold(text: str) -> str:
    """`text` without case and accents, so that what is typed on any keyboard finds it."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _number(text: str | None, default: int) -> int:
    return int(text) if text and _NUMBER.fullmatch(text) else default


def _languages(text: str | None) -> frozenset[str] | None:
    """Codes in a comma list, as written and as ISO 639-3, so that `fr` asks for French too."""
    if not text:
        return None
    codes = [code.strip().lower() for code in text.split(",")]
    return frozenset(codes) | {to_iso639_3(code) for code in codes if code}


def _folded(text: str, separator: str) -> frozenset[str]:
    return frozenset(fold(part.strip()) for part in text.split(separator) if part.strip())
