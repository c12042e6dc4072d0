"""The filters of a search as its page shows them: what is chosen, and what each further choice would leave. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from ideascube.search.protocol import Count, SearchQuery
from ideascube.web.wording import known_kind

PAGE_SIZE = 10

FILTERS = ("lang", "kind", "licence", "pack")
_SHOWN = 8  # choices of one filter


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; `count` is 0 where nobody counted."""

    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter and its choices; the chosen one leads back to all."""

    name: str
    choices: tuple[Choice, ...]

    @property
    def is_choice(self) -> bool:
        """Whether something else could be chosen."""
        return any(not choice.chosen for choice in self.choices)

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)


Label = Callable[[str, str], str]  # of a filter's name and value


def search_address(query: SearchQuery, page: int = 1) -> str:
    """The address of another page of the same search."""
    given: dict[str, str | int] = {"q": query.text} | {name: getattr(query, name) for name in FILTERS}
    if query.page_size != PAGE_SIZE:
        given["count"] = query.page_size
    if page > 1:
        given["page"] = page
    return f"/search?{urlencode({name: value for name, value in given.items() if value}, errors='replace')}"


def filters(query: SearchQuery, counts: Iterable[Count], label: Label) -> list[Filter]:
    """Those filters that are chosen or leave a choice."""
    counts = list(counts)
    found = [Filter(name, tuple(_choices(query, name, counts, label))) for name in FILTERS]
    return [each for each in found if len(each.choices) > 1 or each.chosen]


def _choices(query: SearchQuery, name: str, counts: Sequence[Count], label: Label) -> list[Choice]:
    now = _shown_value(name, getattr(query, name))
    numbers: dict[str, int] = {}
    for count in counts:
        if count.filter == name:
            value = _shown_value(name, count.value)
            numbers[value] = numbers.get(value, 0) + count.results
    most = sorted(numbers, key=lambda value: (-numbers[value], value))[:_SHOWN]
    values = [now, *(value for value in most if value != now)] if now else most
    return [
        Choice(label(name, value), about(numbers.get(value, 0)), _leads_to(query, name, value, now), value == now)
        for value in values
    ]  # fmt: skip


def _leads_to(query: SearchQuery, name: str, value: str, now: str) -> str:
    chosen: dict[str, Any] = {name: "" if value == now else value}
    return search_address(replace(query, **chosen))


def about(number: int) -> int:
    """An estimate as people say it: two digits that mean something."""
    return round(number, min(0, 2 - len(str(number))))


def _shown_value(name: str, value: str) -> str:
    """Kinds that this version does not know are shown, and counted, with the websites."""
    return known_kind(value) if name == "kind" and value else value
