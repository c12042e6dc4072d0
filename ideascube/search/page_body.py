"""Where in a page's HTML its own words are, and where its programs, pictures and menus. Pure.

No tree is built: of each result a few words are shown, and to parse whole pages takes longer than to find these. The
HTML is looked through once, whatever it holds: a page nested 100,000 deep costs no more than another.
"""

from __future__ import annotations

import re
from itertools import islice

from content_packs.zim.index_text import HIDDEN_FROM_SEARCH, SHOWN_AGAIN
from ideascube.search.film_times import with_times
from ideascube.search.page_text import plain_text

Range = tuple[int, int]

_HIDDEN, _SHOWN_AGAIN = HIDDEN_FROM_SEARCH.encode(), SHOWN_AGAIN.encode()

# What is no part of a page's own words: programs, pictures, the menus of the usual producers of ZIM files, and what a
# page hides from searches.
_ASIDE = re.compile(
    rb"<(?:(?:script|style|noscript|template|svg|math|nav|footer|select|button|iframe)\b|%b)" % re.escape(_HIDDEN[1:])
)
_ASIDE_NAMED = re.compile(
    rb'="(?:navheader|navfooter|docnav|banner|toc|navbox|infobox|mw-editsection|reference|hatnote|sphinxsidebar|related'
    rb'|navigation)["\s]'
)
_ASIDES = 20  # begun in one step
_STEP = 4096  # bytes looked through at a time
_NAME = 30  # bytes that the name of an aside takes
# No pattern looks beyond the next “<”, or looking for tags in a page made of “<nav<nav<nav” would never end.
_ELEMENT = re.compile(rb"<([a-z][a-z0-9]*)\b[^<>]*>")
_BODY = re.compile(rb"<body\b[^<>]*>")


class Body:
    """The part of a page that is shown: from `start` on, without its asides.

    `html` has the times at which a film says things (see `film_times`); `lower` is the same with its ASCII letters
    small, so that places in both are the same. Asides are looked for only as far as the page is asked about.
    """

    def __init__(self, html: bytes) -> None:
        self.html = with_times(html)
        self.lower = self.html.lower()
        opening = _BODY.search(self.lower)
        self.start = opening.end() if opening else 0
        self._asides: list[Range] = []
        self._known = self.start  # so far the asides are known

    def text(self, start: int, end: int) -> str:
        """The words between two places in the HTML."""
        self._look_until(end)
        kept, first = [], start
        for begin, after in self._asides:
            if start < after and begin < end:
                kept.append(self.html[first:begin])
                first = after
        return plain_text(b"<!>".join([*kept, self.html[first:end]]))

    def holds(self, place: int) -> bool:
        """Whether there is text at this place, and neither markup nor an aside."""
        if self.lower.rfind(b"<", 0, place) > self.lower.rfind(b">", 0, place):
            return False
        self._look_until(place)
        return not any(begin <= place < after for begin, after in self._asides)

    def _look_until(self, end: int) -> None:
        while self._known < min(end, len(self.lower)):
            self._asides += _asides(self.lower, self._known, self._known + _STEP)
            self._known = max(self._known + _STEP, self._asides[-1][1] if self._asides else 0)


def _asides(lower: bytes, start: int, end: int) -> list[Range]:
    """The asides that begin between two places, in order; none within another."""
    begins = [match.start() for match in islice(_ASIDE.finditer(lower, start, end + _NAME), _ASIDES)]
    named = islice(_ASIDE_NAMED.finditer(lower, start, end + _NAME), _ASIDES)
    begins += [lower.rfind(b"<", 0, match.start()) for match in named]
    asides: list[Range] = []
    for begin in sorted(begins):
        if begin >= (asides[-1][1] if asides else start):
            asides.append((begin, _end_of(lower, begin)))
    return asides


def _end_of(lower: bytes, begin: int) -> int:
    """Where the element that begins here ends; at the page's end where it is not closed."""
    if lower.startswith(_HIDDEN, begin):
        end = lower.find(_SHOWN_AGAIN, begin)
        return len(lower) if end < 0 else end + len(_SHOWN_AGAIN)
    opening = _ELEMENT.match(lower, begin)
    if opening is None or opening[0].endswith(b"/>"):
        return opening.end() if opening else begin + 1
    depth = 0
    for tag in re.compile(rb"<(/?)%b\b[^<>]*>" % opening[1]).finditer(lower, begin):
        depth += -1 if tag[1] else not tag[0].endswith(b"/>")
        if depth == 0:
            return tag.end()
    return len(lower)
