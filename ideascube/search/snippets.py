"""The part of a page that shows best why it was found, with the words marked, and when in a film it is said. Pure.

Of HTML only what lies around the words' likely places is made into text: the words are looked for in the bytes as they
are, and in the whole text only where that finds none (accents left out, other forms of Arabic letters, entities).
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from content_packs.text import fold_in_place
from ideascube.search.cutting import LEAD_IN, WIDTH, cut, marked_pieces
from ideascube.search.film_times import has_times, time_at, time_before
from ideascube.search.page_body import Body
from ideascube.search.page_text import SEAM, PageText
from ideascube.search.protocol import Piece
from ideascube.search.query_words import Span, Word

_SPANS = 100  # of one word in one text; enough to find a good place
_PLACES = 20  # of one word in the HTML of one page
_LOOKS = 1000  # for one word in the HTML of one page; it may be in the addresses of many links
_FOLDED_LENGTH = 10_000  # characters looked at letter by letter, which is slow
_FURTHER_LENGTH, _FURTHER_FOLDED = 512 * 1024, 100_000  # characters of a document
_HTML_LENGTH, _TEXT_LENGTH = 128 * 1024, 40_000  # bytes, characters; looked through where the HTML has no stem
_BEFORE, _AFTER = 400, 1600  # bytes of HTML around a place that mostly have as much text as is shown
_ENOUGH = 2 * WIDTH
_NEAR = 700  # bytes of HTML in which words are near enough to be shown together
_TRIES = 3  # parts of the HTML looked at
_HEADING = 2000  # bytes at a page's beginning in which its heading is

_HEADING_END = re.compile(rb"</h[1-4]>")

Words = tuple[Word, ...]
Found = tuple[int, int, int]  # start, end, which word


class Excerpt(NamedTuple):
    """What is shown of a page, how many of the words are there, and the second of the film that begins with them.

    `at` is -1 where nothing is said there, or where the page is found by its title: then the film begins at its
    beginning.
    """

    pieces: tuple[Piece, ...]
    words: int = 0
    at: int = -1


class Text(NamedTuple):
    """A text with SEAMs, where the words are in it, and whether the page has more of it."""

    text: str
    spans: list[Found]
    more_before: bool = False
    more_after: bool = False


def excerpt(page: PageText, words: Words) -> Excerpt:
    """About WIDTH characters of a page that has been read, around the words; its beginning where it has none of them.

    Of a document's page, what the document says where that has more of the words.
    """
    found = _near_words(Body(page.html), words, page.title) if page.html else _whole(page.text, words, page.title)
    shown = _shown(found, words, page.title)
    if page.further is None or shown.words == len(words):
        return shown
    text = page.further()[:_FURTHER_LENGTH]
    further = _shown(_whole(text, words, "", _FURTHER_FOLDED), words, page.title)
    return further if further.words > shown.words else shown


def _shown(found: Text, words: Words, title: str) -> Excerpt:
    place = _best_place(found.spans, words, WIDTH - LEAD_IN)
    part = cut(found.text, max(0, place), more_before=found.more_before, more_after=found.more_after)
    spans = [word.folded_spans(fold_in_place(part)) for word in words]
    at = _said_at(found, place)
    at = -1 if at >= 0 and _names_all(title, words) else at
    return Excerpt(marked_pieces(part, sorted(chain(*spans))), sum(map(bool, spans)), at)


def _said_at(found: Text, place: int) -> int:
    """The time at which most of the words are said that are shown from `place` on; -1 where they are not."""
    if place < 0 or not has_times(found.text):
        return -1
    words_at: defaultdict[int, set[int]] = defaultdict(set)
    for start, end, number in found.spans:
        if place <= start and end <= place + WIDTH - LEAD_IN:
            words_at[time_at(found.text, start)].add(number)
    return max(words_at, key=lambda time: len(words_at[time]))


def _names_all(title: str, words: Words) -> bool:
    folded = fold_in_place(title)
    return all(word.folded_spans(folded) for word in words)


def _whole(text: str, words: Words, title: str, folded_length: int = _FOLDED_LENGTH) -> Text:
    text = _without_heading(text, title)
    return Text(text, _spans(text, words, folded_length))


def _near_words(body: Body, words: Words, title: str) -> Text:
    """The text around the place in the HTML that has most of the words, or all of it where none is found."""
    start = looked_from = _after_heading(body, title)
    for _ in range(_TRIES):
        place = _best_place(_places(body, looked_from, words), words, _NEAR)
        if place < 0:
            break
        found = _around(body, start, place, words)
        if found.spans and _has_phrases(found, words):
            return found
        looked_from = place + 1
    return _whole(body.text(start, start + _HTML_LENGTH)[:_TEXT_LENGTH], words, title)


def _has_phrases(found: Text, words: Words) -> bool:
    """Whether all phrases are there; where markup parts them, only the whole text shows where they are."""
    there = {number for *_, number in found.spans}
    return all(number in there for number, word in enumerate(words) if word.is_phrase)


def _after_heading(body: Body, title: str) -> int:
    """Where the page begins to say more than its title."""
    heading = _HEADING_END.search(body.lower, body.start, body.start + _HEADING)
    if title and heading and _without_heading(body.text(body.start, heading.end()), title) == "":
        return heading.end()
    return body.start


def _places(body: Body, start: int, words: Words) -> Iterator[Found]:
    """Where the HTML may hold the words, in order."""
    found = (_all(body, stem, start, word, number) for number, word in enumerate(words) for stem in word.stems)
    return heapq.merge(*(islice(places, _PLACES) for places in found))


def _all(body: Body, stem: bytes, start: int, word: Word, number: int) -> Iterator[Found]:
    """Where the text has a stem of the word, at the beginning of a word."""
    for _ in range(_LOOKS):
        place = body.lower.find(stem, start)
        if place < 0:
            return
        start = place + max(1, len(stem))
        if (word.anywhere or not body.lower[place - 1 : place].isalnum()) and body.holds(place):
            yield place, start, number


def _around(body: Body, start: int, place: int, words: Words) -> Text:
    """The text around a place in the HTML."""
    first, end = start, place + _AFTER
    if place - _BEFORE > start:
        beginnings = (body.html.find(mark, place - _BEFORE, place) for mark in (b"<", b" "))
        first = time_before(body.html, next((beginning for beginning in beginnings if beginning >= 0), place))
    while len(text := body.text(first, end).strip("\ufffd")) < _ENOUGH and end < len(body.html):
        end += 4 * (end - place)
    return Text(text, _spans(text, words), first > start, end < len(body.html))


def _without_heading(text: str, title: str) -> str:
    text = text.lstrip(SEAM + " ")
    while title and text.startswith(title):
        text = text[len(title) :].lstrip(SEAM + " ")
    return text


def _spans(text: str, words: Words, folded_length: int = _FOLDED_LENGTH) -> list[Found]:
    """Where the words are, in order: start, end, which word."""
    lower = text.lower()
    lower = lower if len(lower) == len(text) else fold_in_place(text)
    found = [(*span, number) for number, word in enumerate(words) for span in _some(word.spans(lower, word.typed))]
    missing = set(range(len(words))) - {number for *_, number in found}
    for start in range(0, min(len(text), folded_length), _FOLDED_LENGTH):
        if not missing:
            break
        folded = fold_in_place(text[start : start + _FOLDED_LENGTH])
        more = [
            (start + begin, start + end, number)
            for number in missing
            for begin, end in words[number].folded_spans(folded)[:_SPANS]
        ]
        missing -= {number for *_, number in more}
        found += more
    return sorted(found)


def _some(spans: Iterator[Span]) -> Iterator[Span]:
    return islice(spans, _SPANS)


def _best_place(spans: Iterable[Found], words: Words, width: int) -> int:
    """Where the first part of so many characters or bytes begins that holds most phrases, most different words, most
    words.

    -1 where there are none.
    """
    window: list[Found] = []
    most = (sum(word.is_phrase for word in words), len(words), len(words) + 1)
    best, best_start = (0, 0, 0), -1
    for span in spans:
        window = [other for other in window if span[1] - other[0] <= width] + [span]
        there = {number for *_, number in window}
        found = (sum(words[number].is_phrase for number in there), len(there), min(len(window), most[-1]))
        if found > best:
            best, best_start = found, window[0][0]
        if best == most:
            break
    return best_start
