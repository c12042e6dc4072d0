"""What of a catalogue waits for a person, and what follows when they have decided.

The list is `sync/decisions.json`, which the workspace's page shows and answers too (provisioning.decisions).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from content_packs.disk import refusals_told
from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from provisioning.catalogues.aliases import keep_aliases
from provisioning.catalogues.cache import Cache
from provisioning.catalogues.cache_file import open_cache
from provisioning.catalogues.sources import Source
from provisioning.catalogues.taking import WHOLE_LIST, Taking, remove_unseen
from provisioning.decisions import Decisions, HeldBack, change_decisions, read_decisions

ACCEPTED, REFUSED = "accepted", "refused"


def waiting(folder: Path, source: Source) -> tuple[HeldBack, ...]:
    """What of the catalogue waits for a person who has not said anything yet. `folder` is `sync/`."""
    held = read_decisions(folder).held_back
    return tuple(each for each in held if each.catalogue == source.name and not each.decision)


def accept(data: DataFolder, source: Source, pack_id: str) -> HeldBack:
    """Follow the catalogue: gives what was accepted. Raises BadInput where nothing of that id waits."""
    return _decide(data, source, pack_id, ACCEPTED)


def refuse(data: DataFolder, source: Source, pack_id: str) -> HeldBack:
    """Keep what was there until the catalogue says something else again. Raises BadInput where nothing waits."""
    return _decide(data, source, pack_id, REFUSED)


def settle(data: DataFolder, source: Source, cache: Cache) -> None:
    """Do what was accepted, here or on the workspace's page."""
    accepted = [each for each in _of(read_decisions(data.sync), source) if each.decision == ACCEPTED]
    if not accepted:
        return
    for each in accepted:
        _follow(data, cache, each)
    cache.commit()
    _forget(data.sync, accepted)


def forget_catalogue(data: DataFolder, name: str) -> None:
    """Of a catalogue that was removed nothing waits."""
    _change(data.sync, lambda held: held.catalogue != name)


def note_waiting(folder: Path, source: Source, taking: Taking) -> None:
    """Write down what waits after a refresh: of what waited before, what still does keeps its day and decision."""
    now_held = taking.all_held()

    def change(decisions: Decisions) -> Decisions:
        before = {each.id: each for each in _of(decisions, source)}
        kept = [before[WHOLE_LIST]] if WHOLE_LIST in before and not taking.is_whole else []
        others = (each for each in decisions.held_back if each.catalogue != source.name)
        now = (_carried(before.get(each.id), each) for each in now_held)
        return msgspec.structs.replace(decisions, held_back=(*others, *kept, *now))

    if now_held or _of(read_decisions(folder), source):
        change_decisions(folder, change)


def _carried(before: HeldBack | None, now: HeldBack) -> HeldBack:
    if before is None:
        return now
    is_same = (before.size_now, before.entries_now) == (now.size_now, now.entries_now)
    return msgspec.structs.replace(now, since=before.since, decision=before.decision) if is_same else now


def _decide(data: DataFolder, source: Source, pack_id: str, decision: str) -> HeldBack:
    found = next((each for each in _of(read_decisions(data.sync), source) if each.id == pack_id), None)
    if found is None:
        what = f"“{pack_id}”" if pack_id else "The list"
        raise BadInput(f"{what} of “{source.name}” does not wait for a decision: see `ideascube catalog list`.")

    def change(decisions: Decisions) -> Decisions:
        held = (
            msgspec.structs.replace(each, decision=decision) if _is_same(each, found) else each
            for each in decisions.held_back
        )
        return msgspec.structs.replace(decisions, held_back=tuple(held))

    with refusals_told(data.sync):
        change_decisions(data.sync, change)
    with open_cache(data.sync, source) as cache:
        settle(data, source, cache)
    return found


def _follow(data: DataFolder, cache: Cache, held: HeldBack) -> None:
    if held.id == WHOLE_LIST:
        keep_aliases(data.sync, remove_unseen(cache, int(cache.fact("whole") or 0)), is_signed=False)
        return
    offer = cache.held(held.id)
    if offer is not None and offer.size == held.size_now:  # the answer was to this version
        cache.take_held(held.id)


def _forget(folder: Path, done: list[HeldBack]) -> None:
    _change(folder, lambda held: not any(_is_same(held, each) for each in done))


def _change(folder: Path, stays: Callable[[HeldBack], bool]) -> None:
    def change(decisions: Decisions) -> Decisions:
        kept = tuple(each for each in decisions.held_back if stays(each))
        return msgspec.structs.replace(decisions, held_back=kept)

    with refusals_told(folder):
        change_decisions(folder, change)


def _of(decisions: Decisions, source: Source) -> list[HeldBack]:
    return [each for each in decisions.held_back if each.catalogue == source.name]


def _is_same(one: HeldBack, other: HeldBack) -> bool:
    return (one.catalogue, one.id, one.size_now) == (other.catalogue, other.id, other.size_now)
