"""What a side index found in a pack, as pages of the pack: documents and seconds of films count as such."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from content_packs.zim.reader import FoundPage, PackReader
from ideascube.indexing.side_index import SideIndex, SidePlace, place_of
from ideascube.search.page_text import PageText

_LANGUAGES = 20  # in which something is said at one second


def pages_by_text(archive: PackReader, side: SideIndex, text: str, count: int) -> tuple[list[FoundPage], int]:
    """The first `count` pages with all words of `text`, and about how many there are. Raises BrokenEntry."""
    places, total = side.fulltext(text, count)
    return list(_pages(archive, side, places)), total


def pages_by_title(archive: PackReader, side: SideIndex, text: str, count: int) -> list[FoundPage]:
    """Pages whose title has the words of `text`, the last one perhaps unfinished. Raises BrokenEntry."""
    return list(_pages(archive, side, side.titles(text, count)))


def _pages(archive: PackReader, side: SideIndex, places: Sequence[SidePlace]) -> Iterator[FoundPage]:
    for place in places:
        page = archive.page_at(place.path)
        if page is not None:
            yield replace(_titled(page, side, place), at=place.at)


def _titled(page: FoundPage, side: SideIndex, place: SidePlace) -> FoundPage:
    """A document by the title that it gives itself, where the pack names it only by its file."""
    if page.title not in ("", posixpath.basename(place.path), place.path):
        return page
    title = side.text(place).title or page.title
    return replace(page, title=title, matched=title)


def text_of(side: SideIndex, entry: str) -> PageText:
    """The words of a document, or of what is said in a film in all languages, by the path of their entry."""
    first, others = side.text(place_of(entry)), range(1, _LANGUAGES)
    found = [first, *takewhile(any, (side.text(place_of(f"{entry}~{number}")) for number in others))]
    return PageText(" ".join(" ".join(each.text for each in found).split()), first.title)
