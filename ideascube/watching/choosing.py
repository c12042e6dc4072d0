"""What a player does by itself: which subtitles are on, at which second it starts, what comes next. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from content_packs.items import Item
from content_packs.languages import base_language
from ideascube.items.wording import best_of
from ideascube.progress.places import Place, is_finished

_SECOND = re.compile(r"\d{1,6}(?:\.\d{1,3})?", re.ASCII)
_BEGUN = 10  # seconds after which somebody has begun
_BESIDE = 12  # cards of what else the pack has


class Start(NamedTuple):
    """The second at which a player starts; `goes_on`: because the visitor stopped there."""

    second: int
    goes_on: bool = False


def start_of(asked: str, place: Place | None) -> Start:
    """Where an address asked to start (`t`, in seconds), else where the visitor stopped, else at the beginning."""
    if _SECOND.fullmatch(asked):
        return Start(int(float(asked)))
    if place is None or place.at < _BEGUN or is_finished(place):
        return Start(0)
    return Start(int(place.at), goes_on=True)


def switched_on(subtitles: Collection[str], spoken: str, liked: Iterable[str]) -> str:
    """The language whose subtitles are on from the start; none where the visitor understands what is `spoken`.

    What counts is what the visitor likes best: English subtitles are no help to whom the film speaks French already.
    """
    for language in liked:
        if spoken and base_language(language) == base_language(spoken):
            return ""
        if found := best_of(subtitles, [language]):
            return found
    return ""


def next_of(items: Sequence[Item], item: Item) -> Item | None:
    """What is played after `item`: the next of its series, else the next film or sound of the pack."""
    after = _after(items, item)
    series = [one for one in after if item.part_of and one.part_of == item.part_of]
    return next(iter(series or after), None)


def others_of(items: Sequence[Item], item: Item, most: int = _BESIDE) -> list[Item]:
    """What else the pack has to watch or hear: what follows it, then what comes before, without what is next."""
    after = _after(items, item)
    following = {one.path for one in after}
    before = [one for one in items if one.is_played and one.path not in following and one.path != item.path]
    coming = next_of(items, item)
    return [one for one in (*after, *before) if coming is None or one.path != coming.path][:most]


def _after(items: Sequence[Item], item: Item) -> list[Item]:
    played = [one for one in items if one.is_played]
    place = next((number for number, one in enumerate(played) if one.path == item.path), len(played))
    return played[place + 1 :]
