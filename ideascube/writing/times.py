"""Moments as a page shows them and as its field for a day and time has them, by the box's own clock and zone. Pure."""

from __future__ import annotations

from datetime import datetime

from babel import Locale
from babel.dates import format_datetime, format_time

from content_packs.languages import cldr_code
from ideascube.web.digits import with_digits_of


def field_texts(moment: int | None) -> tuple[str, str]:
    """Seconds since 1970 as `<input type="date">` and `<input type="time">` have them; empty for none."""
    if moment is None:
        return "", ""
    local = _local(moment)
    return local.date().isoformat(), local.strftime("%H:%M")


def moment_of(day: str, hour: str) -> int | None:
    """Seconds since 1970 of what such fields sent, or somebody typed into them; None for what is none."""
    try:
        return int(datetime.fromisoformat(f"{day.strip()}T{hour.strip() or '08:00'}").astimezone().timestamp())
    except (ValueError, OverflowError, OSError):
        return None


def clock_text(moment: int, language: str) -> str:
    """Day and time in a language of the interface."""
    return _written(moment, language, "short")


def time_text(moment: int, language: str) -> str:
    """The time alone."""
    return with_digits_of(language, format_time(_local(moment), "short", locale=_locale(language)))


def _written(moment: int, language: str, style: str) -> str:
    return with_digits_of(language, format_datetime(_local(moment), style, locale=_locale(language)))


def _local(moment: int) -> datetime:
    return datetime.fromtimestamp(moment).astimezone()


def _locale(language: str) -> Locale:
    return Locale.parse(cldr_code(language))
