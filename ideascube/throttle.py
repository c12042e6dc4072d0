"""How waits grow after many tries. Pure; times in seconds. What is counted with which limits is said where it is tried.

Each try raises a level, which time lowers again. Above what is free, one waits after each try, each time twice as long,
up to a longest wait: whoever waits may try again after a known time, and nobody is locked out for good.
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
