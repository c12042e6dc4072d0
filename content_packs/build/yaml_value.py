"""A value in a YAML file with its line, for files that nest texts, lists and languages: see `yaml_fields`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from content_packs.errors import BadInput


@dataclass(frozen=True, slots=True)
class Value:
    """What stands for `field` in the file called `name`, or a part of it. Every error names the file and the line."""

    name: str
    field: str
    node: yaml.Node
    first_line: int

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + self.first_line

    def wrong(self, what: str) -> BadInput:
        """The error to raise about this value; `what` continues the sentence."""
        return BadInput(f"{self.name}, line {self.line}: “{self.field}” {what}")

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    def text(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.wrong("must be a text here: write it in quotes where it has a colon.")
        text = str(self.node.value).strip()
        if not text:
            raise self.wrong("is empty here: write a text or remove the line.")
        return text

    def list(self) -> list[Value]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong("must be a list: begin each of its entries with “- ”.")
        return [self._part(node) for node in self.node.value]

    def by_language(self, languages: Sequence[str]) -> dict[str, Value]:
        """What stands here for each of the languages: the same for all where none is named, else exactly these."""
        if not isinstance(self.node, yaml.MappingNode):
            return dict.fromkeys(languages, self)
        found = {str(key.value): self._part(node) for key, node in self.node.value}
        if unknown := [code for code in found if code not in languages]:
            raise self.wrong(f"has a text in “{unknown[0]}”, and the title has none in it: add that, or remove this.")
        if missing := [code for code in languages if code not in found]:
            raise self.wrong(f"has no text in “{missing[0]}”, in which the title is given: add one.")
        return {code: found[code] for code in languages}

    def texts(self, languages: Sequence[str]) -> dict[str, str]:
        """A text for each of the languages."""
        return {code: value.text() for code, value in self.by_language(languages).items()}

    def texts_given(self, languages: Sequence[str]) -> dict[str, str]:
        """A text for each language that is named here; one that names none is the first language's."""
        if not isinstance(self.node, yaml.MappingNode):
            return {languages[0]: self.text()}
        found = {str(key.value): self._part(node).text() for key, node in self.node.value}
        if unknown := [code for code in found if code not in languages]:
            raise self.wrong(f"has a text in “{unknown[0]}”, which pack.yml does not list under languages.")
        return found

    def _part(self, node: yaml.Node) -> Value:
        return Value(self.name, self.field, node, self.first_line)
