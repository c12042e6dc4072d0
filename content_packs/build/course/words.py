"""The words on the pages of courses and quizzes: those of `words.yml`, and those that a course gives itself."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files as package_files

import yaml

from content_packs.courses.model import Texts
from content_packs.languages import closest

LEVELS = ("beginner", "intermediate", "advanced")
_LAST_RESORT = "en"

WORDS: Mapping[str, Texts] = yaml.safe_load(
    (package_files("content_packs.build") / "course" / "words.yml").read_text(encoding="utf-8")
)


def words_in(language: str, main: str, given: Mapping[str, Texts]) -> dict[str, str]:
    """Every word in `language`, else in the main language, else in English; `given` goes before our own."""
    return {name: _word({**texts, **given.get(name, {})}, language, main) for name, texts in WORDS.items()}


def _word(texts: Texts, language: str, main: str) -> str:
    wanted = (code for tag in (language, main) for code in (tag, closest(tag, texts)))
    return next(texts[code] for code in (*wanted, _LAST_RESORT) if code in texts)
