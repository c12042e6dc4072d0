"""The records of a delta, and what makes one acceptable. Rules only. Format: docs/formats/delta.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from content_packs.zim.reader import is_html

PATH_LIMIT = 32_000  # bytes, of a path or a title
PATCH_LIMIT = 8 * 1024 * 1024  # bytes, of what is patched or held whole in a chunk
HASH = 16  # bytes
_POINTED_AT = 1024 * 1024  # bytes: longer content that a file below has is not copied
_HEX = frozenset("0123456789abcdef")

How = Literal["whole", "same", "patch", "pieces"]
_HOWS = ("whole", "same", "patch", "pieces")


@dataclass(frozen=True, slots=True)
class Content:
    """How the content of an entry is had; `size` and `length` (of its data in the chunk) in bytes."""

    how: How
    size: int
    hash: bytes
    of: str = ""
    length: int = 0

    def to_json(self) -> dict[str, Any]:
        document: dict[str, Any] = {"how": self.how, "size": self.size, "hash": self.hash.hex()}
        if self.of:
            document["of"] = self.of
        if self.length:
            document["length"] = self.length
        return document


@dataclass(frozen=True, slots=True)
class Removed:
    paths: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {"do": "remove", "paths": list(self.paths)}


@dataclass(frozen=True, slots=True)
class Redirect:
    path: str
    title: str
    front: bool
    target: str

    def to_json(self) -> dict[str, Any]:
        return {"do": "redirect", "path": self.path, "title": self.title, "front": self.front, "target": self.target}


@dataclass(frozen=True, slots=True)
class Made:
    """An entry, or with `is_metadata` a metadata entry whose name is `path`."""

    path: str
    title: str
    front: bool
    type: str
    content: Content
    is_metadata: bool = False

    @property
    def is_pointed_at(self) -> bool:
        """Whether a layer only says where below it the content is, and has no copy."""
        is_long = self.content.size > _POINTED_AT and not self.is_metadata
        return self.content.how == "same" and is_long and not is_html(self.type)

    def to_json(self) -> dict[str, Any]:
        do = "metadata" if self.is_metadata else "entry"
        facts = {"do": do, "path": self.path, "title": self.title, "front": self.front, "type": self.type}
        return facts | self.content.to_json()


Record = Removed | Redirect | Made


def parse_record(document: Any) -> Record:
    """Raises ValueError, TypeError or LookupError, with what is wrong, for what is no record."""
    do = document["do"]
    if do == "remove":
        return Removed(tuple(_path(path) for path in document["paths"]))
    path, title, front = _path(document["path"]), _text(document.get("title", "")), bool(document.get("front"))
    if do == "redirect":
        return Redirect(path, title, front, _path(document["target"]))
    if do not in ("entry", "metadata"):
        raise ValueError(f"“{str(do)[:20]}” is unknown")
    return Made(path, title, front, _text(document["type"]), _content(document), do == "metadata")


def _content(document: Any) -> Content:
    how, size, length = document["how"], document["size"], document.get("length", 0)
    if how not in _HOWS or type(size) is not int or type(length) is not int:
        raise ValueError("its content is of an unknown kind")
    if not 0 <= size < 2**63 or not 0 <= length <= 2 * PATCH_LIMIT:
        raise ValueError("a size is out of bounds")
    if (how in ("patch", "whole") and size > PATCH_LIMIT) or (how == "whole" and size != length):
        raise ValueError("a size is not what it can be")
    if how in ("same", "pieces") and length:
        raise ValueError("it has data where it can have none")
    return Content(
        how, size, _hash(document["hash"]), _path(document["of"]) if how in ("same", "patch") else "", length
    )


def _hash(value: Any) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * HASH or not _HEX.issuperset(value):
        raise ValueError(f"a hash is not {2 * HASH} hexadecimal digits")
    return bytes.fromhex(value)


def _path(value: Any) -> str:
    if not _text(value):
        raise ValueError("a path is empty")
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value or len(value.encode()) > PATH_LIMIT:
        raise ValueError("a text is none, too long, or holds a NUL")
    return value
