"""Bringing a catalogue's cache up to date: reading it by its kind, taking it in, noting what waits for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from content_packs.errors import IdeascubeError
from content_packs.store.data_folder import DataFolder
from provisioning.catalogues import folder, old_yaml, opds
from provisioning.catalogues.aliases import keep_aliases
from provisioning.catalogues.cache import Cache, open_cache
from provisioning.catalogues.deciding import note_waiting, settle, waiting
from provisioning.catalogues.reading import Known, Parts
from provisioning.catalogues.sources import FOLDER, OPDS, YAML, Source
from provisioning.catalogues.taking import Taking
from provisioning.catalogues.web import Web
from provisioning.decisions import HeldBack

Reader = Callable[[Source, Web, Known], Parts]
_READERS: dict[str, Reader] = {OPDS: opds.read, YAML: old_yaml.read, FOLDER: folder.read}


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: how many packs there are, how many are new, what waits for a person, what was wrong.

    `is_whole`: whether all of the catalogue was read; where not, what it said before stays beside what came.
    """

    source: Source
    count: int
    new: int
    held: tuple[HeldBack, ...]
    problems: tuple[str, ...]
    is_whole: bool


async def refresh(
    source: Source, data: DataFolder, web: Web, told: Callable[[int], None] = lambda count: None
) -> Refreshed:
    """Read the catalogue and keep what it says; `told` gets how many packs came so far.

    Raises BadInput, NotThere, Unfinished and the like where nothing of it can be read, or the budget is spent. What
    came until then is kept, and not sent again where the server can tell that it did not change.
    """
    settle(data, source)
    with open_cache(data.sync, source) as cache:
        taking = _begun(cache, source)
        try:
            await _read(source, web, taking, told)
            taking.finish()
            _note_end(cache, taking)
        except IdeascubeError as error:
            cache.note("failed", str(error))
            raise
        finally:
            cache.commit()
            keep_aliases(data.sync, taking.aliases)
            note_waiting(data.sync, source, cache.held_ids(), taking)
        held = waiting(data.sync, source)
        return Refreshed(source, cache.count(), taking.new, held, tuple(taking.problems), taking.is_whole)


async def _read(source: Source, web: Web, taking: Taking, told: Callable[[int], None]) -> None:
    came = 0
    async for part in _READERS[source.kind](source, web, taking.cache.page):
        taking.take(part)
        came += len(part.offers)
        told(came)


def _begun(cache: Cache, source: Source) -> Taking:
    number = int(cache.fact("number") or 0) + 1
    cache.note("number", str(number))
    return Taking(cache, source.name, number, _now(), before=cache.count(), size_before=cache.size())


def _note_end(cache: Cache, taking: Taking) -> None:
    cache.note("failed", "")
    cache.note("problems", msgspec.json.encode(taking.problems).decode())
    cache.note("refreshed", taking.now)
    if taking.is_whole:
        cache.note("whole", str(taking.number))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
