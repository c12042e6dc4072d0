"""The interface in the visitor's language: gettext catalogues read with Babel, and the names of languages.

Catalogues are the `.po` files themselves, read once at the start: no compiled copy can be older than its source.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from aiohttp import web
from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from ideascube.web.negotiation import choose_language, preferred_languages

LANGUAGES = ("en", "fr", "ar")
LANGUAGE_COOKIE = "language"
_LOCALE = Path(__file__).parent.parent / "locale"


@lru_cache
def translations(language: str) -> NullTranslations:
    """The catalogue of one of `LANGUAGES`; English is in the source."""
    path = _LOCALE / language / "LC_MESSAGES" / "ideascube.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def interface_language(request: web.BaseRequest) -> str:
    """What the visitor chose, else the first language of their browser that the interface speaks, else English."""
    chosen = request.cookies.get(LANGUAGE_COOKIE) if "Cookie" in request.headers else None
    return choose_language(chosen, request.headers.get("Accept-Language", ""), LANGUAGES)


def visitor_languages(request: web.BaseRequest) -> tuple[str, ...]:
    """All languages that the visitor seems to read, the interface's first: what search favours."""
    spoken = preferred_languages(request.headers.get("Accept-Language", ""))
    return tuple(dict.fromkeys((interface_language(request), *spoken)))


@lru_cache(maxsize=1024)
def language_name(language: str, shown_in: str | None = None) -> str:
    """The language's name in `shown_in`, or its own name for itself, as it begins a line; its code where not known."""
    name = name_within_text(language, shown_in)
    return name[:1].upper() + name[1:] if name != language else language


def name_within_text(language: str, shown_in: str | None = None) -> str:
    """The same as it is written within a sentence. Babel names more languages than it has whole locales for."""
    locale = _locale(language)
    if locale is not None:
        name = locale.get_display_name(shown_in or language) or locale.get_display_name("en")
    else:
        name = Locale.parse(shown_in or "en").languages.get(language)
    return name or language


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
