"""Kinds, sizes, dates and languages as a page words them, in the language of the interface. Pure."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_percent
from babel.units import format_unit

from ideascube.box_clock import local
from ideascube.web.digits import with_digits_of
from ideascube.web.i18n import name_within_text, translations

# In the order in which the home page shows them: what one looks at and listens to comes before what one reads.
# What was made here, and is no film or recording, is of a kind of its own.
KINDS_IN_ORDER = ("made", "film", "audio", "book", "course", "collection", "encyclopedia", "website", "software")

_NAMED_LANGUAGES = 3
_UNITS = ((1e9, "digital-gigabyte"), (1e6, "digital-megabyte"), (1e3, "digital-kilobyte"))


@lru_cache
def kind_names(language: str) -> dict[str, str]:
    """What each kind of pack is called, as a heading."""
    _ = translations(language).gettext
    return {
        "made": _("Made here"),
        "film": _("Films"),
        "audio": _("Listen"),
        "book": _("Books"),
        "course": _("Courses"),
        "collection": _("Collections"),
        "encyclopedia": _("Encyclopedias"),
        "website": _("Websites"),
        "software": _("Games and tools"),
    }


def kind_name(kind: str, language: str) -> str:
    """The kind's name; one that this version does not know is shown with the websites, as all of them are."""
    return kind_names(language)[known_kind(kind)]


def known_kind(kind: str) -> str:
    return kind if kind in KINDS_IN_ORDER else "website"


@lru_cache(maxsize=1024)
def size_text(size: int, language: str) -> str:
    """`size` in bytes as people say it: in units of a thousand, as shops and phones count."""
    divisor, unit = next(((each, name) for each, name in _UNITS if size >= each), _UNITS[-1])
    number = max(size / divisor, 0.1)
    rounded = round(number, 1) if number < 10 else round(number)
    written = format_unit(rounded, unit, length="short", locale=language, numbering_system="default")
    return with_digits_of(language, _unbroken(written))


@lru_cache(maxsize=256)
def minutes_text(minutes: int, language: str) -> str:
    """How long something takes, as `5 min`."""
    written = format_unit(minutes, "duration-minute", length="short", locale=language, numbering_system="default")
    return with_digits_of(language, _unbroken(written))


def _unbroken(text: str) -> str:
    """With spaces that no line breaks at: a number stays beside its unit, on a button of two lines as well."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


@lru_cache(maxsize=256)
def percent_text(percent: int, language: str) -> str:
    return with_digits_of(language, format_percent(percent / 100, locale=language, numbering_system="default"))


@lru_cache(maxsize=1024)
def date_text(written: str, language: str) -> str:
    """A YYYY-MM-DD date in words; what is no such date is shown as it was written."""
    try:
        return with_digits_of(language, format_date(date.fromisoformat(written), "long", locale=language))
    except ValueError:
        return written


@lru_cache(maxsize=1024)
def when_text(at: int, language: str) -> str:
    """A moment (seconds since 1970) as the box's clock has it, with the day and the minute."""
    return with_digits_of(language, format_datetime(local(at), "d MMM y HH:mm", locale=language))


@lru_cache(maxsize=1024)
def languages_text(codes: tuple[str, ...], language: str, at_most: int = _NAMED_LANGUAGES) -> str:
    """The languages' names, or how many there are where they would fill the page."""
    if len(codes) > at_most:
        ngettext = translations(language).ngettext
        return ngettext("%(num)d language", "%(num)d languages", len(codes)) % {"num": len(codes)}
    listed = format_list([name_within_text(code, language) for code in codes], locale=language)
    return listed[:1].upper() + listed[1:]


def moment_text(second: int, language: str = "en") -> str:
    """A film's second as players show it: `12:34`, `1:02:03`."""
    minutes, seconds = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    written = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return with_digits_of(language, written)
