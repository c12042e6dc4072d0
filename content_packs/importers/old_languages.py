"""The language codes of old Ideascube's catalogues and packages, which their makers wrote as they came.

What is a code of ISO 639 or BCP 47 is understood by `content_packs.languages`. Here is what is none.
"""

from __future__ import annotations

from dataclasses import dataclass

from content_packs.languages import is_bcp47, to_bcp47

# Checked against the titles of the packages that have them. `411` stands on silent films, dance lessons and poems in
# several languages alike, so that it says nothing.
_NO_CODES = {"esp": "es", "mm": "my", "multilangue": "mul", "411": ""}


@dataclass(frozen=True, slots=True)
class OldLanguages:
    """What an old code means: BCP 47 tags, and why that is doubtful, as the rest of a sentence, or empty."""

    languages: tuple[str, ...]
    doubt: str = ""


def read_languages(written: str) -> OldLanguages:
    """The languages in a field such as `fra`, `mm` or `per,eng`."""
    found: list[str] = []
    doubts: list[str] = []
    for code in filter(None, (part.strip() for part in written.split(","))):
        language, doubt = _one(code)
        found.extend([language] if language else [])
        doubts.extend([doubt] if doubt else [])
    return OldLanguages(tuple(dict.fromkeys(found)), "; ".join(doubts))


def _one(code: str) -> tuple[str, str]:
    language = _NO_CODES.get(code.lower(), to_bcp47(code))
    if language == "mul":
        return language, f"is “{code}”, which does not say which languages"
    if not is_bcp47(language):
        language = to_bcp47(code.replace("_", "-").partition("-")[0])
    if not is_bcp47(language):
        return "", f"is “{code}”, which is no language: it is left open"
    if language == to_bcp47(code):
        return language, ""
    return language, f"is “{code}”, which is no code of ISO 639 or BCP 47: taken for “{language}”"
