"""Which entries of a catalogue shrank so much that a person should look before a box follows.

Rules only: a catalogue that was built wrongly, or that somebody took over, offers an encyclopedia of three pages under
its old name. What a person decided is in `sync/decisions.json` (provisioning.decisions).
"""

from __future__ import annotations

from dataclasses import dataclass

from provisioning.decisions import HeldBack
from provisioning.offers import Offer

_FEW = 10  # entries of a catalogue, below which losing half of them is no alarm


@dataclass(frozen=True, slots=True)
class Seen:
    """What a catalogue said of a pack: `size` in bytes, `entries` the number of articles; 0 where it does not say."""

    size: int
    entries: int

    @classmethod
    def of(cls, offer: Offer) -> Seen:
        return cls(offer.size, offer.manifest.zim.articles)


def has_shrunk(before: Seen, now: Seen) -> bool:
    """Whether the size or the number of entries is half of what it was, or less."""
    return _is_half(before.size, now.size) or _is_half(before.entries, now.entries)


def has_list_shrunk(before: int, now: int) -> bool:
    """Whether a catalogue of `before` packs that lists `now` of them has lost half or more."""
    return before >= _FEW and now * 2 <= before


def held_back(catalogue: str, before: Seen, offer: Offer, since: str) -> HeldBack:
    """What waits for a person: the `offer` that shrank."""
    now = Seen.of(offer)
    return HeldBack(
        catalogue, offer.id, offer.manifest.title, before.size, now.size, before.entries, now.entries, since
    )


def _is_half(before: int, now: int) -> bool:
    return before > 0 and 0 < now * 2 <= before
