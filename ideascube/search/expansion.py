"""What to ask one pack's index for, so that what was meant is found: a few texts instead of the one typed. Pure.

libzim finds pages that hold all words of a text, each in exactly this form or one with the same stem. So other
spellings, the rest of an unfinished word, and words for those mistyped make texts of their own, of words that the pack
has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import islice
from math import prod
from typing import NamedTuple

from content_packs.text import fold
from content_packs.text.folding import as_libzim_folds
from ideascube.search.asked import Asked, AskedWord, Effort
from ideascube.search.fewer_words import fewer_words
from ideascube.search.runs import without_a_sign
from ideascube.search.wordings import PackWords, Text, pages_of

TEXT_LIMIT = 8  # texts for one pack and effort

_SPELLING = 0.95  # how sure another spelling of the typed word is
_COMPLETION, _OTHER_COMPLETION = 0.8, 0.5  # the rest of a word that the pack does not have, or has as it is
_NEAR = 0.7  # one slip away
_WRONG_SIGN = 0.6  # in a script without spaces
_COMPLETIONS = 6
_SPELLED_BEGINNING = 3  # letters; of fewer a pack has very many words
_NEAR_WORDS = 4
_SPELLINGS = 4
_WRONG_SIGNS = 5
_RARE = 2  # pages in which a mistyped word may be as well


class _Option(NamedTuple):
    form: str
    sureness: float


def texts(asked: Asked, effort: Effort, words: PackWords) -> list[Text]:
    """What to ask a pack for, the surest first, each once; with `ANY` not what the other efforts ask for."""
    if not asked.words:
        return []
    if effort is Effort.ANY:
        return _once(fewer_words(asked, words))[:TEXT_LIMIT]
    options = [_spelled(word, words) + _meant(word, effort, words) for word in asked.words]
    found = _once(_products(options))
    if effort is Effort.NEAR:
        known = {text.text for text in texts(asked, Effort.WORDS, words)}
        found = [text for text in found if text.text not in known]
    return found[:TEXT_LIMIT]


def title_texts(asked: Asked, words: PackWords) -> list[Text]:
    """What to look for in titles while it is being typed: an index of titles completes the last word by itself.

    But not where the pack writes its beginning in another way: “lod” on the way to “łódź”.
    """
    options = [_spelled(word, words) + list(_spelled_beginnings(word, words)) for word in asked.words]
    return _once(_products(options))[:TEXT_LIMIT] if asked.words else []


def _spelled_beginnings(word: AskedWord, words: PackWords) -> Iterator[_Option]:
    if not word.unfinished or word.is_run or len(word.key) < _SPELLED_BEGINNING:
        return
    typed = as_libzim_folds(word.typed)
    for written in words.beginning(word.key, _COMPLETIONS):
        if not as_libzim_folds(written.form).startswith(typed):
            yield _Option(written.form, _SPELLING)


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
    pages = pages_of(word.keys, words)
    found = list(_completed(word, pages, words)) if word.unfinished else []
    if effort is Effort.NEAR and pages <= _RARE:
        found += [
            _Option(near.form, _NEAR**near.distance)
            for near in words.near(word.key, _NEAR_WORDS)
            if near.pages >= pages
        ]
    return found


def _right_signs(word: AskedWord, words: PackWords) -> Iterator[_Option]:
    forms = without_a_sign(word.typed, lambda pair: pages_of([fold(pair)], words))
    for place, form in enumerate(islice(forms, _WRONG_SIGNS)):
        yield _Option(form, _WRONG_SIGN * 0.95**place)


def _completed(word: AskedWord, pages: int, words: PackWords) -> Iterator[_Option]:
    sureness = _OTHER_COMPLETION if pages else _COMPLETION
    if len(word.key) < 2:
        return
    for place, written in enumerate(words.beginning(word.key, _COMPLETIONS)):
        if written.key not in word.keys:
            yield _Option(written.form, sureness * 0.95**place)
