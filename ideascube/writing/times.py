"""Moments as the page on which one writes shows them, by the box's own clock and zone. Pure."""

from __future__ import annotations

from babel import Locale
from babel.dates import format_datetime, format_time

from content_packs.languages import cldr_code
from ideascube.box_clock import local
from ideascube.web.digits import with_digits_of


def clock_text(moment: int, language: str) -> str:
    """Day and time in a language of the interface."""
    return _written(moment, language, "short")


def time_text(moment: int, language: str) -> str:
    """The time alone."""
    return with_digits_of(language, format_time(local(moment), "short", locale=_locale(language)))


def _written(moment: int, language: str, style: str) -> str:
    return with_digits_of(language, format_datetime(local(moment), style, locale=_locale(language)))


def _locale(language: str) -> Locale:
    return Locale.parse(cldr_code(language))
