"""What was measured, as tables in Markdown, with what is to be reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from benchmarks.search.clients import Shown
from benchmarks.search.quality import Asked, Score, score
from benchmarks.search.queries import FIELDS, VARIANTS, Query

# Success at 10 that is to be reached, by variant.
TARGETS = {"no accents": 0.9, "one error": 0.8, "half-typed": 0.9}
EVERYWHERE = 0.9  # of what is reached in single packs
_ALMOST = 0.0005  # what rounding shows as the same

Choice = Callable[[Asked], Shown | None]


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
    if value is None:
        return "—"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _ours(asked: Asked) -> Shown | None:
    return asked.ours


def _kiwix(asked: Asked) -> Shown | None:
    return asked.kiwix


def _everywhere(asked: Asked) -> Shown | None:
    return asked.everywhere


def _score(asked: Iterable[Asked], choice: Choice) -> Score | None:
    return score((each.query, choice(each)) for each in asked)


def _figures(asked: Sequence[Asked], choice: Choice) -> list[float | None]:
    found = _score(asked, choice)
    return [found.mrr, found.success] if found else [None, None]


def _some(asked: Iterable[Asked], **wanted: str) -> list[Asked]:
    return [each for each in asked if all(getattr(each.query, name) == value for name, value in wanted.items())]


# What is to be reached


def checks(asked: Sequence[Asked]) -> str:
    """What the figures are to reach, and whether they do."""
    found = [_beside_kiwix(asked), *(_forgiving(asked, *each) for each in TARGETS.items()), *_over_all(asked)]
    return table(["what", "seen", "to reach", "reached"], [(*check[:3], _yes(check.reached)) for check in found])


def _yes(reached: bool) -> str:
    return "yes" if reached else "**no**"


def _beside_kiwix(asked: Sequence[Asked]) -> Check:
    both = [each for each in _some(asked, variant="plain") if each.kiwix is not None]
    packs = list(dict.fromkeys(each.query.pack for each in both))
    figures = [(pack, *(_mrr(_some(both, pack=pack), choice) for choice in (_ours, _kiwix))) for pack in packs]
    worse = [f"{pack} {mine:.3f} < {theirs:.3f}" for pack, mine, theirs in figures if mine < theirs - _ALMOST]
    seen = f"{len(packs) - len(worse)} of {len(packs)}" + (f"; not: {', '.join(worse)}" if worse else "")
    return Check("plain: MRR@10 ≥ kiwix-serve’s, by pack", seen, "all", bool(packs) and not worse)


def _mrr(asked: Iterable[Asked], choice: Choice) -> float:
    found = _score(asked, choice)
    return found.mrr if found else 0.0


def _forgiving(asked: Sequence[Asked], variant: str, target: float) -> Check:
    some = _some(asked, variant=variant)
    packs = dict.fromkeys(each.query.pack for each in some)
    reached = sum(_success(_some(some, pack=pack)) >= target for pack in packs)
    success = _success(some)
    seen = f"{success:.3f}; by pack in {reached} of {len(packs)}"
    return Check(f"{variant}: success@10", seen, f"≥ {target}", success >= target)


def _success(asked: Iterable[Asked]) -> float:
    found = _score(asked, _ours)
    return found.success if found else 0.0


def _over_all(asked: Sequence[Asked]) -> list[Check]:
    wide = [each for each in asked if each.everywhere is not None]
    single, everywhere = _score(wide, _ours), _score(wide, _everywhere)
    if single is None or everywhere is None:
        return []
    shares = {"MRR@10": everywhere.mrr / single.mrr, "success@10": everywhere.success / single.success}
    return [
        Check(f"all packs at once beside one: {name}", f"{share:.3f}", f"≥ {EVERYWHERE}", share >= EVERYWHERE)
        for name, share in shares.items()
    ]


# All figures

_BOTH = ["ours: MRR@10", "success@10", "kiwix-serve: MRR@10", "success@10"]


def by_variant(asked: Sequence[Asked]) -> str:
    """One line for each field and variant, over all packs; only queries that both servers can answer."""
    both = [each for each in asked if each.kiwix is not None] or asked
    rows = [
        [variant, field, *_line(_some(both, variant=variant, field=field))] for variant in VARIANTS for field in FIELDS
    ]
    return table(["queries", "made from", "number", *_BOTH], [row for row in rows if row[2]])


def _line(asked: Sequence[Asked]) -> list[object]:
    return [len(asked), *_figures(asked, _ours), *_figures(asked, _kiwix)]


def plain_by_pack(asked: Sequence[Asked]) -> str:
    """One line for each pack: plain queries by what they were made from, MRR@10 of us and of kiwix-serve."""
    plain = _some(asked, variant="plain")
    packs = dict.fromkeys(each.query.pack for each in plain)
    head = ["pack", *(f"{field}: ours | kiwix-serve" for field in FIELDS), *_BOTH]
    head = [cell for name in head for cell in name.split(" | ")]
    return table(head, [[pack, *_fields(_some(plain, pack=pack))] for pack in packs])


def _fields(asked: Sequence[Asked]) -> list[object]:
    fields = [_some(asked, field=field) for field in FIELDS]
    apart = [_figures(some, choice)[0] for some in fields for choice in (_ours, _kiwix)]
    return [*apart, *_figures(asked, _ours), *_figures(asked, _kiwix)]


def changed_by_pack(asked: Sequence[Asked]) -> str:
    """One line for each pack: success@10 of the changed queries, ours and kiwix-serve's."""
    variants = VARIANTS[1:]
    rows = [
        [pack, *(_pair(_some(asked, pack=pack, variant=variant)) for variant in variants)]
        for pack in dict.fromkeys(each.query.pack for each in asked)
    ]
    return table(["pack", *variants], rows)


def _pair(asked: Sequence[Asked]) -> str:
    if not asked:
        return "—"
    mine, theirs = _figures(asked, _ours)[1], _figures(asked, _kiwix)[1]
    return f"{_percent(mine)} | {_percent(theirs)}".replace(" | ", " / ")


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def over_all(asked: Sequence[Asked]) -> str:
    """One line for each field and variant: the same queries over all packs and in their own."""
    wide = [each for each in asked if each.everywhere is not None]
    rows = [
        [variant, field, len(some), *_figures(some, _ours), *_figures(some, _everywhere)]
        for variant in VARIANTS
        for field in FIELDS
        if (some := _some(wide, variant=variant, field=field))
    ]
    head = ["queries", "made from", "number", "one pack: MRR@10", "success@10", "all packs: MRR@10", "success@10"]
    return table(head, rows)


def notes(asked: Sequence[Asked]) -> str:
    """How many answers were not whole, and kiwix-serve as it comes."""
    bare = [each for each in asked if each.bare_kiwix is not None]
    mended, as_it_is = _score(bare, _kiwix), _score(bare, lambda each: each.bare_kiwix)
    partial = sum(each.ours.partial for each in asked)
    wide = [each.everywhere for each in asked if each.everywhere is not None]
    return (
        f"- {len(asked)} queries in single packs, {len(wide)} of them over all packs; answers that left packs out for "
        f"lack of time: {partial} and {sum(shown.partial for shown in wide)}."
    ) + (
        f"\n- kiwix-serve gets queries without accents, since the library of this version forgets to leave them out; "
        f"with them its MRR@10 for plain queries is {as_it_is.mrr:.3f} instead of {mended.mrr:.3f}."
        if mended and as_it_is
        else ""
    )


def excluded(queries: Sequence[Query]) -> str:
    """Packs and variants without any query, by name."""
    packs = dict.fromkeys(query.pack for query in queries)
    missing = {
        variant: [pack for pack in packs if not any(q.pack == pack and q.variant == variant for q in queries)]
        for variant in VARIANTS
    }
    lines = [f"- No queries “{variant}”: {', '.join(names)}." for variant, names in missing.items() if names]
    return "\n".join(lines)
