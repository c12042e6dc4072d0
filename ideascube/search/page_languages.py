"""In which language a page is, as far as its pack or its path says; and how much that counts for a visitor. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from content_packs.languages import base_language

OWN_LANGUAGE = 2.0
SECOND_LANGUAGE = 1.7


def language_weight(spoken: Iterable[str], visitor: Sequence[str]) -> float:
    """How much more what is in these languages counts for a visitor than what is in one that they did not name."""
    return _weight(tuple(spoken), tuple(visitor))


@lru_cache(maxsize=1024)  # asked for each hit, of a few combinations
def _weight(spoken: tuple[str, ...], visitor: tuple[str, ...]) -> float:
    bases = {base_language(language) for language in spoken}
    wanted = [base_language(language) for language in visitor]
    if wanted and wanted[0] in bases:
        return OWN_LANGUAGE
    return SECOND_LANGUAGE if bases.intersection(wanted) else 1.0


def page_language(path: str, languages: Sequence[str]) -> str:
    """The language of a page in a pack of these (BCP 47), or empty where neither tells.

    Packs name the pages of each language in one of two ways: `water.fr.html` (docs/formats/pack-source.md) and
    `fr/water.html`, as manuals have them.
    """
    if len(languages) == 1:
        return languages[0]
    known = _by_name(tuple(languages))
    *folders, name = path.lower().split("/")
    names = [*name.split(".")[-2:], *folders[:2]] if "." in name else folders[:2]
    return next((known[each] for each in names if each in known), "")


@lru_cache(maxsize=1024)
def _by_name(languages: tuple[str, ...]) -> dict[str, str]:
    return {language.lower(): language for language in languages}
