"""Language codes: BCP 47 as people and browsers write them, ISO 639-3 as ZIM wants them; scripts' direction, own names.

The codes come from CLDR's aliases, as Babel brings them. Which languages a page is offered in is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

# Where several three-letter codes mean one two-letter code (bibliographic ones such as `fre`, and single members of a
# macrolanguage such as `swh`), the one that ISO 639-3 has for it: https://iso639-3.sil.org/code_tables/639/data
_WRITTEN = (
    "aka ara aym aze bod ces cre cym deu dzo ell est eus fas ful fra grn guj hrv hye iku ipk isl kat kau kom kon kur "
    "lav mkd mlg mon mri msa mya nep nld oji ori orm pus que ron san slk sqi srd srp swa uzb yid zha zho"
)

# ISO 15924 codes of scripts written from right to left.
_RIGHT_TO_LEFT = ("Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi")

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{4,8})*")


def to_bcp47(code: str) -> str:
    """The BCP 47 tag of `code`, which may be ISO 639-2 or 639-3, BCP 47, or a locale (`fra`, `fre`, `pt_br`).

    What has no two-letter form stays as it is, in its usual case (`tum`); so does what is no language code at all.
    """
    language, *rest = re.split("[-_]", code.strip())
    return "-".join([_two_letters(language.lower()), *_in_usual_case(rest)])


def to_iso639_3(code: str) -> str:
    """The ISO 639-3 code of `code`'s language, without script and region; what has none stays as it is."""
    language = to_bcp47(code).partition("-")[0]
    if len(language) == 2:
        language = _aliased(language).partition("_")[0]
    return _three_letters().get(language, language)


def is_bcp47(code: str) -> bool:
    """Whether `code` is formed as a BCP 47 tag, in its usual case, with two letters where its language has them."""
    language = code.partition("-")[0]
    return _TAG.fullmatch(code) is not None and (len(language) == 2 or _two_letters(language) == language)


def base_language(tag: str) -> str:
    """The language of a BCP 47 tag without its script and region, in small letters, to compare languages by."""
    return tag.partition("-")[0].lower()


def closest(tag: str, available: Iterable[str]) -> str | None:
    """Which of `available` who reads `tag` reads: the same language by CLDR's aliases, in the same script.

    So Dari (`prs`, `fa-AF`) is read in `fa` and Kurmanji (`kmr`) in `ku`; Sorani (`ckb`) and `ku-Arab` are not.
    """
    wanted = _language_and_script(tag)
    return next((code for code in available if _language_and_script(code) == wanted), None)


def cldr_code(tag: str) -> str:
    """The name of CLDR's locale for `tag`, whether there is one or not: `fa_AF` for `prs` and for `fa-AF`."""
    language, hyphen, rest = to_bcp47(tag).partition("-")
    return (_aliased(language) + hyphen + rest).replace("-", "_")


def direction(code: str) -> str:
    """`rtl` or `ltr`, for HTML's `dir`."""
    locale = _locale(code)
    if locale is not None:
        return locale.text_direction
    return "rtl" if script_of(code) in _RIGHT_TO_LEFT else "ltr"


def script_of(code: str) -> str:
    """The ISO 15924 code of the script that the language is mostly written in; nothing where CLDR does not know it."""
    subtags = to_bcp47(code).split("-")
    if len(subtags) > 1 and len(subtags[1]) == 4:
        return subtags[1]
    likely = str(get_global("likely_subtags").get(_aliased(subtags[0]).partition("_")[0], "")).split("_")
    return likely[1] if len(likely) > 1 else ""


def own_name(code: str) -> str:
    """The language's name in itself (`Français`), or its code where CLDR has none."""
    locale = _locale(code)
    name = locale.get_display_name() if locale else None
    return name[0].upper() + name[1:] if name else code


def _language_and_script(tag: str) -> tuple[str, str]:
    return _aliased(base_language(to_bcp47(tag))).partition("_")[0], script_of(tag)


def best_text(texts: Mapping[str, str], *languages: str) -> str:
    """The text in the first of the languages that has one, else in any; empty where there is none."""
    return next((texts[code] for code in languages if code in texts), next(iter(texts.values()), ""))


def _aliased(language: str) -> str:
    """CLDR's preferred code, which for a few is a locale (`prs` is `fa_AF`)."""
    return str(get_global("language_aliases").get(language, language))


def _two_letters(language: str) -> str:
    alias = _aliased(language)
    return language if "_" in alias else alias


def _in_usual_case(subtags: list[str]) -> Iterator[str]:
    for subtag in subtags:
        if len(subtag) == 4 and subtag.isalpha():
            yield subtag.title()
        else:
            yield subtag.upper() if len(subtag) == 2 else subtag.lower()


@cache
def _three_letters() -> dict[str, str]:
    written = frozenset(_WRITTEN.split())
    found: dict[str, str] = {}
    for code, alias in get_global("language_aliases").items():
        if len(code) == 3 and len(alias) == 2 and (alias not in found or code in written):
            found[alias] = code
    return found


def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(cldr_code(code))
    except (UnknownLocaleError, ValueError):
        return None
