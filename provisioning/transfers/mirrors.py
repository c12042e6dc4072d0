"""Which source is asked next, and when to stop asking: rules alone, from what each of them did so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from provisioning.addresses import split
from provisioning.transfers.journal import Origin
from provisioning.transfers.line import Limits

_TRIED_OUT = 4  # mirrors whose rate is measured, where there are more
_CLEARLY = 1.25  # times as fast: worth a change
_WRONG = 3  # pieces one after the other, until a source is known to have something else
_STRETCH_SECONDS = 60  # of the line: what one request asks for


@dataclass(slots=True, eq=False)
class Mirror:
    """One source of one file. `rate` in bytes a second, 0 where it is not known.

    `failures`: requests one after the other that brought nothing; `wrong`: pieces one after the other that were wrong;
    `useless`, `other`: why it is not asked any more. `trouble`: what went wrong last. `origin`: of the bytes that it
    gave last. `is_conditional`: whether If-Range helps there.
    """

    address: str
    rate: float = 0.0
    failures: int = 0
    wrong: int = 0
    useless: str = ""
    other: str = ""
    trouble: str = ""
    origin: Origin | None = None
    is_conditional: bool = True

    @property
    def is_usable(self) -> bool:
        return not (self.useless or self.other)

    @property
    def shown(self) -> str:
        """For people: the server's name, or the whole path."""
        parts = split(self.address)
        return parts.hostname or self.address

    def measure(self, count: int, seconds: float) -> None:
        """What the last request brought, and how long that took from the question to the last byte."""
        if not count:
            self.failures += 1
            return
        self.failures, self.trouble = 0, ""
        rate = count / max(seconds, 0.001)
        self.rate = (self.rate + rate) / 2 if self.rate else rate

    def was_right(self) -> None:
        self.wrong = 0

    def was_wrong(self) -> None:
        self.wrong += 1
        if self.wrong >= _WRONG:
            self.other = "what it sends has other sums"


class Mirrors:
    """All sources of one file, the best first as a catalogue has them. `origins`: what is known of them from before."""

    def __init__(self, addresses: Sequence[str], origins: Iterable[Origin] = (), *, may_mix: bool = True) -> None:
        self.all = [Mirror(address) for address in dict.fromkeys(addresses)]
        self._may_mix = may_mix
        self._only = ""
        self._in_vain = 0
        for origin in origins:
            for mirror in self.all:
                if mirror.address == origin.address:
                    mirror.origin = origin

    def keep_to(self, address: str, origin: Origin | None = None) -> bool:
        """Ask no other one than this, for this state of the file; with an empty address any again.

        Gives whether it can be asked.
        """
        self._only = address
        for mirror in self.usable:
            mirror.origin = origin or mirror.origin
        return bool(self.usable)

    @property
    def usable(self) -> list[Mirror]:
        return [each for each in self.all if each.is_usable and self._only in ("", each.address)]

    def choose(self) -> Mirror | None:
        """The one that is asked next; None where none is left. The better ones are found out by trying a few."""
        usable = self.usable
        if not usable:
            return None
        steady = [each for each in usable if each.failures == min(other.failures for other in usable)]
        untried = [each for each in steady[:_TRIED_OUT] if not each.rate]
        if untried and (self._may_mix or len(untried) == len(steady)):
            return untried[0]
        best = max(each.rate for each in steady)
        return next(each for each in steady if each.rate * _CLEARLY >= best)

    def stretch(self, mirror: Mirror, limits: Limits) -> int:
        """How many bytes to ask it for: little of one that is not known yet, a minute's worth of others."""
        if not mirror.rate and len(self.usable) > 1:
            return limits.least
        return int(min(max(mirror.rate * _STRETCH_SECONDS, limits.least), limits.most))

    def pause(self, came: int, limits: Limits) -> float | None:
        """Seconds to wait, after a request that brought `came` bytes; None where the line counts as gone."""
        if came:
            self._in_vain = 0
            return 0.0
        self._in_vain += 1
        rounds, rest = divmod(self._in_vain, max(1, len(self.usable)))
        if rounds >= limits.tries:
            return None
        return limits.pause * 2 ** (rounds - 1) if rounds and not rest else 0.0

    def have_all_something_else(self) -> bool:
        return bool(self.all) and all(each.other for each in self.all)

    def reasons(self) -> str:
        """What is wrong with each of them, for a sentence."""
        told = [(each.shown, each.other or each.useless or each.trouble) for each in self.all]
        return "; ".join(dict.fromkeys(f"{shown}: {reason}" for shown, reason in told if reason))
