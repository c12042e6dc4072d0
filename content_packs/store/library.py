"""What the store holds, as one value that processes share: `Library`, kept as JSON in `cache/library.json`.

One process reads the packs and writes the file, the others read it: opening a pack may be slow, reading this never is.
Format: docs/formats/library.md
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content_packs.manifest import Manifest
from content_packs.store.durable import write_atomically
from content_packs.store.origin import Origin, origin_from

FORMAT = 5

# To whom a pack, or a page of it, is shown. A box's mediators decide it; a store by itself shows all to everyone.
EVERYONE, MEDIATORS, NOBODY = "everyone", "mediators", "nobody"


@dataclass(frozen=True, slots=True)
class PackRecord:
    """One pack of the store: either `manifest` (whose id it has) or `problem` (why it can't be shown) is set.

    `files` are paths below `packs/`, the first part first, `layers` what lies on them, the lowest first; `size` in
    bytes, all together; `stamp` changes when any of them does. `version` and `previous` say what is shown and what
    there is to go back to, as the packs call it; `aliases` are other names of the pack; `courses` are the ids of those
    that it holds. `warning`: a sentence about a pack that is shown although something is wrong. `shown_to`: whom the
    pack is for, and `hidden_pages` the paths in it that are not for everyone, each with whom it is for. `origin`: where
    what is shown came from, None where nobody said it; `sha256` of its one whole file, where that was announced.
    """

    id: str
    files: tuple[str, ...]
    size: int
    stamp: str
    manifest: Manifest | None = None
    problem: str | None = None
    has_fulltext_index: bool = False
    has_title_index: bool = False
    illustrations: tuple[int, ...] = ()
    courses: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    version: str = ""
    previous: str | None = None
    aliases: tuple[str, ...] = ()
    warning: str | None = None
    shown_to: str = EVERYONE
    hidden_pages: tuple[tuple[str, str], ...] = ()
    origin: Origin | None = None
    sha256: str = ""

    def to_json(self) -> dict[str, Any]:
        document: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        document["manifest"] = self.manifest and self.manifest.to_json()
        document["origin"] = self.origin and self.origin.to_json()
        return document

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> PackRecord:
        known = {name: document[name] for name in cls.__slots__ if name in document}
        for name in ("files", "illustrations", "courses", "layers", "aliases"):
            known[name] = tuple(known[name])
        known["hidden_pages"] = tuple((path, shown_to) for path, shown_to in document.get("hidden_pages", ()))
        known["origin"] = origin_from(document.get("origin"))
        if known.get("manifest"):
            known["manifest"] = Manifest.from_json(known["manifest"])
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Library:
    """All packs of a store, in the order of their ids, and what is wrong with the store itself (sentences)."""

    packs: tuple[PackRecord, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def shown(self) -> list[PackRecord]:
        return [pack for pack in self.packs if pack.manifest is not None]

    @property
    def public(self) -> list[PackRecord]:
        """Of these the packs that everyone may see."""
        return [pack for pack in self.shown if pack.shown_to == EVERYONE]

    @property
    def broken(self) -> list[PackRecord]:
        return [pack for pack in self.packs if pack.problem is not None]

    def get(self, pack_id: str) -> PackRecord | None:
        return next((pack for pack in self.packs if pack.id == pack_id), None)

    def resolve(self, name: str) -> PackRecord | None:
        """The pack of this id, else the first one that has it as an alias."""
        by_alias = (pack for pack in self.packs if name in pack.aliases)
        return self.get(name) or next(by_alias, None)

    def by_stamp(self) -> dict[tuple[tuple[str, ...], str], PackRecord]:
        """The packs that need not be opened again; broken ones do, since their cure may lie in another file."""
        return {(pack.files + pack.layers, pack.stamp): pack for pack in self.shown}


def load_library(path: Path) -> Library:
    """The library last written at `path`; empty where there is none, or it is damaged or of another version."""
    try:
        document = json.loads(path.read_bytes())
        if document["format"] != FORMAT or document["digest"] != _digest(document["packs"], document["problems"]):
            return Library()
        records = tuple(PackRecord.from_json(record) for record in document["packs"])
        return Library(records, tuple(document["problems"]))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Library()


def save_library(library: Library, path: Path) -> None:
    """Write the library so that a reader sees the old one or the new one, never half of either."""
    packs, problems = [pack.to_json() for pack in library.packs], list(library.problems)
    document = {"format": FORMAT, "digest": _digest(packs, problems), "packs": packs, "problems": problems}
    write_atomically(path, json.dumps(document).encode())


def _digest(packs: object, problems: object) -> str:
    """Tells what this program wrote from what a bad disk or a person made of it."""
    return hashlib.sha256(json.dumps([packs, problems], sort_keys=True).encode()).hexdigest()


def order(records: Iterable[PackRecord]) -> tuple[PackRecord, ...]:
    """By id; of several with one id the one that is shown comes first."""
    return tuple(sorted(records, key=lambda record: (record.id, record.problem is not None, record.files)))
