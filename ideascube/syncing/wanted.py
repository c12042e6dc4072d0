"""What the operator wants this box to hold, for a page: the entries of `box.yml`, read and never judged.

Whether the file is right is said by `ideascube sync`, which obeys it; what is not understood here is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from content_packs.store.library import Library, PackRecord

_LIMIT = 256 * 1024  # bytes
_ENTRIES = 500
_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One entry. `name`: an id or a pattern, empty for any. `title`: of the pack of that id, if it is here."""

    name: str
    title: str = ""
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    is_absent: bool = False
    is_pattern: bool = True
    is_here: bool = False


def read_wanted(path: Path, library: Library) -> list[Wanted]:
    """The entries in their order; none where there is no file, or no YAML in it. Slow."""
    try:
        with path.open("rb") as file:
            document = yaml.safe_load(file.read(_LIMIT))
    except (OSError, yaml.YAMLError, UnicodeDecodeError, RecursionError):
        return []
    entries = document.get("packs") if isinstance(document, dict) else None
    return list(_wanted(entries[:_ENTRIES], library)) if isinstance(entries, list) else []


def _wanted(entries: Iterable[Any], library: Library) -> Iterator[Wanted]:
    for entry in entries:
        fields = entry if isinstance(entry, dict) else {"id": entry}
        name = _text(fields.get("id"))
        languages, kinds = _texts(fields.get("language")), _texts(fields.get("kind"))
        if name or languages or kinds:
            pack = library.resolve(name) if name else None
            is_pattern = not name or bool(_WILD & set(name))
            absent = fields.get("absent") is True
            yield Wanted(name, _title(pack), languages, kinds, absent, is_pattern, pack is not None)


def _title(pack: PackRecord | None) -> str:
    return pack.manifest.title if pack is not None and pack.manifest is not None else ""


def _text(value: object) -> str:
    return value.strip()[:255] if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else str(value or "").split(",")
    return tuple(text for each in values[:50] if (text := _text(each)))
