"""What shrank suspiciously waits for a person: held back at a refresh, shown, accepted or refused."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from content_packs.errors import BadInput
from content_packs.store.data_folder import DataFolder
from provisioning.catalogues import Source, offers, waiting
from provisioning.catalogues.deciding import accept, refuse
from provisioning.decisions import HeldBack, read_decisions
from tests.provisioning.catalogues.feeds import Kiwix, added, entry, refreshed, serving

FULL = {"size": 90_000_000, "articles": 5000, "date": "2026-09-01"}
SHRUNK = {"size": 80_000_000, "articles": 3, "date": "2026-10-01"}


async def shrunk(data: DataFolder, kiwix: Kiwix) -> Source:
    """A catalogue in which one of twelve packs shrank."""
    kiwix.entries = [entry("a", **FULL), *(entry(f"other{number}") for number in range(11))]
    async with serving(kiwix.answer) as address:
        source = added(data, address)
        await refreshed(source, data)
        kiwix.entries[0] = entry("a", **SHRUNK)
        await refreshed(source, data)
    return source


def date_of(data: DataFolder, pack_id: str) -> str:
    return next(offer.manifest.date for offer in offers(data) if offer.id == pack_id)


def held(data: DataFolder) -> tuple[HeldBack, ...]:
    return read_decisions(data.sync).held_back


async def again(data: DataFolder, source: Source, kiwix: Kiwix) -> None:
    """Another refresh, of a server that has moved."""
    async with serving(kiwix.answer) as address:
        await refreshed(replace(source, url=f"{address}/catalog/v2/entries"), data)


async def test_what_shrank_is_offered_as_before_and_waits(data: DataFolder) -> None:
    source = await shrunk(data, Kiwix())

    (waits,) = waiting(data.sync, source)
    assert "2026-09-01" == date_of(data, "a_maxi")
    assert ("kiwix", "a_maxi", "A", 90_000_000, 80_000_000, 5000, 3) == (
        waits.catalogue, waits.id, waits.title, waits.size_before, waits.size_now,
        waits.entries_before, waits.entries_now,
    )  # fmt: skip


async def test_it_waits_on_with_its_day_while_nobody_decides(data: DataFolder) -> None:
    kiwix = Kiwix()
    source = await shrunk(data, kiwix)
    (before,) = held(data)

    await again(data, source, kiwix)

    assert (before,) == held(data)
    assert "2026-09-01" == date_of(data, "a_maxi")


async def test_it_waits_on_where_the_list_of_decisions_was_lost(data: DataFolder) -> None:
    kiwix = Kiwix()
    source = await shrunk(data, kiwix)

    (data.sync / "decisions.json").write_bytes(b"")
    await again(data, source, kiwix)

    assert ["a_maxi"] == [each.id for each in waiting(data.sync, source)]


async def test_what_was_accepted_is_offered_and_what_comes_next_is_compared_with_it(data: DataFolder) -> None:
    kiwix = Kiwix()
    source = await shrunk(data, kiwix)

    accept(data, source, "a_maxi")

    assert "2026-10-01" == date_of(data, "a_maxi")
    assert () == held(data)
    await again(data, source, kiwix)
    assert () == held(data)


async def test_what_was_refused_stays_refused_until_something_else_comes(data: DataFolder) -> None:
    kiwix = Kiwix()
    source = await shrunk(data, kiwix)

    refuse(data, source, "a_maxi")
    await again(data, source, kiwix)

    assert ["refused"] == [each.decision for each in held(data)]
    assert () == waiting(data.sync, source)
    kiwix.entries[0] = entry("a", **{**SHRUNK, "size": 70_000_000, "date": "2026-11-01"})
    await again(data, source, kiwix)
    assert [""] == [each.decision for each in held(data)]


async def test_nothing_waits_once_the_catalogue_is_as_it_was(data: DataFolder) -> None:
    kiwix = Kiwix()
    source = await shrunk(data, kiwix)

    kiwix.entries[0] = entry("a", **{**FULL, "date": "2026-11-01"})
    await again(data, source, kiwix)

    assert () == held(data)
    assert "2026-11-01" == date_of(data, "a_maxi")


async def test_an_answer_on_the_workspace_s_page_counts(data: DataFolder) -> None:
    await shrunk(data, Kiwix())
    answer = {"catalogue": "kiwix", "id": "a_maxi", "size_now": 80_000_000, "decision": "accepted"}

    (data.sync / "answers.json").write_text(json.dumps({"format": 1, "answers": [answer | {"size_now": 1}]}))
    assert "2026-09-01" == date_of(data, "a_maxi")  # it was an answer to another version

    (data.sync / "answers.json").write_text(json.dumps({"format": 1, "answers": [answer]}))
    assert "2026-10-01" == date_of(data, "a_maxi")
    assert () == held(data)


async def test_a_list_that_lost_most_of_its_packs_waits_as_a_whole(data: DataFolder) -> None:
    kiwix = Kiwix([entry(f"p{number:02}") for number in range(20)])

    async with serving(kiwix.answer) as address:
        source = added(data, address)
        await refreshed(source, data)
        del kiwix.entries[3:]
        await refreshed(source, data)
        kept = len(list(offers(data)))
        (waits,) = waiting(data.sync, source)
        accept(data, source, "")

    assert 20 == kept
    assert ("", 20, 3) == (waits.id, waits.entries_before, waits.entries_now)
    assert 3 == len(list(offers(data)))
    assert () == held(data)


async def test_only_what_waits_can_be_decided(data: DataFolder) -> None:
    source = await shrunk(data, Kiwix())

    with pytest.raises(BadInput, match="does not wait"):
        accept(data, source, "other1_maxi")
    with pytest.raises(BadInput, match="does not wait"):
        refuse(data, source, "")
