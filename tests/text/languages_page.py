"""docs/languages.md as data, so that its tables drive the tests."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

_PAGE = Path(__file__).parents[2] / "docs" / "languages.md"


class Language(NamedTuple):
    """A row of the table of languages. `stem` is yes or no; `told_by` script, words or metadata."""

    name: str
    code: str
    script: str
    stem: str
    told_by: str
    query: str
    finds: str


def folded_letters() -> list[tuple[str, str]]:
    """Every `letter→folded` of the page."""
    return re.findall(r"`([^`→]+)→([^`]+)`", _PAGE.read_text())


def languages() -> list[Language]:
    rows = re.findall(r"^\| (.+ \| `.+) \|$", _PAGE.read_text(), re.MULTILINE)
    return [Language(*(cell.strip("` ") for cell in row.split(" | "))) for row in rows if row.count(" | ") == 6]
