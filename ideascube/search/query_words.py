"""The words of a query as they are looked for in texts, and in HTML. Pure.

Words are found as libzim finds them, roughly: without case and accents, by the beginning that their forms share. Its
stemmers are another program's; where they join two words and this does not, the page is shown with fewer marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import regex

from content_packs.text import fold, has_no_spaces, is_mark
from content_packs.text.scripts import pairs

_FIRST_WITH_MARKS = "\u0590"  # Hebrew; Latin, Greek and Cyrillic texts come composed

# “And”, “so”, “by”, “like”, “for” and the article, which Arabic writes as part of the word.
_ARABIC_PREFIX = re.compile(r"(?<!\w)[وف]?[بكل]?(?:ال|لل)?\Z")

# In scripts with vowel marks; `re` takes milliseconds for each class of theirs, and a word has one after each letter.
_MARK, _IN_WORD = r"[\p{M}\u0640]", r"[\p{L}\p{N}\p{M}_]"
_BETWEEN, _ENDS = r"[^\p{L}\p{N}_]", r"(?![\p{L}\p{N}_])"  # of words that are one after the other
_WORD = regex.compile(f"{_IN_WORD}+")

Span = tuple[int, int]
Pattern = re.Pattern[str] | regex.Pattern[str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase of the query as it is looked for: as it was typed, and where that is not found, folded.

    `loose`: where that is not found either, as the beginning of a word, or in pieces. `stems`: what HTML that has the
    word nearly always holds, once its ASCII letters are small.
    """

    typed: Pattern
    folded: Pattern
    stems: frozenset[bytes]
    anywhere: bool = False
    loose: Pattern | None = None
    is_phrase: bool = False

    def spans(self, text: str, pattern: Pattern) -> Iterator[Span]:
        for match in pattern.finditer(text):
            start = self._begin(text, match.start())
            if start is not None:
                yield start, match.end()

    def folded_spans(self, folded: str) -> list[Span]:
        """Where the word is in a folded text."""
        spans = list(self.spans(folded, self.folded))
        if spans or self.loose is None:
            return spans
        return list(_overlapping(folded, self.loose) if self.anywhere else self.spans(folded, self.loose))

    def _begin(self, text: str, start: int) -> int | None:
        """Where the word with its stem at `start` begins, or None. A pattern that checks this is ten times slower."""
        before = text[max(0, start - 1) : start]
        if self.anywhere or not before or not (before.isalnum() or is_mark(before)):
            return start
        prefix = _ARABIC_PREFIX.search(text, max(0, start - 8), start)
        return prefix.start() if prefix and prefix[0] else None


def _overlapping(text: str, pattern: Pattern) -> Iterator[Span]:
    """Of pairs of letters the second is mostly the first one of another."""
    match = pattern.search(text)
    while match:
        yield match.span()
        match = pattern.search(text, match.start() + 1)


@lru_cache(maxsize=64)
def words_of(text: str, phrases: tuple[str, ...] = (), *, unfinished: bool = False) -> tuple[Word, ...]:
    """The words of a text that was searched for, ready to be looked for in many others.

    `phrases` as `Asked` has them; `unfinished`: the last word may be half a word.
    """
    words = [part for word in _WORD.findall(text.lower()) for part in _parts(word)]
    long = [word for word in words if len(word) > 2 or has_no_spaces(word)]
    found = list(map(_word, dict.fromkeys(long or words)))
    if unfinished and found and not found[-1].anywhere and words[-1] in (long or words):
        found[-1] = replace(found[-1], loose=_beginning(words[-1]))
    return (*found, *map(_phrase, phrases))


def _parts(word: str) -> list[str]:
    """A word, or in Chinese and Japanese its runs of one kind of letter and pairs of signs, as indexes have them."""
    # A single hiragana between others is a particle, as “of” is.
    runs = re.findall(r"[\u3040-\u309f]{2,}|[\u30a0-\u30ff]+|[\u3400-\u9fff]+|[^\u3040-\u30ff\u3400-\u9fff]+", word)
    return [part for run in runs for part in (_pairs(run) if "\u3400" <= run[0] <= "\u9fff" else [run])] or [word]


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(max(1, len(run) - 1))]


def _word(word: str) -> Word:
    folded = _folded(word) or word
    if has_no_spaces(word):
        return _run(word, folded)
    bare = _bare(word)
    return Word(_stem(bare, str), _stem(_bare(folded), _spelled), _in_html(bare[: len(bare) - _ending(bare)]))


def _folded(text: str) -> str:
    """Folded as it is in a text that was folded in place, where the vowel “am” of Thai and Lao stays one letter."""
    return fold(text).replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")


def _run(word: str, folded: str) -> Word:
    """A word of a script without spaces; its pairs of letters may be apart where only an index of pairs found them."""
    pieces = "|".join(map(re.escape, pairs(folded)))
    return Word(
        re.compile(re.escape(word)), _compiled(_spelled(folded), folded), _in_html(word), True, re.compile(pieces)
    )


def _beginning(word: str) -> Pattern:
    """A pattern for every word that begins with this one."""
    return _compiled(f"{_spelled(_bare(_folded(word) or word))}{_letter_of(word)}*", word)


def _phrase(phrase: str) -> Word:
    """Words one after the other; in scripts without spaces, letters."""
    words = _folded(phrase).split()
    folded = regex.compile(f"{_BETWEEN}+".join(map(_spelled, words)) + _ENDS)
    if has_no_spaces(phrase):
        folded = regex.compile(f"{_BETWEEN}*".join(map(_spelled, words)))
    return Word(folded, folded, _in_html(phrase.strip()), has_no_spaces(phrase), is_phrase=True)


def _in_html(stem: str) -> frozenset[bytes]:
    """A stem as it is written within a sentence, at the beginning of one, and in capitals."""
    forms = (stem, stem.capitalize(), stem.upper())
    return frozenset(form.encode("utf-8", "replace").lower() for form in forms)


def _ending(word: str) -> int:
    """How many letters at a word's end its forms do not share."""
    return max(1, len(word) // 4) if len(word) > 3 else 0


def _bare(word: str) -> str:
    """Without the Arabic article, which indexes leave out."""
    return word.removeprefix("ال") if len(word) > 4 else word


def _stem(word: str, spell: Callable[[str], str]) -> Pattern:
    """A pattern for the beginning that a word's forms share, and what may follow it."""
    cut = _ending(word)
    in_word = _letter_of(word)
    return _compiled(rf"{spell(word[: len(word) - cut])}{in_word}{{0,{cut + 2 if cut else 1}}}(?!{in_word})", word)


def _spelled(word: str) -> str:
    """The word's letters, with any vowel marks between them in the scripts that have such."""
    if not word or not _has_marks(word):
        return re.escape(word)
    joints = (_joint(following) + re.escape(following) for _, following in pairwise(word))
    return f"{re.escape(word[0])}{''.join(joints)}{_MARK}*+"


def _joint(following: str) -> str:
    """Marks up to the next letter of the word, which may be one; never looked through twice."""
    return f"(?:(?!{re.escape(following)}){_MARK})*+" if is_mark(following) else f"{_MARK}*+"


def _compiled(pattern: str, word: str) -> Pattern:
    return regex.compile(pattern) if _has_marks(word) else re.compile(pattern)


def _letter_of(word: str) -> str:
    """A class of what may stand in words of the same script."""
    return _IN_WORD if _has_marks(word) else r"\w"


def _has_marks(word: str) -> bool:
    return _FIRST_WITH_MARKS <= max(word) < "\ua000" and not "\u3040" <= word[0] <= "\ud7ff"
