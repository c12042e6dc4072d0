"""How a version gets here with the fewest bytes over the link: whole, or by deltas. Rules only."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from content_packs.zim.identity import Identity
from provisioning.offers import DeltaOffer, Offer
from provisioning.planning.keys import delta_key, key_of
from provisioning.planning.situation import Holding

_FRAME = 16 * 1000 * 1000  # bytes of a layer beside contents: docs/formats/delta.md, “Reading one”
_LONGEST_CHAIN = 5  # as many layers as a pack should have


@dataclass(frozen=True, slots=True)
class Way:
    """`deltas`: one after the other, none for the whole file. `missing`: bytes over the link. `room`: of disk."""

    missing: int
    room: int
    keys: tuple[str, ...]
    deltas: tuple[DeltaOffer, ...] = ()


def shortest_way(offer: Offer, holding: Holding | None, arrived: Mapping[str, int]) -> Way:
    """By deltas where the box has their base and they are smaller than what is missing of the whole."""
    whole = _whole(offer, arrived)
    chain = _chain(offer, holding, arrived) if holding else ()
    by_deltas = _by_deltas(offer, chain, arrived)
    return by_deltas if chain and by_deltas.missing < whole.missing else whole


def _whole(offer: Offer, arrived: Mapping[str, int]) -> Way:
    key = key_of(offer)
    missing = max(0, offer.size - arrived.get(key, 0))
    return Way(missing, missing, (key,))


def _by_deltas(offer: Offer, deltas: tuple[DeltaOffer, ...], arrived: Mapping[str, int]) -> Way:
    missing = sum(_missing(offer, delta, arrived) for delta in deltas)
    layers = sum(delta.stored + delta.text // 2 + _FRAME for delta in deltas)
    return Way(missing, missing + layers, tuple(delta_key(offer, delta) for delta in deltas), deltas)


def _missing(offer: Offer, delta: DeltaOffer, arrived: Mapping[str, int]) -> int:
    return max(0, delta.size - arrived.get(delta_key(offer, delta), 0))


def _chain(offer: Offer, holding: Holding, arrived: Mapping[str, int]) -> tuple[DeltaOffer, ...]:
    """The cheapest deltas, one after the other, from what is here to the offered version (Dijkstra's way)."""
    turns = count()
    waiting: list[tuple[int, int, Identity | None, tuple[DeltaOffer, ...]]]
    waiting = [(0, next(turns), identity, ()) for identity in holding.identities]
    seen: set[Identity | None] = set()
    while waiting:
        cost, _, at, taken = heapq.heappop(waiting)
        if at is None:
            return taken
        if at in seen or len(taken) == _LONGEST_CHAIN:
            continue
        seen.add(at)
        for delta in sorted((each for each in offer.deltas if each.base == at), key=lambda each: each.sha256):
            further = cost + _missing(offer, delta, arrived)
            heapq.heappush(waiting, (further, next(turns), delta.result, (*taken, delta)))
    return ()
