"""Checking a manifest strictly, against the JSON Schema beside this file. Slow to load: only checks import it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

PROBLEM_LIMIT = 50
_SHOWN = 60  # characters of a value in a sentence
_TOO_MANY = {"maxLength": "characters", "maxItems": "values", "maxProperties": "values"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one field (`licence.url`, `layers[1].size`; empty: in all of it), as the end of a sentence."""

    field: str
    what: str


def schema_problems(document: object) -> list[Problem]:
    """What in a JSON document is not as the schema of manifests wants it, one problem a field, up to PROBLEM_LIMIT."""
    return list(islice(_first_of_each(document), PROBLEM_LIMIT))


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads((files("content_packs.manifest") / "schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _first_of_each(document: object) -> Iterator[Problem]:
    told: set[str] = set()
    for error in _validator().iter_errors(document):
        for problem in _problems(error):
            if problem.field not in told:
                told.add(problem.field)
                yield problem


def _problems(error: ValidationError) -> Iterator[Problem]:
    place, value = list(error.absolute_path), cast("Any", error.instance)
    if error.validator == "required":
        missing = [name for name in cast("list[str]", error.validator_value) if name not in value]
        yield from (Problem(_field([*place, name]), "is missing") for name in missing)
    elif "propertyNames" in error.absolute_schema_path:
        yield Problem(_field([*place, value]), f"is not named by {_wanted(error)}")
    else:
        yield Problem(_field(place), _sentence(error))


def _sentence(error: ValidationError) -> str:
    if error.validator in _TOO_MANY:
        number = len(cast("Any", error.instance))
        return f"has {number} {_TOO_MANY[error.validator]}, at most {error.validator_value} are allowed"
    return f"is {_short(error.instance)}, and must be {_wanted(error)}"


def _wanted(error: ValidationError) -> str:
    """What the schema says that the value should be, in words."""
    if error.validator == "enum":
        return f"one of {', '.join(cast('list[str]', error.validator_value))}"
    assert isinstance(error.schema, dict)
    return str(error.schema.get("description", f"as {error.validator} wants it"))


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _field(place: Iterable[str | int]) -> str:
    """`licence.url`, `layers[1].size`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part[:_SHOWN]}" for part in place)
    return "".join(parts).removeprefix(".")
