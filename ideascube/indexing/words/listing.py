"""Listing the words of a pack, and forgetting those of packs that left. Slow; for a process apart.

What searchers see changes in one step for each pack: `store`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

from content_packs.store.library import PackRecord
from content_packs.text import words_in
from content_packs.zim.reader import PackReader
from ideascube.indexing.words.choosing import ListedWord, chosen_words, is_word
from ideascube.indexing.words.counting import WordCounts
from ideascube.indexing.words.database import DamagedList, delete_list
from ideascube.indexing.words.reading import PAGE_LIMIT, PackTexts
from ideascube.indexing.words.store import ListedPack, WordStore

Progress = Callable[[int, int], None]

_TELL_EVERY = 1000  # entries; there may be millions of them before the first page is read


def list_words(record: PackRecord, reader: PackReader, database: Path, progress: Progress) -> None:
    """List the words of a pack in the file `database`, in place of what is listed of another state of it.

    Nothing is done where this state (`record.stamp`) is listed. `progress` gets pages read, and how many there are.
    Raises NoSpace, NotAllowed or Busy where the list cannot be written, which is then as before; DamagedList where it
    was damaged and is deleted, so that all packs have to be listed again.
    """
    if (record.id, record.stamp) in listed_packs(database):
        return
    words = words_of(reader, progress)
    languages = record.manifest.languages if record.manifest else ()
    try:
        with contextlib.closing(WordStore(database)) as store:
            store.put(ListedPack(record.id, record.stamp, languages), words)
    except DamagedList:
        delete_list(database)
        raise


def words_of(reader: PackReader, progress: Progress) -> list[ListedWord]:
    """The words of a pack that are worth listing, in the order of their keys."""
    texts, titles, pages = PackTexts(reader), WordCounts(is_word), WordCounts(is_word)
    for number, title in enumerate(texts.titles()):
        titles.add(words_in(title))
        if number % _TELL_EVERY == 0:
            progress(0, texts.page_count)
    total = min(texts.page_count, PAGE_LIMIT)
    for text in texts.texts(lambda read: progress(read, total)):
        pages.add(words_in(text))
    return chosen_words(pages, titles, texts.read / max(1, texts.page_count) or 1.0)


def forget_words(database: Path, keep: Iterable[tuple[str, str]]) -> None:
    """Take out the words of all packs but those (id, stamp) of `keep`.

    Raises NoSpace, NotAllowed or Busy; a damaged list is deleted.
    """
    kept = set(keep)
    if not database.exists() or listed_packs(database) <= kept:
        return
    try:
        with contextlib.closing(WordStore(database)) as store:
            store.keep_only(kept)
    except DamagedList:
        delete_list(database)


def listed_packs(database: Path) -> frozenset[tuple[str, str]]:
    """The packs (id, stamp) whose words are listed; none where the list is absent or damaged."""
    if not database.exists():
        return frozenset()
    try:
        with contextlib.closing(WordStore(database)) as store:
            return frozenset(store.packs())
    except DamagedList:
        return frozenset()
