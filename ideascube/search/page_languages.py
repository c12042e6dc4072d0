"""In which language a page is, as far as its pack or its path says; and how much that counts for a visitor. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

OWN_LANGUAGE = 2.0
SECOND_LANGUAGE = 1.7


def base_language(tag: str) -> str:
    return tag.partition("-")[0].lower()


def language_weight(spoken: Iterable[str], visitor: Sequence[str]) -> float:
    """How much more what is in these languages counts for a visitor than what is in one that they did not name."""
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
    known = {language.lower(): language for language in languages}
    parts = PurePosixPath(path).parts
    names = [ending[1:] for ending in PurePosixPath(path).suffixes[-2:]] + list(parts[:-1][:2])
    return next((known[name.lower()] for name in names if name.lower() in known), "")
