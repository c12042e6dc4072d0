"""Asking the indexes of all files of a stack, and leaving out what files above have decided otherwise.

libzim tells no scores, so the files' results are taken in turns, the base's first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from content_packs.zim.finding import clean_query

if TYPE_CHECKING:
    from content_packs.zim.stack import Stack

_COUNTED = 1000  # results of one file that are counted; of more, the index's estimate is taken
_ALL = 1_000_000  # results of one file that are asked for at most


def fulltext(stack: Stack, query: str, start: int, count: int) -> tuple[list[str], int]:
    """As `PackReader.fulltext`. Raises BrokenEntry where an index cannot be read."""
    if not stack.info.fulltext:
        return [], 0
    found = [_fulltext_of(stack, level, query, start + count) for level in range(len(stack.files))]
    paths = list(_in_turns([shown for shown, _ in found]))[start : start + count]
    return paths, max(start + len(paths), sum(total for _, total in found)) if paths else 0


def _fulltext_of(stack: Stack, level: int, query: str, wanted: int) -> tuple[list[str], int]:
    """The first pages of one file that none above hides, at least `wanted`; how many there are, if not too many."""
    count = max(wanted, _COUNTED)
    while True:
        paths, total = stack.files[level].fulltext(query, 0, count)
        shown = [path for path in paths if not stack.is_hidden(path, level)]
        if len(paths) < count or count >= _ALL:
            return shown, len(shown)
        if len(shown) >= wanted:
            return shown, max(len(shown), total * len(shown) // len(paths))
        count *= 4


def titles(stack: Stack, text: str, count: int) -> list[str]:
    """As `PackReader.titles`. Raises BrokenEntry where an index cannot be read."""
    found = [_titles_of(stack, level, text, count) for level in range(len(stack.files))]
    once: dict[str, str] = {}
    for path in _in_turns(found):
        page = stack.page_at(path)
        # libzim shows one of the titles that lead to a page of one file, and knows no redirects between files.
        once.setdefault(path if page is None else page.path, path)
    return list(once.values())[:count]


def _titles_of(stack: Stack, level: int, text: str, wanted: int) -> list[str]:
    count = wanted
    while True:
        paths = stack.files[level].titles(text, count)
        shown = [path for path in paths if not stack.is_hidden(path, level)]
        if not stack.info.titles:
            shown = [path for path in shown if _begins_with(stack, path, text)]
        if len(shown) >= wanted or len(paths) < count or count >= _ALL:
            return shown
        count *= 4


def _begins_with(stack: Stack, path: str, text: str) -> bool:
    """Without an index of titles a pack finds those that begin so; layers always have one, which finds more."""
    words = clean_query(text)
    found = stack.step(path)
    return found is not None and found.title.startswith((words, words[:1].upper() + words[1:]))


def _in_turns(lists: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first of each list, then the second of each, and so on."""
    for row in zip_longest(*lists):
        yield from (each for each in row if each is not None)
