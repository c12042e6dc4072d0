"""The words of a text: as they stand there, and folded as they are compared. Pure.

Where a word begins and ends is as in libzim's indexes (Xapian's), so that what is listed from a text can be asked of
an index; scripts without spaces are cut in pairs as `scripts` says.
Source: https://xapian.org/docs/sourcedoc/html/termgenerator__internal_8cc_source.html (`check_infix`, `check_suffix`)
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import regex

from content_packs.text.folding import fold
from content_packs.text.letters import INVISIBLE
from content_packs.text.scripts import RUNS, has_no_spaces, pairs

LONGEST = 60  # characters; longer words are in no index
_LONGEST_RUN = 2 * LONGEST  # with what cannot be seen
_KNOWN = 20_000  # words whose forms are remembered, some 300 bytes each

_APOSTROPHES = "'’‛‘ʼʻʹ"
_JOINERS = f"{_APOSTROPHES}·‧״׳&"  # in Catalan l·l, in Hebrew abbreviations, AT&T
_START = r"\p{L}\p{M}\p{N}\p{Pc}"
_LETTER = f"[{_START}{INVISIBLE}]"
# The numbers of versions and prices are one word, and so are C++ and C#.
_WORD = regex.compile(
    rf"[{_START}]{_LETTER}*+(?:(?:[{_JOINERS}]|(?<=\d)[.,](?=\d))[{_START}]{_LETTER}*+)*+(?:[+#]{{1,3}}(?!{_LETTER}))?"
)
_SIGNS_BEHIND = "+#"
_HIDDEN = regex.compile(f"(?V1)[[{INVISIBLE}]--[\u200c\u200d]]")  # joiners are part of how a word is written
_HALF_WIDTH = regex.compile("[\uff65-\uff9f]+")  # Japanese; its marks of voice are letters of their own
_JOINER = regex.compile(f"[{_JOINERS}]")
# Little words that French, Italian, Catalan, Kirundi and Kinyarwanda write as part of the next one. In Swahili, Hausa,
# Uzbek, Somali and others an apostrophe is part of a letter, so only these are cut off.
_LITTLE_WORDS = """
    l d j m t s n c qu jusqu lorsqu puisqu quoiqu entr presqu quelqu
    dell nell sull dall all coll quell bell sant un gl quest
    y k b w z ry cy bw rw by vy mw nk kw
"""
_ELIDED = frozenset(_LITTLE_WORDS.split())


class Word(NamedTuple):
    """`key`: folded; `written`: as it stands there, composed and in small letters, as libzim's indexes take it.

    Both are the same for a pair of letters of a script without spaces.
    """

    key: str
    written: str


class Token(NamedTuple):
    """A run of letters as it stands in a text, and the words in it: “l'eau” holds two, a run without spaces many.

    `written`: composed, in small letters, without what cannot be seen.
    """

    written: str
    words: tuple[Word, ...]


def words_in(text: str) -> Iterator[Word]:
    """The words of a text in their order.

    “L’eau” is `leau` and `eau`, both written “l'eau”. Runs without spaces are cut in pairs of letters.
    """
    return chain.from_iterable(map(_words_of, _runs(text)))


def tokens_in(text: str) -> Iterator[Token]:
    """The runs of letters and digits of a text in their order, each with at least one word."""
    for run in _runs(text):
        if words := _words_of(run):
            yield Token(_HIDDEN.sub("", run), words)


def indexed_text(text: str, language: str = "") -> str:
    """The text's words, folded, for an index that is filled with them; a query to it goes the same way.

    Korean is cut in pairs as well, since what a word does in its sentence is written at its end. `language`: BCP 47,
    for rules that are a language's own; there are none so far.
    """
    return " ".join(part for word in words_in(text) for part in _korean_cut(word.key))


def running_text(text: str) -> str:
    """A text in which phrases are looked for: its words, folded, each between two spaces, elisions taken apart.

    Letters of scripts without spaces stay together, since words begin and end anywhere in them.
    """
    return f" {fold(' '.join(_JOINER.sub(' ', run) for run in _runs(text)))} "


def own_spelling(word: Word) -> str:
    """How the word itself is written: “école” of “l'école”."""
    _, _, after = _JOINER.sub("'", word.written).partition("'")
    return after if after and _key(after) == word.key else word.written


def _runs(text: str) -> list[str]:
    found: list[str] = _WORD.findall(text.lower() if text.isascii() else unicodedata.normalize("NFC", text).lower())
    return found


def _words_of(run: str) -> tuple[Word, ...]:
    # What is remembered has to be short, and runs without spaces are whole sentences.
    known = _spaced_words(run if len(run) < _LONGEST_RUN else run[:_LONGEST_RUN])
    return known if known is not None else tuple(_unspaced_words(run))


@lru_cache(_KNOWN)
def _spaced_words(run: str) -> tuple[Word, ...] | None:
    """The words of a run; None where it has to be cut in pairs."""
    return None if has_no_spaces(run) else tuple(_forms(_HIDDEN.sub("", run)[:LONGEST]))


def _unspaced_words(run: str) -> Iterator[Word]:
    shown = _HALF_WIDTH.sub(lambda half: unicodedata.normalize("NFKC", half[0]), _HIDDEN.sub("", run))
    for part in RUNS.findall(shown):
        yield from _cut(part)


def _cut(part: str) -> Iterator[Word]:
    if has_no_spaces(part):
        yield from (Word(pair, pair) for pair in pairs(_key(part)))
        return
    for run in _WORD.findall(part):
        yield from _forms(run[:LONGEST])


def _forms(run: str) -> Iterator[Word]:
    """The word, and what remains of it without a little word that is elided before it or signs behind it (“GTK+”)."""
    written = run.replace("’", "'").replace("‛", "'")  # one sign to libzim; others are letters to it
    if key := _key(written):
        yield Word(key, written)
    before, _, after = _JOINER.sub("'", written).partition("'")
    if before in _ELIDED and (rest := _key(after)):
        yield Word(rest, written)
    if key[-1:] in _SIGNS_BEHIND and len(bare := key.rstrip(_SIGNS_BEHIND)) > 1:  # “C++” is not “C”
        yield Word(bare, written)


def _key(written: str) -> str:
    return _JOINER.sub("", fold(written)).replace(" ", "")


def _korean_cut(key: str) -> Iterable[str]:
    return pairs(key) if "\uac00" <= key[0] <= "\ud7a3" else (key,)
