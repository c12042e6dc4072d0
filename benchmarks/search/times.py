"""How long searches and suggestions take, with one person asking and with eight, over few packs and over many.

Every query is asked once, so that nothing comes from what was kept. kiwix-serve is asked in one pack, as it refuses
several languages at once; it has no suggestions over several packs either.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from benchmarks.search.clients import Client, Kiwix, Ours, Shown, asked_by, serving_kiwix, serving_ours
from benchmarks.search.packs import Searched, slices
from benchmarks.search.queries import Query
from benchmarks.search.tables import table

SIZES = (2, 20, 100)
CLIENTS = (1, 8)
_FIRST, _LAST = 2, 12  # letters of a title when suggestions are first and last asked for
_VARIANTS = ("plain", "no accents", "one error", "half-typed", "other order")
_SLOW = 1.0  # seconds: the 95th percentile of searches over 100 packs, at most
_TYPING = 0.05  # seconds: the median of suggestions, at most


@dataclass(frozen=True, slots=True)
class Times:
    """Of so many answers, in seconds; `partial` of them left packs out."""

    count: int
    median: float
    p95: float
    partial: int = 0


def times_of(seconds: Sequence[float], partial: int = 0) -> Times:
    return Times(len(seconds), median(seconds), quantiles(seconds, n=20, method="inclusive")[-1], partial)


@dataclass(frozen=True, slots=True)
class Row:
    """So many packs, so many clients at once. `others`: kiwix-serve's searches."""

    packs: int
    clients: int
    searches: Times
    suggestions: Times | None = None
    others: Times | None = None


def measure(packs: Sequence[Searched], queries: Sequence[Query], work: Path, cache: Path, each: int) -> list[Row]:
    """`each`: how many searches, and how many suggestions, of each row."""
    chooser = random.Random(8)
    mixed = [query for query in queries if query.variant in _VARIANTS]
    mixed = chooser.sample(mixed, len(mixed))
    rows = _one_pack(packs, mixed, work, each)
    for size in SIZES:
        rows += _many(_files(packs, size, cache), mixed, work, each)
    return rows


def _files(packs: Sequence[Searched], size: int, cache: Path) -> list[Path]:
    files = [pack.ours for pack in packs[:size]]
    return files + slices(cache, size - len(files))


def _one_pack(packs: Sequence[Searched], queries: Sequence[Query], work: Path, each: int) -> list[Row]:
    """Searches in packs of one language, one pack each, for us and kiwix-serve."""
    here = packs[: SIZES[0]]
    ids = {pack.id for pack in here}
    some = _unlike([query for query in queries if query.pack in ids], each)
    with serving_ours([pack.ours for pack in here], work) as address:
        mine = [_times(some[clients], address, Ours, clients, _within) for clients in CLIENTS]
    with serving_kiwix(here) as address:
        theirs = [_times(some[clients], address, Kiwix, clients, _within) for clients in CLIENTS]
    return [Row(1, *row) for row in zip(CLIENTS, mine, [None] * len(CLIENTS), theirs, strict=True)]


def _many(files: Sequence[Path], queries: Sequence[Query], work: Path, each: int) -> list[Row]:
    names = {file.stem for file in files}
    some = _unlike([query for query in queries if query.pack in names], each)
    typing = _typed([query for query in queries if query.field == "title" and query.variant == "plain"], each)
    rows = []
    with serving_ours(files, work) as address:
        for clients in CLIENTS:
            searches = _times(some[clients], address, Ours, clients, _anywhere)
            suggestions = asked_by(clients, typing[clients], address, Ours, lambda one, text: one.suggest(*text))
            rows.append(Row(len(files), clients, searches, times_of(suggestions)))
    return rows


def _times(
    queries: Sequence[Query], address: str, kind: type[Client], clients: int, search: Callable[[Client, Query], Shown]
) -> Times:
    shown = asked_by(clients, queries, address, kind, search)
    return times_of([each.seconds for each in shown], sum(each.partial for each in shown))


def _within(client: Client, query: Query) -> Shown:
    return client.search(query.pack, query.text, query.lang)


def _anywhere(client: Client, query: Query) -> Shown:
    return client.search("", query.text, query.lang)


def _unlike(queries: Sequence[Query], each: int) -> dict[int, list[Query]]:
    """Other queries for each number of clients, none twice."""
    unlike = list({query.text: query for query in queries}.values())
    share = min(each, len(unlike) // len(CLIENTS))
    return {clients: unlike[number * share : (number + 1) * share] for number, clients in enumerate(CLIENTS)}


def _typed(queries: Sequence[Query], each: int) -> dict[int, list[tuple[str, str]]]:
    """What has been typed of a title when suggestions are asked for, letter by letter, with the language."""
    starts = {start: query.lang for query in queries for start in _starts(query.text)}
    both = list(starts.items())
    return {clients: both[number * each : (number + 1) * each] for number, clients in enumerate(CLIENTS)}


def _starts(title: str) -> Iterator[str]:
    return (title[:length] for length in range(_FIRST, min(len(title), _LAST) + 1))


# As a table


def described(rows: Sequence[Row]) -> str:
    """All rows, in milliseconds, and what they are to reach."""
    head = ["packs", "asking", "searches: median", "95th percentile", "left packs out", "suggestions: median"]
    head += ["95th percentile", "kiwix-serve, one pack: median", "95th percentile"]
    lines = [[row.packs, row.clients, *_cells(row)] for row in rows]
    return f"{table(head, lines)}\n\n{_reached(rows)}"


def _cells(row: Row) -> list[object]:
    return [
        *_milliseconds(row.searches),
        f"{row.searches.partial} of {row.searches.count}",
        *_milliseconds(row.suggestions),
        *_milliseconds(row.others),
    ]


def _milliseconds(times: Times | None) -> list[str]:
    return [f"{seconds * 1000:.0f} ms" for seconds in (times.median, times.p95)] if times else ["—", "—"]


def _reached(rows: Sequence[Row]) -> str:
    slowest = max(row.searches.p95 for row in rows if row.packs == max(SIZES))
    typing = max(row.suggestions.median for row in rows if row.suggestions)
    checks = [
        ("searches over 100 packs: 95th percentile", slowest, _SLOW),
        ("suggestions: median of any row", typing, _TYPING),
    ]
    lines = [
        [what, f"{seen * 1000:.0f} ms", f"≤ {most * 1000:.0f} ms", "yes" if seen <= most else "**no**"]
        for what, seen, most in checks
    ]
    return table(["what", "seen", "to reach", "reached"], lines)
