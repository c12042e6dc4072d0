"""The schema: what its errors say, and that the format page names the same fields."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from content_packs.manifest.schema import PROBLEM_LIMIT, schema_problems

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "formats" / "pack.md").read_text()
SCHEMA = json.loads((ROOT / "content_packs" / "manifest" / "schema.json").read_text())


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_pages_example_keeps_the_schema() -> None:
    [example] = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)

    assert [] == schema_problems(json.loads(example))


def documented_fields(heading: str) -> set[str]:
    """The fields in the table below a heading of the page."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"there is no section {heading}"
    cells = re.findall(r"^\| ([^|]*) \|", found[1], re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def nested() -> dict[str, dict[str, Any]]:
    """The fields that are objects with fields of their own, or lists of such."""
    objects = {name: each.get("items", each) for name, each in SCHEMA["properties"].items()}
    return {name: each["properties"] for name, each in objects.items() if "properties" in each}


def test_the_page_names_the_fields_of_the_schema() -> None:
    assert SCHEMA["properties"].keys() == documented_fields("Fields")
    assert {"licence", "requirements", "provenance", "zim", "hashes", "layers"} == nested().keys()


@pytest.mark.parametrize("field", nested())
def test_the_page_names_the_fields_within_a_field(field: str) -> None:
    assert nested()[field].keys() == documented_fields(f"`{field}`")


RIGHT = {"format": 1, "id": "x", "title": {"fr": "X"}}


@pytest.mark.parametrize(
    ("wrong", "field", "what"),
    [
        ({"format": 2}, "format", "is 2, and must be 1"),
        ({"id": "A b"}, "id", "a pack id: at most 255 characters, no white space, slash or capital, no dot in front"),
        ({"id": None}, "id", "is null, and must be a pack id"),
        ({"title": {"x y": "X"}}, "title.x y", "is not named by a BCP 47 language tag such as fr or fa-AF"),
        ({"title": {"fr": 5}}, "title.fr", "is 5, and must be a text"),
        ({"title": "X"}, "title", 'is "X", and must be an object with one text a language, as in {"fr": "…"}'),
        ({"kind": "paper"}, "kind", 'is "paper", and must be one of encyclopedia, course,'),
        ({"date": "2026-02-30"}, "date", 'is "2026-02-30", and must be a day of the calendar, written YYYY-MM-DD'),
        ({"publisher": "x" * 501}, "publisher", "has 501 characters, at most 500 are allowed"),
        ({"tags": ["x"] * 501}, "tags", "has 501 values, at most 500 are allowed"),
        ({"licence": {"url": 5}}, "licence.url", "is 5, and must be a text"),
        ({"layers": [{"file": "a", "size": 1}]}, "layers[0].sha256", "is missing"),
        ({"hashes": {"sha256": "0" * 63}}, "hashes.sha256", "and must be a SHA-256 sum in 64 small hexadecimal digits"),
    ],
)
def test_a_problem_names_its_field_and_what_is_wanted(wrong: dict[str, object], field: str, what: str) -> None:
    [problem] = schema_problems(RIGHT | wrong)

    assert field == problem.field
    assert what in problem.what


def test_each_missing_field_is_named() -> None:
    assert [("format", "is missing"), ("id", "is missing"), ("title", "is missing")] == [
        (problem.field, problem.what) for problem in schema_problems({})
    ]


@pytest.mark.parametrize("document", [None, 5, [], "x"])
def test_what_is_no_object_is_one_problem(document: object) -> None:
    [problem] = schema_problems(document)

    assert "" == problem.field


def test_problems_are_bounded() -> None:
    assert PROBLEM_LIMIT == len(schema_problems(RIGHT | {"tags": [5] * 100_000}))


@pytest.mark.parametrize("module", ["ideascube.commands.serve", "content_packs.commands.list", "ideascube.web.worker"])
def test_what_starts_often_does_not_load_the_checker(module: str) -> None:
    command = f"import sys, {module}; sys.exit('jsonschema' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", command], check=False).returncode
