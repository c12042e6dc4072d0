"""Bringing a catalogue's cache up to date: reading it by its kind, taking it in, noting what waits for a person."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module

import msgspec

from content_packs.errors import BadInput, IdeascubeError
from content_packs.file_lock import file_lock
from content_packs.store.data_folder import DataFolder
from provisioning.catalogues.aliases import keep_aliases
from provisioning.catalogues.cache import Cache
from provisioning.catalogues.cache_file import cache_path, open_cache
from provisioning.catalogues.deciding import note_waiting, settle, waiting
from provisioning.catalogues.reading import Known, Parts
from provisioning.catalogues.sources import FOLDER, OPDS, YAML, Source
from provisioning.catalogues.taking import Taking
from provisioning.catalogues.web import Web
from provisioning.decisions import HeldBack
from provisioning.trust.clock import written

_READERS = {OPDS: "opds", YAML: "old_yaml", FOLDER: "folder"}


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
    source: Source,
    data: DataFolder,
    web: Web,
    told: Callable[[int], None] = lambda count: None,
    *,
    verified: bytes | None = None,
) -> Refreshed:
    """Read the catalogue and keep what it says; `told` gets how many packs came so far.

    `verified`: the bytes of a signed one, where `trust.refresh` gave them a moment ago: nothing is asked then.

    Raises Busy where another process does so just now; BadInput, NotThere, Unfinished and the like where nothing of it
    can be read, or the budget is spent. What came until then is kept, and not sent again where the server can tell that
    it did not change.
    """
    with _alone(data, source), open_cache(data.sync, source) as cache:
        settle(data, source, cache)
        taking = _begun(cache, source)
        try:
            await _read(_parts(source, data, web, taking.cache.page, verified), taking, told)
            taking.finish()
            _note_end(cache, taking)
        except IdeascubeError as error:
            cache.note("failed", str(error))
            raise
        finally:
            cache.commit()
            keep_aliases(data.sync, taking.aliases, is_signed=source.is_signed)
            note_waiting(data.sync, source, taking)
        held = waiting(data.sync, source)
        return Refreshed(source, cache.count(), taking.new, held, tuple(taking.problems), taking.is_whole)


def _alone(data: DataFolder, source: Source) -> AbstractContextManager[None]:
    """One refresh of a catalogue at a time."""
    busy = f"Another command reads the catalogue “{source.name}” just now: try again when it is done."
    return file_lock(cache_path(data.sync, source.name).with_suffix(".lock"), busy)


def _parts(source: Source, data: DataFolder, web: Web, known: Known, verified: bytes | None) -> Parts:
    """By the module for its kind, loaded when it is needed: the one for old YAML alone takes 25 MB."""
    if source.is_signed:
        from provisioning.catalogues import signed

        return signed.read(source, data, web, known, verified)
    if source.kind not in _READERS:
        raise BadInput(
            f"The catalogue “{source.name}” is of a kind that is not known ({source.kind}): update Ideascube."
        )
    parts: Parts = import_module(f"provisioning.catalogues.{_READERS[source.kind]}").read(source, web, known)
    return parts


async def _read(parts: Parts, taking: Taking, told: Callable[[int], None]) -> None:
    came = 0
    async for part in parts:
        taking.take(part)
        came += len(part.offers)
        told(came)


def _begun(cache: Cache, source: Source) -> Taking:
    number = int(cache.fact("number") or 0) + 1
    cache.note("number", str(number))
    cache.commit()  # nobody waits for this one while the line is slow
    now = written(datetime.now(UTC))
    return Taking(cache, source.name, number, now, cache.count(), cache.size(), is_signed=source.is_signed)


def _note_end(cache: Cache, taking: Taking) -> None:
    cache.note("failed", "")
    cache.note("problems", msgspec.json.encode(taking.problems).decode())
    cache.note("refreshed", taking.now)
    if taking.is_whole:
        cache.note("whole", str(taking.number))
