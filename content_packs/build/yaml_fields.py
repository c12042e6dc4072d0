"""Small YAML files of named fields, read strictly: each error names the file, the line, the field and the cure.

Every scalar is taken as text, so that `no` is Norwegian and a date stays as it was written. Which fields a file has is
said by who reads it: see `pack_yml` and `side_yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from content_packs.build.yaml_value import Value
from content_packs.errors import BadInput
from content_packs.graphemes import grapheme_count

SIZE_LIMIT = 256 * 1024  # bytes; a description of a pack is some kilobytes

_NUMBER = re.compile(r"-?\d{1,8}")
# What YAML's escapes can write and no text holds: control characters, halves of UTF-16 pairs.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Value:
    node: yaml.Node
    line: int


class Fields:
    """The fields of one file, or of one mapping in it. Take each by name and form, then call `finish`.

    `source` is the file's text, or a mapping of a file that is read already, which begins on the line `begins`.
    """

    def __init__(self, name: str, source: str | yaml.MappingNode, first_line: int = 1) -> None:
        self.name = name
        self._first_line = first_line
        node = _mapping_node(name, source, first_line) if isinstance(source, str) else source
        self.begins = None if isinstance(source, str) else source.start_mark.line + first_line
        self._values = _mapping(name, node, first_line)
        self._taken: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        """The names of all fields, in the file's order."""
        return iter(self._values)

    def line(self, field: str) -> int | None:
        """The line of the file on which the field begins."""
        return self._values[field].line if field in self._values else None

    def wrong(self, field: str, what: str) -> BadInput:
        """The error to raise about `field`; `what` continues the sentence."""
        line = f", line {self.line(field)}" if field in self._values else ""
        return BadInput(f"{self.name}{line}: “{field}” {what}")

    def _take(self, field: str, required: bool) -> Any:
        node = self._take_node(field, required)
        return None if node is None else _plain(node)

    def _take_node(self, field: str, required: bool) -> yaml.Node | None:
        self._taken.add(field)
        found = self._values.get(field)
        if found is not None and not _is_blank(found.node):
            return found.node
        if required:
            where = f", in what begins on line {self.begins}" if self.begins else ""
            raise BadInput(f"{self.name}{where}: “{field}” is missing: add a line “{field}: …”.")
        return None

    def value(self, field: str, *, required: bool = False) -> Value | None:
        """Whatever stands there, for forms that nest."""
        node = self._take_node(field, required)
        return None if node is None else Value(self.name, field, node, self._first_line)

    def mapping(self, field: str, *, required: bool = False) -> Fields | None:
        """The fields of a mapping, to be taken and finished in turn."""
        node = self._take_node(field, required)
        return None if node is None else self._nested(field, node)

    def mappings(self, field: str, *, required: bool = False, short: str = "") -> list[Fields]:
        """The fields of each mapping of a list. An entry that is only a text gives the field `short`."""
        node = self._take_node(field, required)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.wrong(field, "must be a list: begin each of its entries with “- ”.")
        return [self._nested(field, _written_out(each, short)) for each in node.value]

    def _nested(self, field: str, node: yaml.Node) -> Fields:
        if not isinstance(node, yaml.MappingNode):
            line = node.start_mark.line + self._first_line
            raise BadInput(f"{self.name}, line {line}: “{field}” must hold lines of the form “field: value”.")
        return Fields(self.name, node, self._first_line)

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
        texts = {language: self._one_text(field, text, limit) for language, text in value.items()}
        if not texts.get(languages[0]):
            raise self.wrong(field, f"has no text in {languages[0]}, the pack's main language: add one.")
        return {language: text for language, text in texts.items() if text}

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
        if not _NUMBER.fullmatch(text):
            raise self.wrong(field, f"must be a whole number, not “{text}”.")
        return int(text)

    def finish(self) -> None:
        for field in self._values:
            if field not in self._taken:
                known = ", ".join(sorted(self._taken))
                raise self.wrong(field, f"is no field that is known here: correct or remove it. Known are {known}.")


class _PlainLoader(yaml.BaseLoader):
    """YAML without aliases: nobody needs them in a few fields, and with them a small file can mean a huge one.

    Nor does it take signs that no text holds.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            problem = f"*{event.anchor} stands for something written elsewhere, write it out here"
            raise yaml.composer.ComposerError(None, None, problem, event.start_mark)
        return super().compose_node(parent, index)

    def compose_scalar_node(self, anchor: Any) -> yaml.ScalarNode:
        node: yaml.ScalarNode = super().compose_scalar_node(anchor)
        if _UNWRITABLE.search(node.value):
            problem = "a text holds a sign that cannot be shown, remove it"
            raise yaml.composer.ComposerError(None, None, problem, node.start_mark)
        return node


def _mapping_node(name: str, text: str, first_line: int) -> yaml.MappingNode:
    if len(text) > SIZE_LIMIT:
        raise BadInput(f"{name} is larger than {SIZE_LIMIT // 1024} KiB: it should hold only a few fields.")
    try:
        node = _PlainLoader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f", line {mark.line + first_line}" if mark else ""
        raise BadInput(f"{name}{line}: this is not YAML ({error.problem}): {_cure(error)}.") from error
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:  # of numbers that no sign has
        raise BadInput(f"{name} is not YAML that can be read: write plain “field: value” lines.") from error
    if node is None:
        return yaml.MappingNode("", [])
    if not isinstance(node, yaml.MappingNode):
        raise BadInput(f"{name} must hold lines of the form “field: value”.")
    return node


def _cure(error: yaml.MarkedYAMLError) -> str:
    """What to do about the two traps that people fall into who write sentences."""
    if "'?'" in str(error.problem):
        return "in braces, write a text that holds a question mark in quotes"
    if "mapping values are not allowed" in str(error.problem):
        return "write a text that holds a colon in quotes"
    return "correct the line"


def _mapping(name: str, node: yaml.MappingNode, first_line: int) -> dict[str, _Value]:
    values: dict[str, _Value] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + first_line
        if key in values:
            raise BadInput(f"{name}, line {line}: “{key}” is there twice: remove one.")
        values[key] = _Value(value_node, line)
    return values


def _written_out(node: yaml.Node, short: str) -> yaml.Node:
    if not short or not isinstance(node, yaml.ScalarNode):
        return node
    return yaml.MappingNode("", [(yaml.ScalarNode("", short, node.start_mark), node)], node.start_mark)


def _is_blank(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value.strip()


def _plain(node: yaml.Node) -> Any:
    """Texts, lists and dictionaries."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    return node.value
