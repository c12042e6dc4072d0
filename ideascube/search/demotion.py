"""What only the page itself tells: that it lists what a name may mean, or that it hardly says anything. Pure.

Pages are read only to be shown, so this changes the order within one page of results and never what is on it
(decision 22). What could not be read in time stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ideascube.search.page_body import Body
from ideascube.search.page_text import PageText
from ideascube.search.ranking import Merged
from ideascube.search.titles import Tier

_LOOKED_THROUGH = 64 * 1024  # bytes; these boxes stand at a page's beginning or end, and such pages are short
_STUB_LENGTH = 300  # characters

# What MediaWiki's Parsoid writes for such a page, and the classes and ids of the Wikipedias' templates. A link to one
# has the class “mw-disambig”, which says nothing of the page that it is on.
# https://www.mediawiki.org/wiki/Specs/HTML#Page_properties, https://en.wikipedia.org/wiki/Template:Dmbox
_MEANINGS = re.compile(
    rb"""mw:PageProp/disambiguation|(?:id|class)=["'](?:[^"'<>]{0,200}\s)?(?:disambigbox|(?:dmbox-|ambox-)?disambig)[\s"']"""
)
_STUB_BOX = re.compile(
    rb"""class=["'](?:[^"'<>]{0,200}\s)?asbox[\s"']"""
)  # https://en.wikipedia.org/wiki/Template:Asbox
_OF_A_WIKI = re.compile(rb"""(?:id|class)=["'][^"'<>]{0,200}\b(?:mw-parser-output|mw-content-text|mw-body)\b""")


def lists_meanings(page: PageText) -> bool:
    """Whether a page that has been read only lists what a name may mean."""
    # All of these have the word in them, and to look for that takes no time.
    if page.html.find(b"disambig", 0, _LOOKED_THROUGH) < 0:
        return False
    return _MEANINGS.search(page.html, 0, _LOOKED_THROUGH) is not None


def is_stub(page: PageText) -> bool:
    """Whether it is a wiki's page that is short, or asks for someone to write it. Films' pages are short and whole."""
    if page.html.find(b"mw-", 0, _LOOKED_THROUGH) < 0 or not _OF_A_WIKI.search(page.html, 0, _LOOKED_THROUGH):
        return False
    if _STUB_BOX.search(page.html):
        return True
    body = Body(page.html)
    return len(page.html) < _LOOKED_THROUGH and len(body.text(body.start, len(page.html))) < _STUB_LENGTH


def shown_order(places: Sequence[Merged], pages: Sequence[PageText]) -> list[int]:
    """The numbers of the places of one page of results, in the order in which they are shown."""
    keys = [(*_rank(place, page), number) for number, (place, page) in enumerate(zip(places, pages, strict=True))]
    return [number for *_, number in sorted(keys)]


def _rank(place: Merged, page: PageText) -> tuple[int, int, bool]:
    if lists_meanings(page):
        return place.answer.effort, max(place.tier, Tier.LEADING), True
    return place.answer.effort, place.tier, is_stub(page)
