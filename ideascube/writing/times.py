"""Moments as a page shows them and as its field for a day and time has them, by the box's own clock and zone. Pure."""

from __future__ import annotations

from datetime import datetime

from babel import Locale
from babel.dates import format_datetime, format_time

from content_packs.languages import cldr_code
from ideascube.web.digits import with_digits_of


def field_text(moment: int | None) -> str:
    """Seconds since 1970 as `<input type="datetime-local">` has it (HTML, 2.3.5.5); empty for none."""
    return "" if moment is None else _local(moment).strftime("%Y-%m-%dT%H:%M")


def moment_of(text: str) -> int | None:
    """Seconds since 1970 of what such a field sent, or somebody typed into it; None for what is none."""
    try:
        return int(datetime.fromisoformat(text.strip().replace(" ", "T")).astimezone().timestamp())
    except (ValueError, OverflowError, OSError):
        return None


def clock_text(moment: int, language: str) -> str:
    """Day and time in a language of the interface."""
    return _written(moment, language, "short")


def time_text(moment: int, language: str) -> str:
    """The time alone."""
    return with_digits_of(language, format_time(_local(moment), "short", locale=_locale(language)))


def _written(moment: int, language: str, style: str) -> str:
    return with_digits_of(language, format_datetime(_local(moment), style, locale=_locale(language)))  # type: ignore[arg-type]


def _local(moment: int) -> datetime:
    return datetime.fromtimestamp(moment).astimezone()  # noqa: DTZ006 - made aware in the box's own zone


def _locale(language: str) -> Locale:
    return Locale.parse(cldr_code(language))
