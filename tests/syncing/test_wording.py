"""Every code of the format's page has words of its own, and what has none is told in its English sentence."""

from __future__ import annotations

import re
from pathlib import Path

from ideascube.syncing.said import LeftOut, Notice
from ideascube.syncing.wording import said, waits, why_left_out

PAGE = Path(__file__).parents[2] / "docs/formats/sync.md"


def test_every_code_of_the_format_has_words() -> None:
    table = PAGE.read_text().partition("| code | what happened |")[2].partition("\n\n")[0]
    codes = re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)
    told = {code: said(Notice(code, "The sentence."), "en") for code in codes}

    assert len(codes) > 15
    assert ["failed"] == [code for code, words in told.items() if words.is_english]
    assert {"The sentence."} == {words.detail for code, words in told.items() if code != "failed"}


def test_every_reason_of_the_format_for_leaving_something_out_has_words_or_is_not_shown() -> None:
    table = PAGE.read_text().partition("| code of what is left out |")[2].partition("\n\n")[0]
    codes = re.findall(r"`([a-z-]+)`", "".join(line.partition(" | ")[0] for line in table.splitlines()))
    left_out = [LeftOut("x", why="Why not.", code=code) for code in codes]

    assert len(codes) > 15
    assert ["unfit"] == [out.code for out in left_out if waits(out) and why_left_out(out, "en").is_english]


def test_what_has_no_words_is_told_in_its_sentence() -> None:
    line = why_left_out(LeftOut("x", why="Why not.", code="new"), "fr")

    assert ("Why not.", True) == (line.text, line.is_english)
