"""The record of an installed pack: its versions, and how they follow one another. No reading or writing here.

Format: docs/formats/store.md
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from content_packs.store.origin import Origin, origin_from

FORMAT = 1

_PATH = re.compile(r"[1-9][0-9]{0,8}/[^/\0]+")  # a file in the folder of a version, nowhere else
_HIGHEST = 10**9  # number of a version: what its folder's name can hold
_ALIASES = 200  # kept of one pack, the newest


class NotARecordError(ValueError):
    """A document that is no record of a pack: the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`path` below the pack's folder, `size` in bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a pack; docs/formats/store.md explains the fields. `unknown`: those of other programs."""

    number: int
    files: tuple[StoredFile, ...]
    layers: tuple[StoredFile, ...] = ()
    version: str = ""
    date: str = ""
    name: str = ""
    flavour: str = ""
    uuid: str = ""
    sha256: str = ""
    origin: Origin | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def all_files(self) -> tuple[StoredFile, ...]:
        return (*self.files, *self.layers)

    @property
    def size(self) -> int:
        """Bytes, of all files together."""
        return sum(file.size for file in self.all_files)

    @property
    def paths(self) -> frozenset[str]:
        return frozenset(file.path for file in self.all_files)

    @property
    def called(self) -> str:
        """What people call it: as the pack does, else by its number."""
        return self.version or f"number {self.number}"

    def is_like(self, other: Version) -> bool:
        """Whether to go back from one to the other changes nothing: the same content, whole or in layers."""
        return (self.uuid, bool(self.layers)) == (other.uuid, bool(other.layers))

    def to_json(self) -> dict[str, Any]:
        document = {name: getattr(self, name) for name in _TEXTS}
        for name in ("files", "layers"):
            document[name] = [{"path": file.path, "size": file.size} for file in getattr(self, name)]
        return {**self.unknown, "number": self.number, **document, "origin": self.origin and self.origin.to_json()}

    @classmethod
    def from_json(cls, document: object) -> Version:
        """Raises NotARecordError."""
        known = _object(document, "a version")
        number = known.get("number")
        if not isinstance(number, int) or not 0 < number < _HIGHEST:
            raise NotARecordError("a version has no number")
        files, layers = _files(known.get("files")), _files(known.get("layers", []))
        if not files:
            raise NotARecordError(f"version {number} names no file")
        texts = {name: _text(known.get(name, ""), name) for name in _TEXTS}
        origin = origin_from(known.get("origin"))
        return cls(number, files, layers, **texts, origin=origin, unknown=_others(cls, known))


_TEXTS = ("version", "date", "name", "flavour", "uuid", "sha256")


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """What `pack.json` says."""

    id: str
    current: Version
    previous: Version | None = None
    aliases: tuple[str, ...] = ()
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def paths(self) -> frozenset[str]:
        """Every file that the record names; whatever else is in the pack's folder was left by a crash."""
        return self.current.paths | (self.previous.paths if self.previous else frozenset())

    @property
    def size(self) -> int:
        """Bytes of all that is kept."""
        versions = [version for version in (self.current, self.previous) if version]
        return sum({file.path: file.size for version in versions for file in version.all_files}.values())

    @property
    def names(self) -> tuple[str, ...]:
        return (self.id, *self.aliases)

    def upgraded(self, new: Version, names: Iterable[str], *, served: bool) -> InstalledPack:
        """With `new` as current version, `names` as further aliases.

        The version until now is kept for rollback; where it has not `served` yet, rather the one before it, which has.
        """
        choice = [self.current] if served or self.previous is None else [self.previous, self.current]
        kept = next((version for version in choice if not version.is_like(new)), None)
        return replace(self.called(names), current=new, previous=kept)

    def called(self, names: Iterable[str]) -> InstalledPack:
        """With further aliases."""
        others = [name for name in dict.fromkeys((*self.aliases, *names)) if name != self.id]
        return replace(self, aliases=tuple(others[-_ALIASES:]))

    def rolled_back(self) -> InstalledPack:
        """With both versions exchanged."""
        assert self.previous is not None
        return replace(self, current=self.previous, previous=self.current)

    def without_previous(self) -> InstalledPack:
        return replace(self, previous=None)

    def to_json(self) -> dict[str, Any]:
        return {
            **self.unknown,
            "format": FORMAT,
            "id": self.id,
            "aliases": list(self.aliases),
            "current": self.current.to_json(),
            "previous": self.previous and self.previous.to_json(),
        }

    @classmethod
    def from_json(cls, document: object) -> InstalledPack:
        """Raises NotARecordError."""
        known = _object(document, "the record")
        if known.get("format") != FORMAT:
            raise NotARecordError(f"its format is {str(known.get('format'))[:20]}, and this program knows {FORMAT}")
        pack_id = _text(known.get("id"), "id")
        if not pack_id:
            raise NotARecordError("it has no id")
        aliases = known.get("aliases", [])
        if not isinstance(aliases, list):
            raise NotARecordError("“aliases” is no list")
        previous = known.get("previous")
        return cls(
            id=pack_id,
            current=Version.from_json(known.get("current")),
            previous=None if previous is None else Version.from_json(previous),
            aliases=tuple(_text(alias, "aliases") for alias in aliases),
            unknown={name: value for name, value in _others(cls, known).items() if name != "format"},
        )


def _object(document: object, what: str) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise NotARecordError(f"{what} is no object")
    return document


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise NotARecordError(f"“{name}” is no text")
    return value


def _files(value: object) -> tuple[StoredFile, ...]:
    if not isinstance(value, list):
        raise NotARecordError("its files are no list")
    return tuple(_file(_object(each, "a file")) for each in value)


def _file(document: dict[str, Any]) -> StoredFile:
    path, size = document.get("path"), document.get("size")
    if not isinstance(path, str) or not _PATH.fullmatch(path) or path.endswith(("/.", "/..")):
        raise NotARecordError("a file has a path that leads elsewhere, or none")
    if not isinstance(size, int) or size < 0:
        raise NotARecordError(f"{path} has no size")
    return StoredFile(path, size)


def _others(cls: type, document: Mapping[str, Any]) -> dict[str, Any]:
    ours = {each.name for each in fields(cls)} - {"unknown"}
    return {name: value for name, value in document.items() if name not in ours}
