"""Titles of pages: as they are compared with what a person types, and what they say of their page. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import IntEnum
from functools import lru_cache
from pathlib import PurePosixPath

from content_packs.text import fold, has_no_spaces
from content_packs.text.detection import main_script

Leads = Callable[[str, str], bool]

_CHINESE = {"Kana": "Hani", "Hang": "Hani"}  # written among Chinese signs in one language

# “3.2. Title”, “Chapter 4. Title”; a letter for a number would make one of all Kennedys.
_NUMBERING = re.compile(r"^(?:[^\W\d_]{3,12}\s+\d+|\d+(?:\.\d+)*)\.\s+(?=\S)")
_AROUND = " .,;:!?…\"'“”«»„‹›「」¿¡؟،"
_IN_BRACKETS = re.compile(r"\(([^()]+)\)$")

# What Wikipedias add in brackets to the title of a page that only lists what a name may mean, folded as titles are.
# Sources: DBpedia's extraction framework, DisambiguationExtractorConfig.scala, for the first line; for the others the
# titles of such pages there (Wikidata Q4167410 is the category of them all).
_DISAMBIGUATION = frozenset(map(fold, (
    "desambiguació", "Begriffsklärung", "αποσαφήνιση", "disambiguation", "desambiguación", "argipena",
    "disambigua", "동음이의", "ujednoznacznienie", "desambiguação", "значения", "homonymie",
    "توضيح", "ابهام‌زدایی", "ضد ابہام", "ڕوونکردنەوە", "פירושונים", "doorverwijspagina", "значення", "значэнні",
    "пояснение", "rozcestník", "anlam ayrımı", "olika betydelser", "flertydig", "andre betydninger",
    "täsmennyssivu", "egyértelműsítő lap", "dezambiguizare", "homónimos", "razločitev", "disambiguasi",
    "định hướng", "消歧义", "消歧義", "曖昧さ回避", "बहुविकल्पी", "দ্ব্যর্থতা নিরসন", "maana", "apartigilo",
)))  # fmt: skip


class Tier(IntEnum):
    """How a title fits a query, the best first. `NAME`: of a pack itself."""

    NAME, EXACT, LEADING, OTHER = range(4)


@lru_cache(maxsize=8192)
def fold_title(title: str) -> str:
    """A title folded for comparison with what a person types, who leaves out a chapter's number and a full stop."""
    folded = fold(_NUMBERING.sub("", title.strip()))
    return folded.strip(_AROUND) or folded


def fit(query: str, titles: Iterable[str], leads: Leads) -> tuple[Tier, float]:
    """How the best of a page's titles fits a folded query, and how much of a leading title the query is (0 to 1)."""
    folded = [fold_title(title) for title in titles if title]
    if query in folded:
        return Tier.EXACT, 1.0
    leading = [len(query) / len(title) for title in folded if title and leads(title, query)]
    return (Tier.LEADING, max(leading)) if leading else (Tier.OTHER, 1.0)


def begins_with_words(title: str, query: str) -> bool:
    """Whether a title begins with a query that ends where a word of the title does."""
    if not title.startswith(query):
        return False
    following = title[len(query) : len(query) + 1]
    return not following.isalnum() or has_no_spaces(query[-1:])


@lru_cache(maxsize=8192)
def goes_on_in_another_script(title: str, query: str) -> bool:
    """Whether a title begins with a folded query, a name or a foreign word there, and is written in another script."""
    folded = fold_title(title)
    if not folded.startswith(query):
        return False
    typed, rest = main_script(query), main_script(folded.removeprefix(query))
    return bool(typed and rest) and _CHINESE.get(rest, rest) != _CHINESE.get(typed, typed)


def is_disambiguation(title: str) -> bool:
    """Whether a title says that its page only lists what a name may mean."""
    if not title.endswith((")", "）")):
        return False
    found = _IN_BRACKETS.search(fold(title))
    return found is not None and found[1].strip() in _DISAMBIGUATION


def title_from_path(path: str) -> str:
    """What to call a page that has no title: its file's name, without the ending and with spaces."""
    name = PurePosixPath(path)
    stem = name.stem if name.suffix.lower() in (".html", ".htm", ".xhtml") else name.name
    return stem.replace("_", " ").replace("-", " ").strip() or path
