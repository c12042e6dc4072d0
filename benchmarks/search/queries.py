"""Known-item queries: made from a page, asked to find that page again. Pure, and the same at every run.

Nothing is invented: each query is a title, a heading or a few words of a page, changed as people change them.
Source of the method: Azzopardi, de Rijke, Balog, “Building simulated queries for known-item topics”, SIGIR 2007.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.search.variants import half_typed, has_no_spaces, mixed, one_error, reordered, without_accents

FIELDS = ("title", "heading", "body")
VARIANTS = ("plain", "no accents", "one error", "half-typed", "other order", "mixed")
HALVES = ("tune", "report")

# “6.2. ”, “Chapter 6. ”, “第 6 章 ”: nobody types it.
_NUMBERING = re.compile(r"^(?:[^\W\d_]+\.? ){0,2}(?:\d+|[A-Z])(?:\.\d+)*(?:\.| ?[章장]\.?) ")
_MARKS = re.compile(r"^[^\w]+|[^\w]+$|[\u200e\u200f]")  # at a word's ends
_UNSPACED_RUN = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{4,}")
_LONGEST = 8  # words of a title or heading that a person would type
_BODY_WORDS = (2, 3, 4)
_SHORTEST = 4  # letters of a distinctive word
_RARE = 5  # pages of the pack in which a distinctive word is at most
_PIECE = 4  # letters at the beginning of a clause, where words are not told apart
_TRIES = 20

Place = tuple[str, str]  # a pack and a path in it


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a pack as a reader sees it. `text` holds its headings too."""

    pack: str
    lang: str
    path: str
    title: str
    headings: tuple[str, ...]
    text: str

    @property
    def place(self) -> Place:
        return self.pack, self.path


@dataclass(frozen=True, slots=True)
class Query:
    """`wanted`: all pages that what it was made from describes equally well, in all packs."""

    pack: str
    lang: str
    field: str
    variant: str
    text: str
    wanted: frozenset[Place]


def half_of(path: str) -> str:
    """The half that a page belongs to: what was tuned on one half is reported on the other.

    By the path alone, so that all languages' editions of a page are in the same half.
    """
    return HALVES[hashlib.sha256(path.encode()).digest()[0] % 2]


def typed(title: str) -> str:
    """A title as a person types it: its first words, without a chapter's number and without marks around words."""
    words = _NUMBERING.sub("", " ".join(title.split()) + " ").split()
    bare = (_MARKS.sub("", word) for word in words)
    return " ".join([word for word in bare if word][:_LONGEST])


def words_of(text: str) -> Iterator[str]:
    """The words of letters alone, small; where a script does not part them, the beginnings of clauses."""
    for part in text.split():
        word = _MARKS.sub("", part)
        if has_no_spaces(part):
            yield from (run[:_PIECE] for run in _UNSPACED_RUN.findall(part))
        elif word.isalpha():
            yield word.lower()


class Library:
    """All pages of all packs, by what may lead to them."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.pages: defaultdict[str, list[Page]] = defaultdict(list)
        self._titles: defaultdict[str, set[Place]] = defaultdict(set)
        self._headings: defaultdict[str, set[Place]] = defaultdict(set)
        self._words: defaultdict[str, set[Place]] = defaultdict(set)
        self._rarities: Counter[tuple[str, str]] = Counter()
        self._editions: defaultdict[str, list[Page]] = defaultdict(list)
        for page in pages:
            self._take(page)

    def _take(self, page: Page) -> None:
        self.pages[page.pack].append(page)
        if page.pack.startswith("handbook-"):
            self._editions[page.path].append(page)
        self._titles[typed(page.title).lower()].add(page.place)
        for heading in (page.title, *page.headings):
            self._headings[typed(heading).lower()].add(page.place)
        words = set(words_of(page.text))
        self._rarities.update((page.pack, word) for word in words)
        for word in words:
            self._words[word].add(page.place)

    def wanted(self, field: str, text: str) -> frozenset[Place]:
        """The pages with this title, with this heading, or with all of these words."""
        if field == "body":
            return frozenset(set.intersection(*(self._words[word] for word in text.split(" "))))
        return frozenset((self._titles if field == "title" else self._headings)[text.lower()])

    def other_title(self, page: Page, chooser: random.Random) -> str:
        """The title of another language's edition of the page; "" where there is none."""
        others = [each for each in self._editions[page.path] if each.pack != page.pack and each.title != page.title]
        return typed(chooser.choice(others).title) if others and page.pack.startswith("handbook-") else ""

    def queries(self, pack: str, half: str, count: int) -> list[Query]:
        """Up to `count` queries of each field from the pages of one pack, in each variant that changes them."""
        chooser = random.Random(f"{pack} {half}")
        pages = [page for page in self.pages[pack] if half_of(page.path) == half]
        chooser.shuffle(pages)
        return [
            changed
            for field in FIELDS
            for page, query in self._unlike(pages, field, count, chooser)
            for changed in self._all(page, query, chooser)
        ]

    def _unlike(
        self, pages: Sequence[Page], field: str, count: int, chooser: random.Random
    ) -> Iterable[tuple[Page, Query]]:
        """The first plain queries that are not the same, with their pages."""
        found: dict[str, tuple[Page, Query]] = {}
        for page in pages:
            for query in self._plain(page, field, chooser):
                found.setdefault(query.text, (page, query))
            if len(found) == count:
                break
        return found.values()

    def _plain(self, page: Page, field: str, chooser: random.Random) -> Iterator[Query]:
        """None where the page has nothing of the kind: no letters in its title, no other heading, no rare words."""
        makers = {"title": self._title, "heading": self._heading, "body": self._body}
        text = makers[field](page, chooser)
        if sum(letter.isalpha() for letter in text) > 1:
            yield Query(page.pack, page.lang, field, "plain", text, self.wanted(field, text))

    def _title(self, page: Page, _: random.Random) -> str:
        return typed(page.title)

    def _heading(self, page: Page, chooser: random.Random) -> str:
        others = [typed(heading) for heading in page.headings if typed(heading) != typed(page.title)]
        return chooser.choice(others) if others else ""

    def _body(self, page: Page, chooser: random.Random) -> str:
        """Words that together are on this page alone, within its pack."""
        named = set(words_of(" ".join((page.title, *page.headings))))
        candidates = [word for word in dict.fromkeys(words_of(page.text)) if word not in named]
        rare = [word for word in candidates if self._is_rare(word, page.pack)]
        for _ in range(_TRIES if len(rare) >= min(_BODY_WORDS) else 0):
            chosen = set(chooser.sample(rare, min(chooser.choice(_BODY_WORDS), len(rare))))
            text = " ".join(word for word in rare if word in chosen)
            if [place for place in self.wanted("body", text) if place[0] == page.pack] == [page.place]:
                return text
        return ""

    def _is_rare(self, word: str, pack: str) -> bool:
        long = len(word) >= (_PIECE if has_no_spaces(word) else _SHORTEST)
        return long and self._rarities[pack, word] <= _RARE

    def _all(self, page: Page, query: Query, chooser: random.Random) -> Iterator[Query]:
        text = query.text
        changed = {
            "plain": text,
            "no accents": without_accents(text),
            "one error": one_error(text, chooser),
            "half-typed": half_typed(text),
            "other order": reordered(text, chooser),
            "mixed": mixed(text, self.other_title(page, chooser)) if query.field == "title" else "",
        }
        return (replace(query, variant=variant, text=made) for variant, made in changed.items() if made)


# How well it went


def reciprocal_rank(found: Sequence[Place], wanted: frozenset[Place]) -> float:
    """One over the place of the first right one among the first ten, counted from 1; 0 where there is none."""
    places = (number for number, place in enumerate(found[:10], 1) if place in wanted)
    return next((1 / number for number in places), 0.0)
