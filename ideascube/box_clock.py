"""Days and moments by the box's own clock and zone. Either may be wrong: nothing here says who was first."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_USUAL_HOUR = "08:00"
_UTC_TEXT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def today() -> date:
    return datetime.now().astimezone().date()


def today_text() -> str:
    """YYYY-MM-DD."""
    return str(today())


def day_text(second: int | None) -> str:
    """The day (YYYY-MM-DD) of a second since 1970; empty for none, and for one that is no date."""
    try:
        return str(local(second).date()) if second else ""
    except (ValueError, OverflowError, OSError):
        return ""


def field_texts(second: int | None) -> tuple[str, str]:
    """Seconds since 1970 as `<input type="date">` and `<input type="time">` have them; empty for none."""
    if second is None:
        return "", ""
    moment = local(second)
    return moment.date().isoformat(), moment.strftime("%H:%M")


def moment_of(day: str, hour: str) -> int | None:
    """Seconds since 1970 of what such fields sent, or somebody typed into them; None for what is none."""
    try:
        return int(datetime.fromisoformat(f"{day.strip()}T{hour.strip() or _USUAL_HOUR}").astimezone().timestamp())
    except (ValueError, OverflowError, OSError):
        return None


def utc_text() -> str:
    """Now, as YYYY-MM-DDTHH:MM:SSZ."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def second_of(written: str) -> int:
    """Seconds since 1970 of what `utc_text` wrote; 0 for anything else."""
    try:
        return int(datetime.fromisoformat(written).timestamp()) if _UTC_TEXT.fullmatch(written) else 0
    except (ValueError, OverflowError):
        return 0


def local(second: int) -> datetime:
    """A second since 1970. Raises ValueError, OverflowError or OSError for one that is no date."""
    return datetime.fromtimestamp(second).astimezone()
