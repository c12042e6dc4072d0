"""Reading old Ideascube's catalogues (content_packs.importers.catalogs) from an address or a file.

What is a ZIM in them is offered like any pack. The archives of the other types are listed as well, so that an operator
finds what there is, with the note that they have to be made packs first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from content_packs.errors import BadInput, NotAllowed
from content_packs.importers.catalog_entry import ZIM, CatalogEntry
from content_packs.importers.catalogs import Catalog, parse_catalog
from content_packs.pack_id import is_pack_id
from content_packs.store.found import stamp_of
from provisioning.catalogues.cache import PageNote
from provisioning.catalogues.naming import id_of_address, stable_id
from provisioning.catalogues.reading import ADDING, PART, PROBLEMS_LIMIT, UNCHANGED, WHOLE, Known, Part, Parts
from provisioning.catalogues.safe_addresses import believed
from provisioning.catalogues.sources import Source
from provisioning.catalogues.web import Web, read_all
from provisioning.offers import Offer

LIMIT = 2 * 1024**2  # bytes: all eight that were published have 0.7 MB together, and the tree takes 30 times as much


async def read(source: Source, web: Web, known: Known) -> Parts:
    """The catalogue in one page. Raises BadInput, NotThere, NotAllowed, Unfinished where it cannot be read."""
    note, raw = await (_of_web(source, web, known) if "://" in source.url else _of_file(source, known))
    if raw is None:
        yield Part(source.url, UNCHANGED)
        return
    catalog = parse_catalog(_name(source.url), raw)
    offers = list(offers_of(catalog, source))
    for start in range(0, len(offers), PART):
        yield Part(source.url, ADDING, tuple(offers[start : start + PART]))
    problems = (*map(str, catalog.doubts), *_without_address(catalog, source))
    yield Part(source.url, WHOLE, (), problems[:PROBLEMS_LIMIT], note)


async def _of_web(source: Source, web: Web, known: Known) -> tuple[PageNote, bytes | None]:
    async with web.ask(source.url, plain_http=source.plain_http, known=known(source.url)) as answer:
        return answer.note, None if answer.is_unchanged else await read_all(answer, LIMIT)


async def _of_file(source: Source, known: Known) -> tuple[PageNote, bytes | None]:
    path = Path(source.url)
    note = PageNote(etag=stamp_of([path]) or "")
    if note.etag and note.etag == known(source.url).etag:
        return note, None
    return note, read_small_file(path, LIMIT)


def read_small_file(path: Path, limit: int) -> bytes:
    """All of the file. Raises BadInput where there is none or it is too long, NotAllowed where it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise BadInput(f"There is no file {path}: plug in the disk, or correct the name.") from None
    except OSError as error:
        raise NotAllowed(f"{path} cannot be read: {error.strerror}.") from error
    if len(content) > limit:
        raise BadInput(
            f"{path} is larger than {limit // 1024**2} MiB, which a catalogue should not be: it is not read."
        )
    return content


def offers_of(catalog: Catalog, source: Source) -> Iterator[Offer]:
    for entry in catalog.entries:
        if address := _address(entry, source):
            yield _offer(entry, address, source.name)


def _offer(entry: CatalogEntry, address: str, catalogue: str) -> Offer:
    """A ZIM is called by its file's name, as in Kiwix's catalogue; the entry's own name stays as an alias."""
    dated = id_of_address(address) if entry.type == ZIM else ""
    pack_id = stable_id(dated) if dated and is_pack_id(stable_id(dated)) else entry.id
    names = (*entry.aliases, entry.id, dated)
    aliases = tuple(name for name in dict.fromkeys(names) if name != pack_id and is_pack_id(name))
    manifest = replace(entry.manifest(), id=pack_id, aliases=aliases)
    unfit = "" if entry.type == ZIM else _has_to_be_imported(entry)
    return Offer(catalogue, manifest, (address,), entry.size or 0, entry.size is not None, entry.sha256, unfit=unfit)


def _has_to_be_imported(entry: CatalogEntry) -> str:
    return (
        f"“{entry.title}” is no pack yet but an archive of old Ideascube ({entry.type or 'of no type'}): fetch it, "
        "make it a pack with `ideascube pack import`, and install or publish that."
    )


def _address(entry: CatalogEntry, source: Source) -> str:
    base = source.url if "://" in source.url else "https://localhost/"  # a disk's own way is safe
    return believed(entry.url, base, has_sum=bool(entry.sha256)) if entry.url else ""


def _without_address(catalog: Catalog, source: Source) -> Iterator[str]:
    for entry in catalog.entries:
        if entry.url and not _address(entry, source):
            yield f"“{entry.id[:60]}”: its address “{entry.url[:200]}” is none that may be used. It is left out."


def _name(url: str) -> str:
    return Path(urlsplit(url).path if "://" in url else url).name or url
