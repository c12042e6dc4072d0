"""Known-item queries: made from a page, asked to find that page again. Pure, and the same at every run.

Nothing is invented: each query is a title, a heading or a few words of a page, changed as people change them.
Source of the method: Azzopardi, de Rijke, Balog, “Building simulated queries for known-item topics”, SIGIR 2007.
"""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from content_packs.text import fold, has_no_spaces

FIELDS = ("title", "heading", "body")
VARIANTS = ("plain", "no accents", "one error", "half-typed", "other order")
HALVES = ("tune", "report")

_NUMBERING = re.compile(r"^(?:(?:chapter|chapitre|appendix|annexe)\s+)?[\dA-Z]+(?:\.\d+)*\.\s+(?=\S)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_RUN = re.compile(r"[^\W\d_]{6,}")
_LONGEST = 8  # words of a title or heading that a person would type
_BODY_WORDS = 3
_RARE = 3  # pages in which a distinctive word may be
_RUN_LENGTH = 5  # letters of a distinctive run in a script without spaces


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a pack as a reader sees it."""

    pack: str
    lang: str
    path: str
    title: str
    headings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """`wanted`: the paths in `pack` that are right."""

    pack: str
    lang: str
    field: str
    variant: str
    text: str
    wanted: frozenset[str]


def half_of(page: Page) -> str:
    """The half that a page belongs to: what was tuned on one half is reported on the other."""
    digest = hashlib.sha256(f"{page.pack}/{page.path}".encode()).digest()
    return HALVES[digest[0] % 2]


def queries(pages: Sequence[Page], half: str, count: int) -> list[Query]:
    """Up to `count` queries of each field from the pages of one pack, in each variant that changes them."""
    chooser = random.Random(f"{pages[0].pack} {half}" if pages else "")
    mine = [page for page in pages if half_of(page) == half]
    chooser.shuffle(mine)
    titles = _paths_by_title(pages)
    rarities = Counter(word for page in pages for word in set(_words(page.text)))
    headings = Counter(heading for page in pages for heading in {fold(typed(each)) for each in page.headings})
    found = []
    for field in FIELDS:
        made = (_plain(page, field, chooser, titles, rarities, headings) for page in mine)
        some = [query for query in made if query is not None][:count]
        found += [changed for query in some for changed in _changed(query, chooser)]
    return found


def _plain(
    page: Page,
    field: str,
    chooser: random.Random,
    titles: Mapping[str, frozenset[str]],
    rarities: Mapping[str, int],
    headings: Mapping[str, int],
) -> Query | None:
    text, wanted = "", frozenset([page.path])
    if field == "title":
        text, wanted = typed(page.title), titles[fold(typed(page.title))]
    elif field == "heading":
        own = dict.fromkeys(map(typed, page.headings))
        rare = [each for each in own if headings[fold(each)] == 1 and fold(each) not in titles]
        text = chooser.choice(rare) if rare else ""
    else:
        text = _distinctive(page, chooser, rarities)
    return Query(page.pack, page.lang, field, "plain", text, wanted) if len(text) > 1 else None


def typed(title: str) -> str:
    """A title as a person types it: without a chapter's number, its first words."""
    return " ".join(_NUMBERING.sub("", " ".join(title.split())).split()[:_LONGEST])


def _paths_by_title(pages: Iterable[Page]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for page in pages:
        found.setdefault(fold(typed(page.title)), set()).add(page.path)
    return {title: frozenset(paths) for title, paths in found.items()}


def _words(text: str) -> Iterator[str]:
    return (word.lower() for word in _WORD.findall(text))


def _distinctive(page: Page, chooser: random.Random, rarities: Mapping[str, int]) -> str:
    """Words of the page that few other pages have, in the order in which they stand there."""
    if has_no_spaces(page.text):
        runs = [run for run in _RUN.findall(page.text) if has_no_spaces(run)]
        run = chooser.choice(runs) if runs else ""
        start = chooser.randrange(max(1, len(run) - _RUN_LENGTH))
        return run[start : start + _RUN_LENGTH]
    words = list(dict.fromkeys(_words(page.text)))
    rare = [word for word in words if len(word) >= 4 and rarities[word] <= _RARE]
    if len(rare) < _BODY_WORDS:
        return ""
    chosen = set(chooser.sample(rare, _BODY_WORDS))
    return " ".join(word for word in words if word in chosen)


# What people make of it


def _changed(query: Query, chooser: random.Random) -> Iterator[Query]:
    makers = {"no accents": without_accents, "one error": one_error, "half-typed": half_typed, "other order": reordered}
    yield query
    for variant, make in makers.items():
        text = make(query.text, chooser)
        if text and text != query.text:
            yield Query(query.pack, query.lang, query.field, variant, text, query.wanted)


def without_accents(text: str, chooser: random.Random) -> str:
    """As typed on a keyboard without accents: those of Latin, Greek and Cyrillic letters, vowel signs of Arabic."""
    if has_no_spaces(text):
        return ""
    table = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "AE", "ı": "i"}
    parts = unicodedata.normalize("NFD", text)
    bare = "".join(table.get(letter, letter) for letter in parts if not _is_accent(letter))
    return unicodedata.normalize("NFC", bare)


def _is_accent(letter: str) -> bool:
    return "\u0300" <= letter <= "\u036f" or "\u064b" <= letter <= "\u0655"


def one_error(text: str, chooser: random.Random) -> str:
    """One slip in one of the longer words: two letters swapped, one left out, doubled, or another of that text."""
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) >= 4 and word.isalpha() and not has_no_spaces(word)]
    if not long:
        return ""
    place = chooser.choice(long)
    word, at = words[place], chooser.randrange(1, len(words[place]) - 1)
    others = sorted({letter for letter in text.lower() if letter.isalpha()})
    slips = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + chooser.choice(others) + word[at + 1 :],
    )
    words[place] = chooser.choice(slips)
    return " ".join(words)


def half_typed(text: str, chooser: random.Random) -> str:
    """The last word not yet finished: about half of it, three letters at least."""
    *before, last = text.split()
    if has_no_spaces(last) or len(last) < 5:
        return ""
    return " ".join([*before, last[: max(3, (len(last) + 1) // 2)]])


def reordered(text: str, chooser: random.Random) -> str:
    words = text.split()
    mixed = chooser.sample(words, len(words))
    return " ".join(mixed if mixed != words else reversed(words))


# How well it went


def reciprocal_rank(found: Sequence[str], wanted: frozenset[str]) -> float:
    """One over the place of the first right one among the first ten, counted from 1; 0 where there is none."""
    places = (place for place, path in enumerate(found[:10], 1) if path in wanted)
    return next((1 / place for place in places), 0.0)
