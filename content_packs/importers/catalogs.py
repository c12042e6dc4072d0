"""Old Ideascube's catalogues: YAML files that list packages with their addresses, versions and checksums.

Every entry is read, whatever it lacks; what is doubtful in it is told with its line. How packages are fetched is not
known here. Format: `docs/formats/importers.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from content_packs.errors import BadInput, NotAllowed
from content_packs.importers.catalog_entry import STATIC_SITE, TYPES, ZIPPED_MEDIAS, CatalogEntry
from content_packs.importers.names import slug
from content_packs.importers.old_languages import read_languages
from content_packs.importers.yaml_tree import SIZE_LIMIT, Node, read_tree
from content_packs.manifest import kind_of
from content_packs.media.described import TEXT_LIMIT, one_line
from content_packs.pack_id import is_build_id

_FIELDS = ("name", "description", "language", "version", "url", "size", "sha256sum", "type")
_KIND_OF_TYPE = {ZIPPED_MEDIAS: "collection", STATIC_SITE: "website"}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"(\d{4}-\d{2}-\d{2})(\.\d+)?")  # a day, and a number where there were several of it
_SHOWN = 60  # characters of an id in a sentence


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a catalogue that may not be as it was meant."""

    file: str
    line: int
    entry: str
    what: str

    def __str__(self) -> str:
        entry = self.entry if len(self.entry) <= _SHOWN else self.entry[:_SHOWN] + "…"
        return f"{self.file}, line {self.line}: “{entry}”: {self.what}."


@dataclass(frozen=True, slots=True)
class Catalog:
    """All entries of a catalogue in their order, and what is doubtful in them."""

    entries: tuple[CatalogEntry, ...]
    doubts: tuple[Doubt, ...]


def read_catalog(path: Path) -> Catalog:
    """The catalogue in a file. Raises BadInput where it is no catalogue at all, NotAllowed where it cannot be read."""
    try:
        with path.open("rb") as file:
            raw = file.read(SIZE_LIMIT + 1)
    except (FileNotFoundError, IsADirectoryError):
        raise BadInput(f"There is no file {path}: correct the name.") from None
    except OSError as error:
        raise NotAllowed(f"{path} cannot be read: {error.strerror}.") from error
    return parse_catalog(path.name, raw)


def parse_catalog(name: str, raw: bytes) -> Catalog:
    """The catalogue in the bytes of a file called `name`. Raises BadInput where it is no catalogue at all."""
    listed = (read_tree(name, raw).fields or {}).get("all")
    if listed is None or listed.fields is None:
        raise BadInput(f"{name} is no catalogue of Ideascube: its packages should stand below a line “all:”.")
    readers = [_EntryReader(name, entry_id, node) for entry_id, node in listed.fields.items()]
    entries = tuple(reader.read() for reader in readers)
    doubts = [doubt for reader in readers for doubt in reader.doubts]
    twice = (Doubt(name, line, entry_id, "is listed a second time, and left out") for entry_id, line in listed.repeated)
    return Catalog(entries, tuple(sorted((*doubts, *twice), key=lambda doubt: doubt.line)))


class _EntryReader:
    """Reads the fields of one entry and collects what is doubtful."""

    def __init__(self, file: str, entry_id: str, node: Node) -> None:
        self._file, self._id, self._node = file, entry_id, node
        self._fields = node.fields or {}
        self.doubts: list[Doubt] = []

    def read(self) -> CatalogEntry:
        self._look_at_form()
        pack_id, kind = self._pack_id(), self._text("type", required=True)
        if kind and kind not in TYPES:
            self._doubt("type", f"is “{kind}”, and known are {', '.join(TYPES)}")
        version = self._text("version", required=True)
        return CatalogEntry(
            id=pack_id,
            title=self._text("name", required=True) or self._id.strip() or pack_id,
            type=kind,
            url=self._url(),
            description=self._text("description"),
            languages=self._languages(),
            kind=_KIND_OF_TYPE.get(kind) or kind_of([f"_category:{re.split('[._]', pack_id)[0]}"]),
            version=version,
            date=self._date(version),
            size=self._size(),
            sha256=self._sha256(),
            aliases=() if pack_id == self._id else (self._id,),
            line=self._node.line,
            other=dict(self._other()),
        )

    def _doubt(self, name: str, what: str) -> None:
        line = self._fields[name].line if name in self._fields else self._node.line
        self.doubts.append(Doubt(self._file, line, self._id, f"“{name}” {what}"))

    def _look_at_form(self) -> None:
        if self._node.fields is None:
            self.doubts.append(Doubt(self._file, self._node.line, self._id, "has no fields"))
        for name, line in self._node.repeated:
            what = f"“{name}” is there a second time, perhaps of another package: the first is taken"
            self.doubts.append(Doubt(self._file, line, self._id, what))

    def _text(self, name: str, *, required: bool = False) -> str:
        node = self._fields.get(name)
        if node is not None and node.text is None:
            self._doubt(name, "is no text: it is left out")
        text = one_line(node.text, TEXT_LIMIT) if node is not None else ""
        if required and not text and (node is None or node.text is not None):
            self._doubt(name, "is missing")
        return text

    def _pack_id(self) -> str:
        if is_build_id(self._id):
            return self._id
        pack_id = slug(self._id)
        what = f"is no id that a pack can have: it becomes “{pack_id}”"
        self.doubts.append(Doubt(self._file, self._node.line, self._id, what))
        return pack_id

    def _languages(self) -> tuple[str, ...]:
        found = read_languages(self._text("language", required=True))
        if found.doubt:
            self._doubt("language", found.doubt)
        return found.languages

    def _url(self) -> str:
        url = self._text("url", required=True)
        try:
            parts = urlsplit(url)
            good = parts.scheme in ("http", "https") and bool(parts.netloc)
        except ValueError:
            good = False
        if url and not good:
            self._doubt("url", f"is “{url}”, which is no address to fetch from")
        return url if good else ""

    def _size(self) -> int | None:
        text = self._text("size", required=True)
        if text and not (text.isascii() and text.isdecimal() and len(text) <= 15):
            self._doubt("size", f"is “{text}”, which is no number of bytes")
            return None
        if text and self._fields["size"].quoted:
            self._doubt("size", "is written as a text: taken for a number")
        return int(text) if text else None

    def _sha256(self) -> str:
        text = self._text("sha256sum", required=True).lower()
        if text and not _SHA256.fullmatch(text):
            self._doubt("sha256sum", f"is “{text[:_SHOWN]}”, which is no SHA-256 sum")
            return ""
        return text

    def _date(self, version: str) -> str:
        found = _VERSION.fullmatch(version)
        if version and not found:
            self._doubt("version", f"is “{version}”, which is no day")
        return found[1] if found else ""

    def _other(self) -> Iterator[tuple[str, str]]:
        for name, node in self._fields.items():
            if name not in _FIELDS:
                self._doubt(name, "is no field that is known: kept as it is")
                yield name, node.text or ""
