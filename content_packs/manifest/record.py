"""An object of a manifest: a value with known fields that keeps the unknown ones, and its JSON form.

Each known field says beside its type under which name it stands in JSON and how it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any, TypeVar

from content_packs.manifest.values import Reader, survives

Made = TypeVar("Made", bound="Record")
_MORE = "more"
_EMPTY: tuple[object, ...] = ("", 0, None, [], {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`more`: the fields that this version does not know, by their names, as they came."""

    more: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As JSON has it; what may be empty and is so is left out."""
        pairs = ((each, _plain(getattr(self, each.name))) for each in fields(self) if each.name != _MORE)
        return {**self.more, **{_name(each): value for each, value in pairs if _is_needed(each) or value not in _EMPTY}}


def known(read: Reader[Any], *, name: str = "", default: Any = MISSING) -> Any:
    """A field of a record: how its value is read, its name in JSON (if it is another one), and what it is if empty."""
    metadata = {"read": read, "name": name}
    if default is MISSING:
        return field(metadata=metadata)
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


def read_record(kind: type[Made], document: object, base: Made | None = None) -> Made | None:
    """The record in a JSON object. What it lacks or has wrong is as in `base`, else empty.

    None where it is no object, or lacks what such a record cannot be without.
    """
    if not isinstance(document, Mapping):
        return None
    found = _read_known(kind, document)
    found[_MORE] = _read_more(kind, document)
    if base is not None:
        return replace(base, **found)
    needed = {each.name for each in fields(kind) if _is_needed(each)}
    return kind(**found) if needed <= found.keys() else None


def reader_of(kind: type[Made]) -> Reader[Made]:
    """How a field is read that is itself such an object."""
    return lambda document: read_record(kind, document)


def _read_known(kind: type[Record], document: Mapping[str, Any]) -> dict[str, Any]:
    pairs = ((each.name, _read(each, document)) for each in fields(kind) if each.name != _MORE)
    return {name: value for name, value in pairs if value is not None}


def _read(each: Any, document: Mapping[str, Any]) -> Any:
    name = _name(each)
    return each.metadata["read"](document[name]) if name in document else None


def _read_more(kind: type[Record], document: Mapping[str, Any]) -> dict[str, Any]:
    names = {_name(each) for each in fields(kind) if each.name != _MORE}
    return {name: value for name, value in document.items() if name not in names and survives({name: value})}


def _is_needed(each: Any) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _name(each: Any) -> str:
    return str(each.metadata["name"] or each.name)


def _plain(value: object) -> Any:
    if isinstance(value, Record):
        return value.to_json()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value
