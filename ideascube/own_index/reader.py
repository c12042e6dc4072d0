"""Reading the box's own index: `OwnReader` follows it while it is written. What cannot be read gives nothing.

A reader checks no more than takes no time; who writes the index looks for damage (`OwnIndex.birth`).
"""

from __future__ import annotations

import contextlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from content_packs.store.durable import file_stamp
from ideascube.own_index.generation import RECORD, Generation, load_generation, looks_whole

if TYPE_CHECKING:
    from whoosh.query.qcore import Query
    from whoosh.searching import Searcher

T = TypeVar("T")

log = logging.getLogger(__name__)


class Found(NamedTuple):
    """A document that was found: what results show of it."""

    pack: str
    path: str
    at: int
    kind: str
    licence: str
    languages: tuple[str, ...]
    titles: tuple[str, ...]
    same: str


class OwnReader:
    """The index in `folder` as it is now. Call `refresh` before a search."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp: object = None
        self._searcher: Searcher | None = None
        self._groups: list[str] = []  # of each document by its number

    def refresh(self) -> bool:
        """Follow the index; True where it is another one now."""
        changed = False
        while (stamp := file_stamp(self._folder / RECORD)) != self._stamp:  # again if it changed while it was opened
            self._stamp = stamp
            self._close()
            self._searcher = self._opened()
            self._groups = self._answer(_groups) or []
            changed = True
        return changed

    @property
    def is_open(self) -> bool:
        """Whether there is an index that can be searched."""
        return self._searcher is not None

    def terms(self, field: str) -> list[str]:
        """All that stands in a field of some document."""
        terms = self._answer(lambda searcher: list(searcher.reader().lexicon(field)))
        return [term.decode() for term in terms or ()]

    def search(self, query: Query) -> dict[str, list[int]]:
        """The numbers of all documents that are found, best first, by their groups."""

        def ask(searcher: Searcher) -> dict[str, list[int]]:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for number in searcher.search(query, limit=None).items():
                found[self._groups[number[0]]].append(number[0])
            return found

        return self._answer(ask) or {}

    def shown(self, numbers: Iterable[int]) -> list[Found]:
        """The documents of these numbers."""
        return self._answer(lambda searcher: [_found(_stored(searcher, number)) for number in numbers]) or []

    def document(self, place: str) -> tuple[Found, str] | None:
        """The document of this place (`documents.place_of`), and its text."""

        def look(searcher: Searcher) -> tuple[Found, str] | None:
            number = searcher.document_number(place=place)
            if number is None:
                return None
            whole = searcher.reader().column_reader("whole")[number]
            return _found(_stored(searcher, number)), whole.decode()

        return self._answer(look)

    def _answer(self, ask: Callable[[Searcher], T]) -> T | None:
        if self._searcher is None:
            return None
        try:
            return ask(self._searcher)
        except Exception as error:  # a damaged file raises anything; it is made again, and this search goes on
            log.warning("The box's own index in %s is left out: %s: %s", self._folder, type(error).__name__, error)
            self._close()
            return None

    def _opened(self) -> Searcher | None:
        generation = load_generation(self._folder)
        if generation is None or not looks_whole(generation, self._folder):
            return None
        return self._open(generation)

    def _open(self, generation: Generation) -> Searcher | None:
        from whoosh.index import FileIndex

        from ideascube.own_index.schema import schema
        from ideascube.own_index.storage import Storage

        try:
            return FileIndex(Storage(self._folder, generation.files), schema()).searcher()
        except Exception as error:  # as above
            log.warning("The box's own index in %s cannot be opened: %s", self._folder, error)
            return None

    def _close(self) -> None:
        if self._searcher is not None:
            with contextlib.suppress(Exception):
                self._searcher.close()
        self._searcher = None


def _groups(searcher: Searcher) -> list[str]:
    reader = searcher.reader()
    column = reader.column_reader("group")
    return [column[number] for number in range(reader.doc_count_all())]


def _stored(searcher: Searcher, number: int) -> dict[str, Any]:
    shown: dict[str, Any] = searcher.reader().stored_fields(number)["shown"]
    return shown


def _found(shown: dict[str, Any]) -> Found:
    return Found(
        shown["pack"], shown["path"], shown["at"], shown["kind"], shown["licence"], tuple(shown["languages"]),
        tuple(shown["titles"]), shown["same"],
    )  # fmt: skip
