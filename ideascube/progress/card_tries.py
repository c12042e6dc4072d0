"""What a try at a card is counted by."""

from __future__ import annotations

from ideascube.box_db.tries import Count, Tries
from ideascube.progress.throttle import ENTERING, TAKING
from ideascube.throttle import Limit


def entering(address: str) -> Tries:
    return _tries("enter", ENTERING, address)


def taking(address: str) -> Tries:
    return _tries("take", TAKING, address)


def _tries(deed: str, limits: tuple[Limit, Limit], address: str) -> Tries:
    of_address, of_box = limits
    return Tries(deed, (Count(of_address, (address,)), Count(of_box)))
