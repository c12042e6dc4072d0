"""Asking a ZIM's own indexes: pages that hold all words, titles that begin with a text, and titles of pages.

With `archive` the only module that calls libzim's reader. One pack at a time and no order between packs: that is for
whoever asks. All of it holds the interpreter's lock, so it belongs in a process of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from libzim.reader import Entry
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher

from content_packs.errors import BrokenEntry, IdeascubeError
from content_packs.text.cleaning import cleaned
from content_packs.zim.index_text import text_path
from content_packs.zim.quiet import silent_errors
from content_packs.zim.reader import LIBZIM_ERRORS, REDIRECT_LIMIT, FoundPage, PackReader, ZimEntry

if TYPE_CHECKING:
    from content_packs.zim.archive import ZimArchive

Found = TypeVar("Found")

# A search takes all the words of its text, so more of them only find less; longer words are in no index.
WORD_LIMIT = 12
WORD_LENGTH = 60

_PAGE_LIMIT = 4 * 1024 * 1024  # bytes: no article is longer, and hardly a book
_FILE_NAME = re.compile(r"\.x?html?$|/$", re.IGNORECASE)


def clean_query(text: str) -> str:
    """What a person typed, as words that every index takes; empty where there is none. Safe to be done twice."""
    # “L’” on the way to “L’eau”: an apostrophe at the end is no part of any indexed word.
    words = [word[:WORD_LENGTH].rstrip("'’") for word in cleaned(text).split()]
    once = {word.casefold(): word for word in reversed(words) if any(map(str.isalnum, word))}
    return " ".join(list(reversed(once.values()))[:WORD_LIMIT])


def fulltext(archive: ZimArchive, query: str, start: int, count: int) -> tuple[list[str], int]:
    """Paths of pages that hold all words of `query`, best first, and about how many there are.

    Nothing found where the pack has no index. Raises BrokenEntry where the index cannot be read.
    """
    words = clean_query(query)

    def ask() -> tuple[list[str], int]:
        if not words or not archive.libzim.has_fulltext_index:
            return [], 0
        search = Searcher(archive.libzim).search(Query().set_query(words))
        paths = list(search.getResults(start, count))
        return paths, max(start + len(paths), search.getEstimatedMatches()) if paths else 0

    return _guarded(archive, "full-text index", ask)


def titles(archive: ZimArchive, text: str, count: int) -> list[str]:
    """Paths of entries (redirects too) whose title has the words of `text`, the last one perhaps unfinished.

    Without an index of titles, those that begin with `text` letter by letter. Raises BrokenEntry.
    """
    words = clean_query(text)

    def ask() -> list[str]:
        forms = [words] if archive.libzim.has_title_index else [words, words[:1].upper() + words[1:]]
        with silent_errors():
            searcher = SuggestionSearcher(archive.libzim)
            paths = [path for form in forms if form for path in searcher.suggest(form).getResults(0, count)]
        return list(dict.fromkeys(paths))[:count]

    return _guarded(archive, "index of titles", ask)


def page_at(archive: ZimArchive, path: str) -> FoundPage | None:
    """The page that `path` leads to, or None where it leads to none that can be read."""

    def ask() -> FoundPage | None:
        entry = archive.libzim.get_entry_by_path(path)
        page = _followed(entry)
        return FoundPage(page.path, _title(page), _title(entry)) if page is not None else None

    try:
        return _guarded(archive, path, ask)
    except BrokenEntry:
        return None


def _followed(entry: Entry) -> Entry | None:
    for _ in range(REDIRECT_LIMIT):
        if not entry.is_redirect:
            return entry
        entry = entry.get_redirect_entry()
    return None


def _title(entry: Entry) -> str:
    return shown_title(entry.title, entry.path)


def shown_title(title: str, path: str) -> str:
    """A title on one line; empty where it is but the file's name."""
    title = " ".join(title.split())
    return "" if title == path and _FILE_NAME.search(title) else title


def page_bytes(archive: PackReader, path: str) -> bytes:
    """The HTML at `path`; empty where it is no page, too long to be one, or damaged.

    Threads may ask at once: what takes time, to unpack the page, lets others run.
    """
    try:
        entry = archive.find(path)
        return _content(archive, entry) if isinstance(entry, ZimEntry) and entry.is_html else b""
    except (IdeascubeError, OSError):
        return b""


def document_text(archive: PackReader, page: str) -> str:
    """The text under which the page at `page` is indexed beside its own words; empty where there is none, as is usual.

    Empty as well where it is longer than any book. Threads may ask at once, as for `page_bytes`.
    """
    try:
        entry = archive.find(text_path(page))
        raw = archive.read(entry, keep=False, limit=_PAGE_LIMIT) if isinstance(entry, ZimEntry) else b""
    except (IdeascubeError, OSError):
        return ""
    return raw.decode("utf-8", "replace")


def _content(archive: PackReader, entry: ZimEntry) -> bytes:
    stored = archive.stored(entry)
    return b"" if stored is not None and stored.range.length > _PAGE_LIMIT else archive.read(entry, keep=False)


def _guarded(archive: ZimArchive, what: str, ask: Callable[[], Found]) -> Found:
    if not archive.file.is_intact():
        raise BrokenEntry(f"{archive.path.name} changed while it was open: try again in a few seconds.")
    try:
        return ask()
    except (*LIBZIM_ERRORS, KeyError) as error:
        raise BrokenEntry(f"The {what} of {archive.path.name} cannot be read: {error}. Copy the pack again.") from error
