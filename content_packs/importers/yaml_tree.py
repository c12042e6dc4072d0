"""YAML that others wrote, read as a tree that knows the line of each value; bounded, and without what unfolds.

Anchors and aliases are refused: no catalogue or manifest needs them, and a few lines of them stand for gigabytes. All
scalars are texts; what they mean is for who reads the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from content_packs.errors import BadInput

SIZE_LIMIT = 16 * 1024 * 1024  # bytes
_DEPTH_LIMIT = 20
_NOTHING = ("null", "~")
_NODE_LIMIT = 1_000_000

# Mostly the one of C, which is twenty times as fast and steps through events without recursion.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True)
class Node:
    """A value of a YAML file: `text` of a scalar, `items` of a list, `fields` of a mapping.

    `line`, from 1, is that of a field's name, or else its own. `quoted`: a scalar that was written in quotes or as a
    block. A field that is there twice has its first value, and its name and second line are in `repeated`.
    """

    line: int
    text: str | None = None
    quoted: bool = False
    items: list[Node] | None = None
    fields: dict[str, Node] | None = None
    repeated: list[tuple[str, int]] = field(default_factory=list)


def read_tree(name: str, raw: bytes) -> Node:
    """The tree of a YAML file called `name` in errors. Raises BadInput with the line for what is not read."""
    if len(raw) > SIZE_LIMIT:
        raise BadInput(f"{name} is larger than {SIZE_LIMIT // 1024**2} MiB: split it.")
    try:
        return _Builder(name).build(yaml.parse(raw.decode("utf-8-sig"), Loader=_Loader))
    except UnicodeDecodeError:
        raise BadInput(f"{name} is not UTF-8 text: save it as UTF-8.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise BadInput(f"{name}{line}: this is not YAML ({error.problem}): correct the line.") from error
    except yaml.YAMLError as error:
        raise BadInput(f"{name} holds characters that YAML cannot have: remove them.") from error


class _Builder:
    """Puts the parser's events together, with no deeper recursion than the bound."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._count = 0

    def build(self, events: Iterator[yaml.Event]) -> Node:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                return self._node(event, events, 1)
        raise BadInput(f"{self._name} is empty: it should hold lines of the form “field: value”.")

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        line = event.start_mark.line + 1 if event.start_mark else 0
        self._refuse_what_unfolds(event, line, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(line, items=list(self._items(events, depth)))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(line, events, depth)
        assert isinstance(event, yaml.ScalarEvent)
        quoted = bool(event.style)
        return Node(line, text="" if event.value in _NOTHING and not quoted else event.value, quoted=quoted)

    def _items(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, events, depth + 1)

    def _mapping(self, line: int, events: Iterator[yaml.Event], depth: int) -> Node:
        node = Node(line, fields={})
        assert node.fields is not None
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if key.text is None:
                raise BadInput(f"{self._name}, line {key.line}: a field’s name must be a text: correct the line.")
            if key.text in node.fields:
                node.repeated.append((key.text, key.line))
            value.line = key.line
            node.fields.setdefault(key.text, value)
        return node

    def _refuse_what_unfolds(self, event: yaml.Event, line: int, depth: int) -> None:
        self._count += 1
        if isinstance(event, yaml.AliasEvent):
            raise BadInput(f"{self._name}, line {line}: “*{event.anchor}” repeats an earlier part: write it out.")
        if depth > _DEPTH_LIMIT:
            raise BadInput(f"{self._name}, line {line}: this is nested too deep: at most {_DEPTH_LIMIT} levels.")
        if self._count > _NODE_LIMIT:
            raise BadInput(f"{self._name}, line {line}: there are more than {_NODE_LIMIT} values: split the file.")
