"""What to ask one pack's index for, so that what was meant is found: a few texts instead of the one typed. Pure.

libzim finds pages that hold all words of a text, each in exactly this form or one with the same stem. So other
spellings, the rest of an unfinished word, and words for those mistyped make texts of their own, of words that the pack
has.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import islice
from math import prod
from typing import NamedTuple, Protocol

from content_packs.text import fold
from ideascube.search.asked import Asked, AskedWord, Effort
from ideascube.search.runs import pairs_of, without_a_sign

TEXT_LIMIT = 8  # texts for one pack and effort

_SPELLING = 0.95  # how sure another spelling of the typed word is
_COMPLETION, _OTHER_COMPLETION = 0.8, 0.5  # the rest of a word that the pack does not have, or has as it is
_NEAR = 0.7  # one slip away
_WRONG_SIGN = 0.6  # in a script without spaces
_KNOWN = 0.5  # all words that the pack has
_FEW = 0.4  # all words but one
_SINGLE = 0.2
_COMPLETIONS = 6
_NEAR_WORDS = 4
_SPELLINGS = 4
_WRONG_SIGNS = 5
_ALL_BUT_ONE = 3  # texts; the others are single words
_RARE = 2  # pages in which a mistyped word may be as well


class Written(Protocol):
    @property
    def form(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def pages(self) -> int: ...


class NearWord(Written, Protocol):
    @property
    def distance(self) -> int: ...


class PackWords(Protocol):
    """The words that one pack has; nothing is known of a pack whose list is not made yet."""

    def written(self, key: str) -> Sequence[Written]: ...

    def beginning(self, prefix: str, limit: int) -> Sequence[Written]: ...

    def near(self, key: str, limit: int) -> Sequence[NearWord]: ...


class Text(NamedTuple):
    """A text to be asked for, and how sure it is what was meant: 1 as typed, towards 0."""

    text: str
    sureness: float


class _Option(NamedTuple):
    form: str
    sureness: float


def texts(asked: Asked, effort: Effort, words: PackWords) -> list[Text]:
    """What to ask a pack for, the surest first, each once; with `ANY` not what the other efforts ask for."""
    if not asked.words:
        return []
    if effort is Effort.ANY:
        return _once(_some(asked, words))[:TEXT_LIMIT]
    options = [_spelled(word, words) + _meant(word, effort, words) for word in asked.words]
    found = _once(_products(options))
    if effort is Effort.NEAR:
        known = {text.text for text in texts(asked, Effort.WORDS, words)}
        found = [text for text in found if text.text not in known]
    return found[:TEXT_LIMIT]


def _products(options: Sequence[Sequence[_Option]]) -> list[Text]:
    """The likeliest choices of one option for each word."""
    chosen: list[tuple[_Option, ...]] = [()]
    for each in options:
        longer = [(*before, option) for before in chosen for option in each]
        chosen = nlargest(2 * TEXT_LIMIT, longer, key=lambda taken: prod(option.sureness for option in taken))
    return [
        Text(" ".join(option.form for option in taken), prod(option.sureness for option in taken)) for taken in chosen
    ]


def _once(found: Iterable[Text]) -> list[Text]:
    best: dict[str, Text] = {}
    for text in sorted(found, key=lambda text: -text.sureness):
        best.setdefault(as_libzim_folds(text.text), text)
    return list(best.values())


def _spelled(word: AskedWord, words: PackWords) -> list[_Option]:
    """The word as it was typed, and as the pack writes it where libzim would not find that."""
    options = [_Option(word.typed, 1.0)]
    if word.is_run:
        return options
    there = {as_libzim_folds(word.typed)}
    for key in word.keys:
        for written in words.written(key)[:_SPELLINGS]:
            if (folded := as_libzim_folds(written.form)) not in there:
                there.add(folded)
                options.append(_Option(written.form, _SPELLING))
    return options


def _meant(word: AskedWord, effort: Effort, words: PackWords) -> list[_Option]:
    """Other words that may have been meant."""
    if word.is_run:
        return list(_right_signs(word, words)) if effort is Effort.NEAR else []
    pages = _pages(word, words)
    found = list(_completed(word, pages, words)) if word.unfinished else []
    if effort is Effort.NEAR and pages <= _RARE:
        found += [
            _Option(near.form, _NEAR**near.distance)
            for near in words.near(word.key, _NEAR_WORDS)
            if near.pages >= pages
        ]
    return found


def _pages(word: AskedWord, words: PackWords) -> int:
    return sum(written.pages for key in word.keys for written in words.written(key))


def _right_signs(word: AskedWord, words: PackWords) -> Iterator[_Option]:
    def pages(pair: str) -> int:
        return sum(written.pages for written in words.written(fold(pair)))

    for place, form in enumerate(islice(without_a_sign(word.typed, pages), _WRONG_SIGNS)):
        yield _Option(form, _WRONG_SIGN * 0.95**place)


def _completed(word: AskedWord, pages: int, words: PackWords) -> Iterator[_Option]:
    sureness = _OTHER_COMPLETION if pages else _COMPLETION
    if len(word.key) < 2:
        return
    for place, written in enumerate(words.beginning(word.key, _COMPLETIONS)):
        if written.key not in word.keys:
            yield _Option(written.form, sureness * 0.95**place)


def _some(asked: Asked, words: PackWords) -> Iterator[Text]:
    """All words that the pack has; all of these but one, the most common left out first; single words, rarest first."""
    pages = dict(_parts(asked, words))
    known = [form for form, count in pages.items() if count]
    if 1 < len(known) < len(pages):
        yield Text(" ".join(known), _KNOWN)
    kept = known or list(pages)
    if len(kept) > 2:
        for place, common in enumerate(sorted(kept, key=lambda form: -pages[form])[:_ALL_BUT_ONE]):
            yield Text(" ".join(form for form in kept if form != common), _FEW * 0.95**place)
    if len(pages) > 1:
        for place, form in enumerate(sorted(pages, key=lambda form: pages[form])):
            yield Text(form, _SINGLE * 0.8**place)


def _parts(asked: Asked, words: PackWords) -> list[tuple[str, int]]:
    """What can be left out or asked for alone, and in how many pages it is: words, or the pairs of a run."""
    if len(asked.words) == 1 and asked.words[0].is_run:
        pairs = pairs_of(asked.words[0].typed)
        return [(pair, sum(each.pages for each in words.written(fold(pair)))) for pair in pairs]
    return [_best(word, words) for word in asked.words]


def _best(word: AskedWord, words: PackWords) -> tuple[str, int]:
    """The likeliest form of a word in this pack, and in how many pages it is."""
    if word.is_run:
        return word.typed, min((sum(each.pages for each in words.written(key)) for key in word.keys), default=0)
    if pages := _pages(word, words):
        return word.typed, pages
    likely = [*words.near(word.key, 1), *(words.beginning(word.key, 1) if word.unfinished else ())]
    return (likely[0].form, likely[0].pages) if likely else (word.typed, 0)


def as_libzim_folds(text: str) -> str:
    """Texts for which this is the same find the same: libzim drops case and all accents, and nothing else.

    Source: removeAccents in libzim's src/tools.cpp, “Lower; NFD; [:M:] remove; NFC”.
    """
    decomposed = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize(
        "NFC", "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M"))
    )
