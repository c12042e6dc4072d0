"""The part of a page's text that shows best why it was found, with the words marked. Pure.

Words are marked as libzim finds them, roughly: without case and accents, by the beginning that their forms share. Its
stemmers are another program's; where they join two words and this does not, the page is shown with fewer marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from ideascube.search.folding import fold, fold_in_place, is_mark
from ideascube.search.merge import has_no_spaces
from ideascube.search.page_text import SEAM
from ideascube.search.protocol import Piece

WIDTH = 240  # characters

_SPANS = 100  # of one word in one text; enough to find a good place
_LEAD_IN = 60  # at most so much before the first marked word, where a sentence begins there
_FOLDED_LENGTH = 20_000  # characters looked at letter by letter, which is slow
_FIRST_WITH_VOWEL_SIGNS = "\u0900"  # Devanagari: from here on, marks make another word
_FIRST_WITH_MARKS = "\u0590"  # Hebrew; Latin, Greek and Cyrillic texts come composed

# “And”, “so”, “by”, “like”, “for” and the article, which Arabic writes as part of the word.
_ARABIC_PREFIX = re.compile(r"(?<!\w)[وف]?[بكل]?(?:ال|لل)?\Z")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the query as it is looked for: as it was typed, and where that is not found, folded."""

    typed: re.Pattern[str]
    folded: re.Pattern[str]
    anywhere: bool = False

    def spans(self, text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
        for match in pattern.finditer(text):
            start = self._begin(text, match.start())
            if start is not None:
                yield start, match.end()

    def _begin(self, text: str, start: int) -> int | None:
        """Where the word with its stem at `start` begins, or None. A pattern that checks this is ten times slower."""
        before = text[max(0, start - 1) : start]
        if self.anywhere or not before or not (before.isalnum() or is_mark(before)):
            return start
        prefix = _ARABIC_PREFIX.search(text, max(0, start - 8), start)
        return prefix.start() if prefix and prefix[0] else None


@lru_cache(maxsize=64)
def words_of(query: str) -> tuple[Word, ...]:
    """The words of a query, ready to be looked for in many texts."""
    words = [part for word in re.findall(rf"(?:\w|{_any_marks()})+", query.lower()) for part in _parts(word)]
    long = [word for word in words if len(word) > 2 or has_no_spaces(word)]
    return tuple(map(_word, dict.fromkeys(long or words)))


def _parts(word: str) -> list[str]:
    """A word, or in Chinese and Japanese its runs of one kind of letter and pairs of signs, as indexes have them."""
    # A single hiragana between others is a particle, as “of” is.
    runs = re.findall(r"[\u3040-\u309f]{2,}|[\u30a0-\u30ff]+|[\u3400-\u9fff]+|[^\u3040-\u30ff\u3400-\u9fff]+", word)
    return [part for run in runs for part in (_pairs(run) if "\u3400" <= run[0] <= "\u9fff" else [run])] or [word]


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(max(1, len(run) - 1))]


def _word(word: str) -> Word:
    folded = word if _FIRST_WITH_VOWEL_SIGNS <= max(word) < "\u1e00" else fold(word) or word
    if has_no_spaces(word):
        return Word(re.compile(re.escape(word)), re.compile(_spelled(folded)), anywhere=True)
    return Word(_stem(_bare(word), str), _stem(_bare(folded), _spelled))


def _bare(word: str) -> str:
    """Without the Arabic article, which indexes leave out."""
    return word.removeprefix("ال") if len(word) > 4 else word


def _stem(word: str, spell: Callable[[str], str]) -> re.Pattern[str]:
    """A pattern for the beginning that a word's forms share, and what may follow it."""
    cut = max(1, len(word) // 4) if len(word) > 3 else 0
    in_word = rf"(?:\w|{_any_marks()})" if _has_marks(word) else r"\w"
    return re.compile(rf"{spell(word[: len(word) - cut])}{in_word}{{0,{cut + 2 if cut else 1}}}(?!{in_word})")


def _spelled(word: str) -> str:
    """The word's letters, with any vowel marks between them in the scripts that have such."""
    joint = f"{_any_marks()}*" if _has_marks(word) else ""
    return "".join(letter + joint for letter in word)


def _has_marks(word: str) -> bool:
    return _FIRST_WITH_MARKS <= max(word) < "\ua000" and not "\u3040" <= word[0] <= "\ud7ff"


@lru_cache(maxsize=1)
def _any_marks() -> str:
    """A class of the marks that stand after letters in scripts from Hebrew on."""
    marks = "".join(letter for letter in map(chr, range(0x0300, 0xABFF)) if is_mark(letter))
    return f"[{re.escape(marks)}]"


def snippet(text: str, query: str, title: str = "") -> tuple[Piece, ...]:
    """About WIDTH characters of `text` around the words of `query`; its beginning where they are not in it."""
    text = _without_heading(text, title)
    words = words_of(query)
    part = _cut(text, _best_place(_spans(text, words), len(words)))
    return _pieces(part, sorted(_folded_spans(fold_in_place(part), words)))


def _without_heading(text: str, title: str) -> str:
    text = text.lstrip(SEAM + " ")
    while title and text.startswith(title):
        text = text[len(title) :].lstrip(SEAM + " ")
    return text


def _spans(text: str, words: tuple[Word, ...]) -> list[tuple[int, int, int]]:
    """Where the words are, in order: start, end, which word."""
    lower = text.lower()
    lower = lower if len(lower) == len(text) else fold_in_place(text)
    found = [(*span, number) for number, word in enumerate(words) for span in _some(word.spans(lower, word.typed))]
    missing = [word for number, word in enumerate(words) if not any(number == which for *_, which in found)]
    if missing:
        folded = fold_in_place(text[:_FOLDED_LENGTH])
        found += [
            (*span, len(words) + number)
            for number, word in enumerate(missing)
            for span in _some(word.spans(folded, word.folded))
        ]
    return sorted(found)


def _some(spans: Iterator[Span]) -> Iterator[Span]:
    return islice(spans, _SPANS)


def _best_place(spans: Iterable[tuple[int, int, int]], wanted: int) -> int:
    """Where the first window begins that holds most different words, then most words."""
    window: list[tuple[int, int, int]] = []
    best, best_start = (0, 0), 0
    for span in spans:
        window = [other for other in window if span[1] - other[0] <= WIDTH - _LEAD_IN] + [span]
        found = (len({word for _, _, word in window}), min(len(window), wanted + 1))
        if found > best:
            best, best_start = found, window[0][0]
        if best == (wanted, wanted + 1):
            break
    return best_start


def _cut(text: str, place: int) -> str:
    """WIDTH characters that hold `place`, from the beginning of a sentence or a word, with … where text is left out."""
    start = _start(text, max(0, min(place - _LEAD_IN // 3, len(text) - WIDTH)), place)
    end = min(len(text), start + WIDTH)
    if end < len(text):
        space = text.rfind(" ", max(start, end - 30), end)
        end = space if space > place else end
    part = _joined(text[start:end])
    return f"{'… ' if start else ''}{part}{' …' if end < len(text) else ''}" if part else ""


def _start(text: str, start: int, place: int) -> int:
    before = text[max(0, place - _LEAD_IN) : place]
    sentence = max(before.rfind(stop) for stop in (". ", "? ", "! ", "。", "؟ ", "। ", f".{SEAM}"))
    if sentence >= 0:
        return max(0, place - _LEAD_IN) + sentence + 1
    if place <= _LEAD_IN:
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


def _folded_spans(folded: str, words: tuple[Word, ...]) -> Iterator[Span]:
    return (span for word in words for span in word.spans(folded, word.folded))


def _pieces(part: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
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
