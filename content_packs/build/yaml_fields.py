"""Small YAML files of named fields, read strictly: each error names the file, the line, the field and the cure.

Every scalar is taken as text, so that `no` is Norwegian and a date stays as it was written. Which fields a file has is
said by who reads it: see `pack_yml` and `side_yml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from content_packs.errors import BadInput
from content_packs.graphemes import grapheme_count

SIZE_LIMIT = 256 * 1024  # bytes; a description of a pack is some kilobytes


@dataclass(frozen=True, slots=True)
class _Value:
    value: Any
    line: int


class Fields:
    """The fields of one file. Take each by name and form, then call `finish`, which refuses what was not taken."""

    def __init__(self, name: str, text: str, first_line: int = 1) -> None:
        self.name = name
        self._values = _read_mapping(name, text, first_line)
        self._taken: set[str] = set()

    def wrong(self, field: str, what: str) -> BadInput:
        """The error to raise about `field`; `what` continues the sentence."""
        found = self._values.get(field)
        line = f", line {found.line}" if found else ""
        return BadInput(f"{self.name}{line}: “{field}” {what}")

    def _take(self, field: str, required: bool) -> Any:
        self._taken.add(field)
        found = self._values.get(field)
        if found is not None and found.value not in ("", None):
            return found.value
        if required:
            raise BadInput(f"{self.name}: “{field}” is missing: add a line “{field}: …”.")
        return None

    def text(self, field: str, *, required: bool = False, limit: int | None = None) -> str:
        """A text without surrounding white space, or an empty one; `limit` in characters as people count them."""
        value = self._take(field, required)
        return "" if value is None else self._one_text(field, value, limit)

    def _one_text(self, field: str, value: Any, limit: int | None) -> str:
        if not isinstance(value, str):
            raise self.wrong(field, "must be a text: write it on one line, in quotes where it has a colon.")
        count = grapheme_count(value.strip())
        if limit is not None and count > limit:
            raise self.wrong(field, f"has {count} characters and at most {limit} fit: shorten it.")
        return value.strip()

    def texts(
        self, field: str, languages: tuple[str, ...], *, required: bool = False, limit: int | None = None
    ) -> dict[str, str]:
        """A text, taken as the main language's, or one text a language."""
        value = self._take(field, required)
        if value is None:
            return {}
        if not isinstance(value, dict):
            return {languages[0]: self._one_text(field, value, limit)}
        for language in value:
            if language not in languages:
                raise self.wrong(field, f"has a text in “{language}”, which pack.yml does not list under languages.")
        if languages[0] not in value:
            raise self.wrong(field, f"has no text in {languages[0]}, the pack's main language: add one.")
        return {language: self._one_text(field, text, limit) for language, text in value.items()}

    def words(self, field: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(field, required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise self.wrong(field, "must be a list: write [one, two].")
        return tuple(word.strip() for word in value)

    def number(self, field: str) -> int | None:
        text = self.text(field)
        if not text:
            return None
        if not text.lstrip("-").isdecimal() or len(text) > 9:
            raise self.wrong(field, f"must be a whole number, not “{text}”.")
        return int(text)

    def finish(self) -> None:
        for field in self._values:
            if field not in self._taken:
                known = ", ".join(sorted(self._taken))
                raise self.wrong(field, f"is no field that is known here: correct or remove it. Known are {known}.")


def _read_mapping(name: str, text: str, first_line: int) -> dict[str, _Value]:
    if len(text) > SIZE_LIMIT:
        raise BadInput(f"{name} is larger than {SIZE_LIMIT // 1024} KiB: it should hold only a few fields.")
    try:
        loader = yaml.BaseLoader(text)
        node = loader.get_single_node()
        return _mapping(name, loader, node, first_line) if node is not None else {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f", line {mark.line + first_line}" if mark else ""
        raise BadInput(f"{name}{line}: this is not YAML ({error.problem}): correct the line.") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise BadInput(f"{name} is not YAML that can be read: write plain “field: value” lines.") from error


def _mapping(name: str, loader: yaml.BaseLoader, node: yaml.Node, first_line: int) -> dict[str, _Value]:
    if not isinstance(node, yaml.MappingNode):
        raise BadInput(f"{name} must hold lines of the form “field: value”.")
    values: dict[str, _Value] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + first_line
        if key in values:
            raise BadInput(f"{name}, line {line}: “{key}” is there twice: remove one.")
        values[key] = _Value(loader.construct_object(value_node, deep=True), line)
    return values
