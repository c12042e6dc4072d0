"""Pages that the builder makes, on the narrowest phone: words, names and addresses that do not fit on a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.build import build_pack
from tests.browser.conftest import NewReader
from tests.content_packs.sources import PACK_YML, write_files, write_picture
from tests.support.box import Box, running_box
from tests.support.documents import make_pdf

pytestmark = pytest.mark.browser

LONG = "كلمةطويلة" * 8
QUIZ = """\
title: {fr: Q, ar: س}
questions:
  - {question: W, choices: [right: W, wrong: X]}
  - {question: X, order: [W, X]}
"""
COURSE = "title: {fr: W, ar: W}\nmodules: [{title: W, lessons: [a.md, {file: b.pdf, title: W}, q.quiz.yml]}]\n"
PAGES = ["contents", "index", "course/course", "course/a", "course/q.quiz"]


@pytest.fixture(scope="module")
def box(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("long")
    pack = build_pack(long_words(folder / "source"), folder / "first-words.zim").pack
    with running_box(folder / "data", pack) as running:
        running.wait_for("first-words")
        yield running


def long_words(source: Path) -> Path:
    """A pack whose every title is one long word."""
    write_picture(source / "tap.png")
    make_pdf(source / "course" / "b.pdf", "words", chapter="chapter" * 20)
    page = f"# {LONG}\n\nhttps://example.org/{'path' * 30}\n\n`{'code' * 30}`\n\n|{LONG}|{LONG}|\n|-|-|\n|1|2|\n"
    return write_files(
        source,
        {
            "pack.yml": PACK_YML.replace("images/tap.png", "tap.png"),
            **{f"{name}.{code}.md": page for name in ("index", "course/a") for code in ("fr", "ar")},
            "course/course.yml": COURSE.replace("W", LONG),
            "course/q.quiz.yml": QUIZ.replace("W", LONG),
        },
    )


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_no_long_word_makes_a_page_scroll_sideways(box: Box, visit: NewReader, language: str) -> None:
    reader = visit(language, width=320, java_script_enabled=False)

    too_wide = {}
    for page in [*(f"{page}.{language}.html" for page in PAGES), "course/b.html"]:
        reader.page.goto(f"{box.content_url}/content/first-words/{page}")
        too_wide[page] = reader.look("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert {0} == set(too_wide.values()), too_wide
