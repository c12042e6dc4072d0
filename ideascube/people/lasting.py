"""How long one stays signed in. Pure.

A box's clock may be wrong, so no two times of it are compared. What is counted: the dates on which the box ran
(`box_db.days`), and the quarters of an hour that it ran; and whether the machine was started anew since.

- On one's own phone: 30 days on which the box ran, or as many hours of running as these have at 24 a day.
- On any other: 12 hours of running without use; or as soon as the machine was started anew on another date. A power cut
  at noon signs nobody out, a night does. Where a box has no clock at all, so that each day has the same date, it is the
  12 hours of running.
"""

from __future__ import annotations

from dataclasses import dataclass

OWN_DAYS = 30
SHARED_HOURS = 12
_QUARTERS = 4  # of an hour


@dataclass(frozen=True, slots=True)
class Moment:
    """The number of a day on which the box ran, the quarters of hours that it ran so far, and the machine's start."""

    day: int
    quarter: int
    boot: str


def is_over(last: Moment, now: Moment, *, own: bool) -> bool:
    """Whether somebody who was last here at `last` has to sign in again."""
    ran = now.quarter - last.quarter
    if own:
        return now.day - last.day > OWN_DAYS or ran > OWN_DAYS * 24 * _QUARTERS
    is_another_day = now.day != last.day and now.boot != last.boot
    return is_another_day or ran > SHARED_HOURS * _QUARTERS


def is_to_be_noted(last: Moment, now: Moment) -> bool:
    """Whether the database has to be told that somebody is here: once in a quarter of an hour at most."""
    return last != now
