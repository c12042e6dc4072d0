"""How much may come, and what is refused before its first byte. Pure."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1000 * 1000


@dataclass(frozen=True, slots=True)
class Bounds:
    """`file`: bytes of one; `open`: uploads of a person that are not finished; `kept`: finished ones that their list
    still shows; `days`: on which the box runs and nothing of an upload comes, until it is thrown away.
    """

    file: int = 4 * 1024**3
    open: int = 20
    kept: int = 100
    days: int = 7


BOUNDS = Bounds()


class Refused(Exception):
    """An upload that cannot be. `code`: why, a word that `wording` has a sentence for, with these `numbers` in it."""

    def __init__(self, code: str, **numbers: int) -> None:
        super().__init__(code)
        self.code = code
        self.numbers = numbers


def reserve(disk: int) -> int:
    """Bytes that stay free for everything else, on a disk of `disk` bytes."""
    return min(disk // 10, 500 * MB)


def room_for_more(free: int, disk: int, expected: int) -> int:
    """Bytes that one more upload may have; `expected`: bytes of others that are still to come."""
    return max(free - reserve(disk) - expected, 0)


def check_size(size: int, bounds: Bounds = BOUNDS) -> None:
    """Raises Refused."""
    if size == 0:
        raise Refused("empty")
    if size > bounds.file:
        raise Refused("large", size=size, most=bounds.file)


def check_room(size: int, room: int) -> None:
    """Raises Refused."""
    if size > room:
        raise Refused("room", size=size, room=room)


def check_open(of_person: int, bounds: Bounds = BOUNDS) -> None:
    """`of_person`: how many of theirs are not finished. Raises Refused."""
    if of_person >= bounds.open:
        raise Refused("many", most=bounds.open)


def is_expired(last_day: int, today: int, bounds: Bounds = BOUNDS) -> bool:
    """Whether so many days of the box's running went by; both are numbers of days, as `box_db.days` counts them."""
    return today - last_day > bounds.days


def days_left(last_day: int, today: int, bounds: Bounds = BOUNDS) -> int:
    return max(bounds.days - (today - last_day), 0)
