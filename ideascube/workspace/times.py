"""Moments that people choose, as the box's own clock and zone have them. Pure."""

from __future__ import annotations

from datetime import datetime


def moment_of(day: str, hour: str) -> int | None:
    """The fields of `<input type="date">` and `<input type="time">` as seconds since 1970; None for what is none."""
    try:
        return int(datetime.fromisoformat(f"{day}T{hour or '08:00'}").astimezone().timestamp())
    except (ValueError, OverflowError, OSError):
        return None


def day_and_hour(at: int) -> tuple[str, str]:
    """The same the other way round."""
    moment = datetime.fromtimestamp(at).astimezone()
    return moment.date().isoformat(), moment.strftime("%H:%M")
