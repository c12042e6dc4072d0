"""What time it is, for a box whose clock may be wrong: rules without a clock of their own.

A box has no real-time clock: it may wake up in 1970, or in 2099 after somebody's mistake. Some moments have certainly
passed: the day this program was made, the moment at which the newest metadata was signed, and what a server said over
TLS a moment ago. What has expired by these has expired. What has expired by the system's clock alone may have.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum

BUILT = datetime(2026, 11, 24, tzinfo=UTC)  # raised with each release; a test compares it with the changelog

_TOLERANCE = timedelta(days=1)  # of a clock that nobody needs to be told of


class Expiry(Enum):
    VALID = "valid"
    PERHAPS = "perhaps"
    """By the system's clock, which nothing confirms."""
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Clock:
    """`system`: what the system's clock says. `server`: what a server said over TLS in this run. `signed`: when the
    newest metadata was signed that was verified. All with their time zone.
    """

    system: datetime
    built: datetime = BUILT
    server: datetime | None = None
    signed: datetime | None = None

    @classmethod
    def now(cls) -> Clock:
        return cls(datetime.now(UTC))

    @property
    def floor(self) -> datetime:
        """It is this late at least."""
        return max(each for each in (self.built, self.server, self.signed) if each is not None)

    @property
    def best(self) -> datetime:
        """The most likely time: the system's, unless that cannot be."""
        return self.floor if self.problem else self.system

    @property
    def is_behind(self) -> bool:
        """Whether the system's clock says a moment that has certainly passed: certificates then seem not yet valid."""
        return self.system < self.floor - _TOLERANCE

    @property
    def problem(self) -> str:
        """What is wrong with the system's clock, a sentence; empty where nothing is known to be."""
        if self.is_behind:
            return f"This box's clock says {_day(self.system)}, and it is {_day(self.floor)} at least: set the clock."
        if self.server is not None and self.system > self.floor + _TOLERANCE:
            return f"This box's clock says {_day(self.system)}, and a server says {_day(self.server)}: set the clock."
        return ""

    def judge(self, expires: datetime) -> Expiry:
        """Whether what is valid until `expires` still is."""
        if expires <= self.floor:
            return Expiry.EXPIRED
        if self.server is None and expires <= self.system:
            return Expiry.PERHAPS
        return Expiry.VALID

    def told(self, server: datetime | None) -> Clock:
        """With what a server said."""
        return self if server is None else replace(self, server=server)

    def having_seen(self, signed: datetime | None) -> Clock:
        """With the moment at which metadata was signed."""
        return self if signed is None else replace(self, signed=signed)


def moment(text: object) -> datetime | None:
    """A time in the form of docs/formats/hub.md, YYYY-MM-DDTHH:MM:SSZ; None for what is none."""
    try:
        return datetime.strptime(str(text), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def written(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(when: datetime) -> str:
    return when.strftime("%Y-%m-%d")
