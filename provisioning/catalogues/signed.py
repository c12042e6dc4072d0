"""Reading a signed catalogue: what `trust` verified, as offers.

Warnings of an expired catalogue or a wrong clock stand among the problems; what is not the organisation's is refused,
and recorded, in `trust`. Creations, withdrawn packs and boxes in it are for who takes those in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from content_packs.store.data_folder import DataFolder
from provisioning import trust
from provisioning.catalogues.cache import PageNote
from provisioning.catalogues.reading import ADDING, PART, UNCHANGED, WHOLE, Known, Part, Parts
from provisioning.catalogues.sources import Source
from provisioning.catalogues.web import Web
from provisioning.storage import Storage, open_storage


def storage_of(source: Source, data: DataFolder, web: Web) -> Storage:
    """Where the catalogue lies. With a wrong clock certificates' dates say nothing, and it is signed anyway."""
    clock = trust.seen_clock(data, trust.Clock.now())
    return open_storage(source.url, data.keys, web.on_bytes, check_time=not clock.is_behind)


async def begin(source: Source, data: DataFolder, web: Web) -> None:
    """Trust the root of this fingerprint from now on. Raises as `trust.begin`."""
    async with storage_of(source, data, web) as storage:
        await trust.begin(source.name, storage, trust.trust_folder(data, source.name), source.root)


async def read(source: Source, data: DataFolder, web: Web, known: Known, verified: bytes | None = None) -> Parts:
    """The catalogue in one page; `verified`: its bytes, where `trust` gave them already. Raises as `trust.refresh`."""
    async with storage_of(source, data, web) as storage:
        warnings: tuple[str, ...] = ()
        if verified is None:
            found = await trust.refresh_noted(source.name, storage, data, trust.seen_clock(data, trust.Clock.now()))
            verified, warnings = found.content, tuple(notice.sentence for notice in found.warnings)
        for part in _parts(source, verified, storage.address, known, warnings):
            yield part


def _parts(
    source: Source, content: bytes, address: Callable[[str], str], known: Known, warnings: tuple[str, ...]
) -> Iterator[Part]:
    note = PageNote(etag=hashlib.sha256(content).hexdigest())
    if note.etag == known(source.url).etag:
        yield Part(source.url, UNCHANGED, problems=warnings)
        return
    catalogue, lost = trust.Catalogue.from_bytes(content)
    offers = trust.offers(source.name, catalogue, address)
    for start in range(0, len(offers), PART):
        yield Part(source.url, ADDING, offers[start : start + PART])
    problems = (*warnings, *([_lost(source, lost)] if lost else []))
    yield Part(source.url, WHOLE, (), problems, note, dict(catalogue.aliases))


def _lost(source: Source, count: int) -> str:
    return f"{count} entries of “{source.name}” were written by a later Ideascube and are passed over: update this one."
