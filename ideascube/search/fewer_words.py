"""What to ask a pack for where all words together find nothing: some of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from content_packs.text import fold
from ideascube.search.asked import Asked, AskedWord
from ideascube.search.runs import pairs_of
from ideascube.search.wordings import PackWords, Text, pages_of

_KNOWN = 0.5  # all words that the pack has
_FEW = 0.4  # all words but one
_SINGLE = 0.2
_ALL_BUT_ONE = 3  # texts; the others are single words


def fewer_words(asked: Asked, words: PackWords) -> Iterator[Text]:
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
        return [(pair, pages_of([fold(pair)], words)) for pair in pairs_of(asked.words[0].typed)]
    return [_best(word, words) for word in asked.words]


def _best(word: AskedWord, words: PackWords) -> tuple[str, int]:
    """The likeliest form of a word in this pack, and in how many pages it is."""
    if word.is_run:
        return word.typed, min((pages_of([key], words) for key in word.keys), default=0)
    if pages := pages_of(word.keys, words):
        return word.typed, pages
    likely = [*words.near(word.key, 1), *(words.beginning(word.key, 1) if word.unfinished else ())]
    return (likely[0].form, likely[0].pages) if likely else (word.typed, 0)
