"""How many wrong tries are free, and how long one waits after more. Pure; times in seconds.

Each try raises a level, which time lowers again. Above what is free, one waits after each try, each time twice as long,
up to a longest wait. Two levels count: that of an address and that of the whole box.

- A class of 30 behind one address may be wrong 40 times before anybody waits.
- One address alone cannot make the others wait: it may try half as often as the box forgives.
- An attacker with many addresses has 120 tries, then 288 a day, against 45,239,040 orders of pictures: with 500
  cards on the box, some one of them is found after 314 days of trying, and a certain one after 430 years.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Network, ip_address


@dataclass(frozen=True, slots=True)
class Limit:
    """`free`: tries before one waits. `forgiven`: seconds in which time lowers the level by one. Waits in seconds."""

    free: int
    forgiven: float
    first_wait: int = 30
    longest_wait: int = 900


@dataclass(frozen=True, slots=True)
class Level:
    """As it was right after the last try, at that second."""

    level: float = 0
    at: int = 0


ENTERING = (Limit(40, 600), Limit(120, 300))  # of one address, of the box
TAKING = (Limit(60, 120), Limit(200, 60))


def level_at(level: Level, now: int, limit: Limit) -> float:
    """What is left of the level. A clock that was set back forgives nothing."""
    return max(0.0, level.level - max(0, now - level.at) / limit.forgiven)


def wait_left(level: Level, now: int, limit: Limit) -> int:
    """How long to wait before the next try; 0 where it may be made now. Never longer than the longest wait."""
    above = round(level.level) - limit.free
    if above < 0:
        return 0
    whole = min(limit.first_wait << min(above, 30), limit.longest_wait)
    return max(0, whole - max(0, now - level.at))


def raised(level: Level, now: int, limit: Limit) -> Level:
    return Level(level_at(level, now, limit) + 1, now)


def counted_address(address: str) -> str:
    """What tries are counted by: an IPv4 address, or of IPv6 the part of the network; a phone gives itself the rest."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or IPv6Network((parsed, 64), strict=False))
