"""The table of words in docs/translating.md says what the catalogues say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ideascube.web.i18n import LANGUAGES, catalogue
from tools.translations.catalogues import forms

PAGE = (Path(__file__).parents[2] / "docs" / "translating.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("| ").split("|")] for line in PAGE.splitlines() if re.match(r"\| .*`", line)
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[2]}")
def test_each_word_is_the_one_that_pages_use(row: list[str]) -> None:
    words = catalogue(row[1].strip("`"))
    assert words is not None
    shown = " ".join(form for message in words if message.id for form in forms(message)).casefold()

    assert [] == [word for word in row[2:] if word.casefold() not in shown]


def test_each_language_is_there_with_all_words() -> None:
    assert sorted([*LANGUAGES[1:], *LANGUAGES[1:]]) == sorted(row[1].strip("`") for row in ROWS)
    assert {9, 10} == {len(row) for row in ROWS}
