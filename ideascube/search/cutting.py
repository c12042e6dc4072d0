"""A part of a text cut out to be shown, its ends and seams tidy, its words marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from content_packs.text import has_no_spaces
from ideascube.search.film_times import without_times
from ideascube.search.page_text import SEAM
from ideascube.search.protocol import Piece
from ideascube.search.query_words import Span

WIDTH = 240  # characters
LEAD_IN = 60  # at most so much before the first marked word, where a sentence begins there


def cut(text: str, place: int, *, more_before: bool, more_after: bool) -> str:
    """WIDTH characters that hold `place`, from the beginning of a sentence or a word, with … where text is left out.

    `more_…`: whether there is more text than this.
    """
    start = _start(text, max(0, min(place - LEAD_IN // 3, len(text) - WIDTH)), place)
    end = min(len(text), start + WIDTH)
    if end < len(text):
        space = text.rfind(" ", max(start, end - 30), end)
        end = space if space > place else end
    before, after = start > 0 or more_before, end < len(text) or more_after
    part = _joined(without_times(text[start:end]))
    return f"{'… ' if before else ''}{part}{' …' if after else ''}" if part else ""


def _start(text: str, start: int, place: int) -> int:
    before = text[max(0, place - LEAD_IN) : place]
    sentence = max(before.rfind(stop) for stop in (". ", "? ", "! ", "。", "؟ ", "। ", f".{SEAM}"))
    if sentence >= 0:
        return max(0, place - LEAD_IN) + sentence + 1
    if place <= LEAD_IN:
        return 0
    space = text.find(" ", start, place)
    return start if space < 0 else space + 1


_AT_SEAM = re.compile(rf"\s*{SEAM}[\s{SEAM}]*")
_OPENS, _CLOSES = "([{«“‘’'\"/-", ".,;:!?)]}»”…،؛。、’'\"/-"


def _joined(part: str) -> str:
    """The seams of the markup made into spaces, but not before a comma or after a bracket."""

    def space(seam: re.Match[str]) -> str:
        before, after = part[seam.start() - 1 : seam.start()], part[seam.end() : seam.end() + 1]
        bare = seam[0].strip(SEAM) == ""
        return "" if bare and (after in _CLOSES or before in _OPENS or has_no_spaces(before + after)) else " "

    return _AT_SEAM.sub(space, part).strip()


def marked_pieces(part: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """The part taken apart into what is marked and what is not; marks that touch or overlap are one."""
    marks: list[Span] = []
    for start, end in spans:
        if marks and start <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    ends = [0, *(place for mark in marks for place in mark), len(part)]
    pieces = ((part[start:end], number % 2 == 1) for number, (start, end) in enumerate(pairwise(ends)))
    return tuple(piece for piece in pieces if piece[0])
