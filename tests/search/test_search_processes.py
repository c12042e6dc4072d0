"""What becomes of a search when searchers are slow, busy, stuck, killed or stopped."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ideascube.search.client import SearchAnswer, SearchClient, SearchQuery, TooBusy
from tests.search.searching import Searchers, listening

PATIENT = 30


@pytest.fixture
def searchers(tmp_path: Path) -> Iterator[Searchers]:
    with listening(tmp_path, backlog=2) as started:
        yield started


def packs_of(answer: SearchAnswer) -> list[str]:
    return [result.pack for result in answer.results]


async def ready(searchers: Searchers) -> None:
    """Until a searcher that has been started answers."""
    await searchers.client().search(SearchQuery("ready"))


async def test_all_packs_answer_in_time(searchers: Searchers) -> None:
    searchers.start("slow", PATIENT, 0, 0)

    answer = await searchers.client().search(SearchQuery("water"))

    assert (["pack0", "pack1"], False) == (packs_of(answer), answer.partial)
    assert "This page of pack0 is short." == answer.results[0].snippet[0][0]


async def test_at_the_deadline_there_is_what_came_until_then(searchers: Searchers) -> None:
    searchers.start("slow", PATIENT, 0, 0, 3)
    await ready(searchers)

    answer = await searchers.client(deadline=1).search(SearchQuery("water"))

    assert (["pack0", "pack1"], True, ("pack2",)) == (packs_of(answer), answer.partial, answer.left_out)
    assert "water in pack0" == answer.results[0].title


async def test_suggestions_come_without_the_packs_that_are_late(searchers: Searchers) -> None:
    searchers.start("slow", PATIENT, 0, 3)
    await ready(searchers)

    suggestions = await searchers.client(deadline=1).suggest(SearchQuery("wa"))

    assert ["wa in pack0"] == [suggestion.title for suggestion in suggestions]


async def test_those_whom_the_queue_has_no_room_for_are_told_at_once(searchers: Searchers) -> None:
    searchers.start("slow", PATIENT, 0.3)
    await ready(searchers)
    searches = [searchers.client().search(SearchQuery(f"word{number}")) for number in range(10)]

    answers = await asyncio.gather(*searches, return_exceptions=True)

    refused = [answer for answer in answers if isinstance(answer, TooBusy)]
    served = [answer for answer in answers if isinstance(answer, SearchAnswer)]
    assert 10 == len(refused) + len(served)
    assert len(refused) >= 6
    assert all(len(answer.results) == 1 for answer in served)


async def test_too_busy_where_nobody_takes_the_request_before_the_deadline(searchers: Searchers) -> None:
    with pytest.raises(TooBusy):
        await searchers.client(deadline=0.3).search(SearchQuery("water"))

    assert [] == await searchers.client(deadline=0.3).suggest(SearchQuery("water"))


async def test_too_busy_where_there_is_no_socket_yet(tmp_path: Path) -> None:
    with pytest.raises(TooBusy):
        await SearchClient(tmp_path / "nowhere", 1).search(SearchQuery("water"))


async def test_a_searcher_killed_in_the_middle_leaves_what_it_had(searchers: Searchers) -> None:
    process = searchers.start("slow", PATIENT, 0, 2)
    await ready(searchers)
    search = asyncio.create_task(searchers.client().search(SearchQuery("water")))
    await asyncio.sleep(0.5)

    process.kill()
    answer = await search

    assert (["pack0"], True, ("pack1",)) == (packs_of(answer), answer.partial, answer.left_out)
    assert ("en", "website", "pack0") == tuple(count.value for count in answer.counts)


async def test_sigterm_ends_a_searcher_after_its_answer(searchers: Searchers) -> None:
    process = searchers.start("slow", PATIENT, 1)
    await ready(searchers)
    search = asyncio.create_task(searchers.client().search(SearchQuery("water")))
    await asyncio.sleep(0.3)

    process.send_signal(signal.SIGTERM)
    answer = await search

    assert (["pack0"], False) == (packs_of(answer), answer.partial)
    assert 0 == process.wait(timeout=10)


async def test_sigterm_ends_an_idle_searcher(searchers: Searchers) -> None:
    process = searchers.start("slow", PATIENT, 0)
    await ready(searchers)

    process.send_signal(signal.SIGTERM)

    assert 0 == process.wait(timeout=10)


async def test_a_searcher_that_is_stuck_is_ended_by_the_system(searchers: Searchers) -> None:
    process = searchers.start("slow", 0.2, 0, 60)
    await asyncio.sleep(1)

    answer = await searchers.client(deadline=2).search(SearchQuery("water"))

    assert (["pack0"], True) == (packs_of(answer), answer.partial)
    assert -signal.SIGALRM == await asyncio.to_thread(process.wait, 20)


async def test_a_client_that_leaves_without_a_request_stops_nobody(searchers: Searchers) -> None:
    searchers.start("slow", PATIENT, 0)
    for said in (
        b"",
        b"{",
        b"[]\n",
        b"null\n",
        b"\xff\n",
        b"[" * 60_000 + b"\n",
        b'["search","x",3,"","","",1,10,0]\n',
    ):
        _, writer = await asyncio.open_unix_connection(searchers.path)
        writer.write(said)
        writer.close()
        await writer.wait_closed()
        await ready(searchers)

    assert ["pack0"] == packs_of(await searchers.client().search(SearchQuery("water")))


def test_the_client_works_under_uvloop(searchers: Searchers) -> None:
    uvloop = pytest.importorskip("uvloop")
    searchers.start("slow", PATIENT, 0, 0)

    answer = uvloop.run(searchers.client().search(SearchQuery("water")))

    assert ["pack0", "pack1"] == packs_of(answer)


async def test_too_busy_where_the_deadline_passed_in_the_queue(searchers: Searchers) -> None:
    searchers.start("slow", PATIENT, 2)
    await ready(searchers)
    first = asyncio.create_task(searchers.client().search(SearchQuery("first")))
    await asyncio.sleep(0.2)

    with pytest.raises(TooBusy):
        await searchers.client(deadline=1).search(SearchQuery("second"))

    assert ["pack0"] == packs_of(await first)
