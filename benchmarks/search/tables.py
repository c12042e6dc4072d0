"""What was measured, as tables in Markdown, with what is to be reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchmarks.search.quality import Asked, grouped
from benchmarks.search.queries import FIELDS, VARIANTS, Query

# Success at 10 that is to be reached, by variant.
TARGETS = {"no accents": 0.9, "one error": 0.8, "half-typed": 0.9}
EVERYWHERE = 0.9  # of what is reached in single packs


class Check(NamedTuple):
    """One thing to be reached."""

    what: str
    seen: str
    target: str
    reached: bool


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *(f"| {' | '.join(map(_cell, row))} |" for row in rows)])


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "—" if value != value else f"{value:.3f}"
    return str(value)


def by_variant(results: Sequence[Asked]) -> str:
    """One line for each field and variant, over all packs."""
    rows = []
    for variant in VARIANTS:
        for field in FIELDS:
            some = [each for each in results if (each.query.field, each.query.variant) == (field, variant)]
            if some:
                rows.append([variant, field, len(some), *_figures(some)])
    head = [
        "queries",
        "made from",
        "number",
        "ours: MRR",
        "found",
        "kiwix-serve: MRR",
        "found",
        "ours, all packs at once: MRR",
        "found",
    ]
    return table(head, rows)


def _figures(some: Sequence[Asked]) -> list[float]:
    def nothing(query: Query) -> str:
        return ""

    values = (lambda each: each.ours, lambda each: each.kiwix, lambda each: each.everywhere)
    return [
        figure
        for value in values
        for scores in [grouped(some, nothing, value)[""]]
        for figure in (scores.mrr, scores.success)
    ]


def by_language(results: Sequence[Asked]) -> str:
    """One line for each pack: plain queries beside kiwix-serve's, and what variants find."""
    rows = []
    for pack in dict.fromkeys(each.query.pack for each in results):
        mine = [each for each in results if each.query.pack == pack]
        plain = [each for each in mine if each.query.variant == "plain"]
        found = [_success(mine, variant) for variant in VARIANTS[1:]]
        rows.append([pack, plain[0].query.lang, *_figures(plain)[:4], *found])
    head = [
        "pack",
        "language",
        "plain: MRR",
        "found",
        "kiwix-serve: MRR",
        "found",
        *(f"{variant}: found" for variant in VARIANTS[1:]),
    ]
    return table(head, rows)


def _success(results: Iterable[Asked], variant: str) -> float:
    some = [each for each in results if each.query.variant == variant]
    return grouped(some, lambda query: "", lambda each: each.ours)[""].success


def checks(results: Sequence[Asked]) -> list[Check]:
    """What the figures are to reach, and whether they do."""
    found = []
    both = [each for each in results if each.query.variant == "plain" and each.kiwix is not None]
    mine, theirs = (
        grouped(both, lambda query: query.pack, lambda each: each.ours),
        grouped(both, lambda query: query.pack, lambda each: each.kiwix),
    )
    worse = [
        f"{pack} {mine[pack].mrr:.3f} < {theirs[pack].mrr:.3f}" for pack in mine if mine[pack].mrr < theirs[pack].mrr
    ]
    found.append(
        Check(
            "MRR@10 of plain queries beside kiwix-serve, each pack",
            ", ".join(worse) or "none is worse",
            "≥ 1",
            not worse,
        )
    )
    for variant, target in TARGETS.items():
        success = _success(results, variant)
        found.append(Check(f"found among ten: {variant}", f"{success:.3f}", f"≥ {target}", success >= target))
    wide = [each for each in results if each.everywhere is not None]
    single = grouped(wide, lambda query: "", lambda each: each.ours)[""]
    everywhere = grouped(wide, lambda query: "", lambda each: each.everywhere)[""]
    for name, share in (("MRR@10", everywhere.mrr / single.mrr), ("found", everywhere.success / single.success)):
        found.append(
            Check(
                f"all packs at once beside single packs: {name}", f"{share:.3f}", f"≥ {EVERYWHERE}", share >= EVERYWHERE
            )
        )
    return found


def checks_table(found: Iterable[Check]) -> str:
    rows = [[check.what, check.seen, check.target, "yes" if check.reached else "**no**"] for check in found]
    return table(["what", "seen", "target", "reached"], rows)
