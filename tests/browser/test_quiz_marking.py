"""The script of a quiz's page marks as Python does, also in a browser that knows no normal forms of letters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from content_packs.courses.keys import key_of
from content_packs.courses.model import ChoiceQuestion
from content_packs.courses.script import quiz_script
from tests.browser.conftest import NewReader
from tests.courses.cases import CASES, LANGUAGE, Case

pytestmark = pytest.mark.browser

OLD_BROWSER = "delete String.prototype.normalize;"


@pytest.mark.parametrize("before", ["", OLD_BROWSER], ids=["new", "old"])
def test_the_script_marks_as_python_does(visit: NewReader, tmp_path: Path, before: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<meta charset=utf-8><script>{before}{quiz_script()}</script>", encoding="utf-8")
    reader = visit()
    reader.page.goto(page.as_uri())
    cases = [case for case in CASES if case.without_normalize or not before]

    marks = reader.look(f"{json.dumps([arguments(case) for case in cases])}.map(each => ideascubeQuiz.mark(...each))")

    names = [case.name for case in cases]
    assert [(case.name, list(case.parts)) for case in cases] == list(zip(names, marks, strict=True))
    assert [] == reader.complaints


def arguments(case: Case) -> tuple[object, ...]:
    question = case.question
    ids = [choice.id for choice in question.choices] if isinstance(question, ChoiceQuestion) else []
    return key_of(question, LANGUAGE), case.answer, ids
