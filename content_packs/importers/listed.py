"""What an old catalogue says of a package that one has, found by the name of its file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from content_packs.errors import BadInput
from content_packs.importers.catalog_entry import CatalogEntry
from content_packs.importers.catalogs import read_catalog
from content_packs.importers.facts import Facts


@dataclass(frozen=True, slots=True)
class Listed:
    """The facts, and what to tell of them."""

    facts: Facts
    notes: tuple[str, ...] = ()


def find_listed(catalog: Path, package: Path) -> Listed:
    """What `catalog` says of the file `package`. Raises BadInput where it does not list it. Slow: reads all of it."""
    found = read_catalog(catalog)
    entry = next((one for one in found.entries if _file_name(one) == package.name), None)
    if entry is None:
        raise BadInput(f"{catalog.name} lists no file called {package.name}: give the name that it has there.")
    doubts = (str(doubt) for doubt in found.doubts if doubt.entry in (entry.id, *entry.aliases))
    return Listed(entry.facts(), (*doubts, *_differences(entry, package, catalog.name)))


def _file_name(entry: CatalogEntry) -> str:
    return unquote(urlsplit(entry.url).path).rpartition("/")[2]


def _differences(entry: CatalogEntry, package: Path, catalog: str) -> Iterator[str]:
    if not package.is_file():
        return
    if entry.size is not None and entry.size != package.stat().st_size:
        yield f"{package.name} has not the size that {catalog} says: it may be another version, or cut off."
    elif entry.sha256 and entry.sha256 != _sha256(package):
        yield f"{package.name} has not the SHA-256 sum that {catalog} says: it may be damaged."


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
