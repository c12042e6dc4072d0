"""The languages that a course may be made in: those of the box's pages and packs, and many that boxes often need."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from content_packs.languages import direction, is_bcp47, own_name
from ideascube.web.context import LIBRARY
from ideascube.web.i18n import LANGUAGES, interface_language, language_name

# Of packs and people in camps, beside the interface's: Kirundi, Rohingya, Sorani, Tigrinya's neighbours and others.
_OFTEN = (
    "am", "ckb", "de", "din", "el", "ff", "fa-AF", "ha", "hi", "it", "kmr", "ku", "lg", "ln", "mg", "nus", "om", "pl",
    "prs", "pt", "rhg", "rn", "ro", "ru", "rw", "sg", "so", "sr", "ta", "tr", "ur", "wo", "zh",
)  # fmt: skip


def offered(request: web.Request, present: Iterable[str] = ()) -> list[str]:
    """Those that may be chosen: what is there first, then the interface's, the library's, and others by name."""
    of_packs = (code for record in request.app[LIBRARY].shown if record.manifest for code in record.manifest.languages)
    first = dict.fromkeys((*present, interface_language(request), *LANGUAGES))
    rest = {code for code in (*of_packs, *_OFTEN) if is_bcp47(code) and code != "und"} - first.keys()
    return [*first, *sorted(rest, key=lambda code: language_name(code).casefold())]


def options(request: web.Request, present: Iterable[str] = ()) -> list[tuple[str, str, str]]:
    """The same for a list to choose from: the code, the language's name in itself, and the code once more for it."""
    return [(code, own_name(code), code) for code in offered(request, present)]


def columns(languages: Iterable[str]) -> list[tuple[str, str, str]]:
    """For a form with fields by language: the code, the name, the direction."""
    return [(code, own_name(code), direction(code)) for code in languages]
