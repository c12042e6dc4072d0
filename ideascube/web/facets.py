"""Which packs a choice of language and kind leaves, and how many each further choice would. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from content_packs.store.library import PackRecord
from ideascube.web.wording import KINDS_IN_ORDER, known_kind


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty: all of them. `lang` as BCP 47."""

    lang: str = ""
    kind: str = ""

    def matches(self, record: PackRecord) -> bool:
        return self.lang in ("", *_languages(record)) and self.kind in ("", _kind(record))


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a visitor may choose; an empty one takes the choice back."""

    value: str
    count: int
    address: str
    chosen: bool


def choose(records: Iterable[PackRecord], filters: Filters) -> list[PackRecord]:
    return [record for record in records if filters.matches(record)]


def language_choices(records: Sequence[PackRecord], filters: Filters, liked: Sequence[str]) -> list[Choice]:
    """The visitor's languages first, then those with the most packs; before them the choice of all."""
    within = choose(records, Filters(kind=filters.kind))
    counts = Counter(code for record in within for code in _languages(record))
    order = sorted(counts, key=lambda code: (_place(liked, code), -counts[code], code))
    choices = [_choice(code, counts[code], Filters(code, filters.kind), filters.lang) for code in order]
    return [_choice("", len(within), Filters("", filters.kind), filters.lang), *choices]


def kind_choices(records: Sequence[PackRecord], filters: Filters) -> list[Choice]:
    within = choose(records, Filters(lang=filters.lang))
    counts = Counter(_kind(record) for record in within)
    choices = [
        _choice(kind, counts[kind], Filters(filters.lang, kind), filters.kind)
        for kind in KINDS_IN_ORDER
        if counts[kind]
    ]
    return [_choice("", len(within), Filters(filters.lang, ""), filters.kind), *choices]


def library_address(filters: Filters) -> str:
    given = {name: value for name, value in (("lang", filters.lang), ("kind", filters.kind)) if value}
    return f"/library?{urlencode(given)}" if given else "/library"


def _choice(value: str, count: int, leads_to: Filters, now: str) -> Choice:
    return Choice(value, count, library_address(leads_to), value == now)


def _place(liked: Sequence[str], code: str) -> int:
    return liked.index(code) if code in liked else len(liked)


def _languages(record: PackRecord) -> tuple[str, ...]:
    return record.manifest.languages if record.manifest else ()


def _kind(record: PackRecord) -> str:
    return known_kind(record.manifest.kind) if record.manifest else ""
