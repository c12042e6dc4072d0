"""The interface in the visitor's language: gettext catalogues read with Babel, and the names of languages.

Catalogues are the `.po` files themselves. What is kept of them for the next start (`prepared`) is bound to their
content: no compiled copy can be older than its source.
How they are made and corrected: docs/translating.md.
"""

from __future__ import annotations

from functools import lru_cache, partial
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from aiohttp import web
from babel import Locale, UnknownLocaleError
from babel import __version__ as babel_version
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from content_packs.languages import cldr_code
from ideascube.live_facts import FACTS
from ideascube.web.digits import number_text
from ideascube.web.negotiation import choose_language, preferred_languages
from ideascube.web.prepared import Prepared

# As the list of languages shows them: by script, so that each is found among its like. The first is the source's.
# `fa` serves Dari too, `ku` is Kurmanji: docs/decisions/0033-languages-of-the-interface.md
LANGUAGES = ("en", "fr", "es", "sw", "ku", "uk", "ar", "fa", "ps", "bn", "my", "ti")
LANGUAGE_COOKIE = "language"
_SHOWN_IN: web.RequestKey[str] = web.RequestKey("shown in", str)
CATALOGUES = Path(__file__).parent.parent / "locale"
_COMPILED: dict[str, bytes] = {}  # see `_compile`
_IS_DRAFT = b"D"
DRAFT = "draft"  # the flag of a translation that nobody who knows the language has read

_OWN_NAMES = {"fa": "فارسی / دری"}  # where readers look for another name than CLDR has


class _Words(GNUTranslations):
    """A catalogue that puts the number of a plural in the language's own digits."""

    def __init__(self, file: BytesIO, language: str) -> None:
        super().__init__(file)
        self._language = language

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return super().ngettext(msgid1, msgid2, n).replace("%(num)d", number_text(n, self._language))


@lru_cache
def translations(language: str) -> NullTranslations:
    """The catalogue of one of `LANGUAGES`; English is in the source. `ngettext` fills in `%(num)d` itself."""
    return _Words(BytesIO(_compiled(language)[1:]), language)


@lru_cache
def is_draft(language: str) -> bool:
    """Whether anything in this language was not yet read by someone who knows it."""
    return _compiled(language)[:1] == _IS_DRAFT


def prepare_catalogues(prepared: Prepared) -> None:
    """Compile all catalogues now, with the help of what an earlier start kept."""
    for language in LANGUAGES:
        _COMPILED[language] = prepared.get(f"words-{language}", _source(language), partial(_compile, language))


def _compiled(language: str) -> bytes:
    if language not in _COMPILED:
        _COMPILED[language] = _compile(language)
    return _COMPILED[language]


def _compile(language: str) -> bytes:
    """A byte that says whether it is a draft, then a `.mo` file."""
    found = catalogue(language) or Catalog("en")
    file = BytesIO(_IS_DRAFT if any(DRAFT in message.flags for message in found) else b" ")
    file.seek(1)
    write_mo(file, found)
    return file.getvalue()


def _source(language: str) -> bytes:
    path = _path(language)
    return f"{babel_version}\n".encode() + (path.read_bytes() if path.exists() else b"")


def catalogue(language: str) -> Catalog | None:
    """The file of a language as it is written; none for the source's own."""
    path = _path(language)
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _path(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "ideascube.po"


def show_in(request: web.Request, language: str) -> None:
    """Answer this request as to a visitor who reads only `language`, one of the interface's."""
    request[_SHOWN_IN] = language


def offered_languages(request: web.Request) -> tuple[str, ...]:
    """The languages of the interface that the box offers, in the order in which an operator put them, else all."""
    facts = request.app.get(FACTS)
    return _known(facts.languages) if facts is not None else LANGUAGES


@lru_cache
def _known(chosen: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in chosen if code in LANGUAGES)) or LANGUAGES


def interface_language(request: web.Request) -> str:
    """What the visitor chose, else the first language of their browser that the box offers, else its first one."""
    if shown_in := request.get(_SHOWN_IN):
        return str(shown_in)
    chosen = request.cookies.get(LANGUAGE_COOKIE) if "Cookie" in request.headers else None
    return choose_language(chosen, request.headers.get("Accept-Language", ""), offered_languages(request))


def visitor_languages(request: web.Request) -> tuple[str, ...]:
    """All languages that the visitor seems to read, the interface's first: what search favours."""
    if shown_in := request.get(_SHOWN_IN):
        return (shown_in,)
    spoken = preferred_languages(request.headers.get("Accept-Language", ""))
    return tuple(dict.fromkeys((interface_language(request), *spoken)))


@lru_cache(maxsize=1024)
def language_name(language: str, shown_in: str | None = None) -> str:
    """The language's name in `shown_in`, or its own name for itself, as it begins a line; its code where not known."""
    name = name_within_text(language, shown_in)
    return name[:1].upper() + name[1:] if name != language else language


def name_within_text(language: str, shown_in: str | None = None) -> str:
    """The same as it is written within a sentence; in English where `shown_in` has no word for it.

    CLDR names more languages than it has whole locales for, and a few locales for themselves (Dari is `fa_AF`).
    """
    if shown_in is None and language in _OWN_NAMES:
        return _OWN_NAMES[language]
    code = cldr_code(language)
    locale = _locale(code)
    readers = (shown_in or (str(locale) if locale else "en"), "en")
    return next((name for reader in readers if (name := _name(code, locale, Locale.parse(reader)))), language)


def _name(code: str, locale: Locale | None, reader: Locale) -> str | None:
    return reader.languages.get(code) or (locale.get_display_name(reader) if locale else None)


def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None
