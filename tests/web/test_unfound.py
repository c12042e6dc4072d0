"""Which searches on a box are counted for mediators, and which never."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.database import box_database
from ideascube.box_db.unfound import Search, Unfound, listed, pending
from ideascube.search.client import SearchAnswer, SearchQuery
from ideascube.search.protocol import Final, Result, Started, encode
from ideascube.settings import Settings
from ideascube.unfound import UnfoundSearches, is_private, search_to_note
from ideascube.web.app import create_apps
from tests.support.box import Box, eventually


def answer(text: str, results: int = 0, *, partial: bool = False, relaxed: str = "") -> SearchAnswer:
    found = tuple(Result(f"Page {number}", "pack", f"{number}.html", "en", "website") for number in range(results))
    return SearchAnswer(text, results, partial, 1, 10, False, found, relaxed=relaxed)


def noted(text: str, results: int = 0, **more: str) -> Search | None:
    return search_to_note(SearchQuery(text, **more), answer(text, results))


@pytest.mark.parametrize("results", [0, 1, 2])
def test_searches_with_few_results_are_counted(results: int):
    assert Search("Solar oven", "solar oven", results) == noted("Solar  oven", results)


def test_searches_with_more_are_not():
    assert noted("solar oven", 3) is None


def test_what_was_found_with_some_of_the_words_only_was_not_found():
    found = search_to_note(SearchQuery("solar oven"), answer("solar oven", 9, relaxed="any"))

    assert Search("solar oven", "solar oven", 0) == found
    assert search_to_note(SearchQuery("solar ovne"), answer("solar ovne", 9, relaxed="near")) is None


@pytest.mark.parametrize("chosen", ["lang", "kind", "pack", "licence"])
def test_searches_in_a_part_of_the_library_say_nothing_about_it(chosen: str):
    assert noted("solar oven", **{chosen: "fr"}) is None


def test_searches_that_were_not_finished_say_nothing_either():
    assert search_to_note(SearchQuery("solar oven"), answer("solar oven", partial=True)) is None


@pytest.mark.parametrize(
    "text",
    [
        "amina@example.org", "https://example.org/amina", "+33 6 12 34 56 78", "born 12/05/1998", "٠٦١٢٣٤٥٦٧٨",
        "0", "?!", "", "my name is Amina and I came from Kobane with my two brothers last winter", "solar\x00oven",
    ],
)  # fmt: skip
def test_what_may_say_something_about_a_person_is_never_counted(text: str):
    assert is_private(text)
    assert noted(text) is None


@pytest.mark.parametrize("text", ["solar oven", "فرن شمسي", "太阳能", "covid 19", "1984 orwell", "C++ ça"])
def test_what_people_look_for_is(text: str):
    assert noted(text) is not None


def test_the_list_grows_day_by_day(tmp_path: Path):
    days = iter(["1", "2", "2", "3", "4"])
    data = DataFolder(tmp_path)
    data.create()
    unfound = UnfoundSearches(data, lambda: next(days))
    for text in ("Four solaire", "four solaire", "FOUR SOLAIRE", "four  solaire", "Four Solaire"):
        unfound.take(SearchQuery(text), answer(text))
    unfound.close()

    with box_database(tmp_path / "box.db") as connection:
        assert [Unfound("four solaire", 4, 0)] == listed(connection)


def test_a_database_that_cannot_be_used_is_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    data = DataFolder(tmp_path)
    data.create()
    (tmp_path / "box.db").write_text("no database " * 500)
    unfound = UnfoundSearches(data)
    for number in range(3):
        unfound.take(SearchQuery(f"oven {number}"), answer(f"oven {number}"))
    unfound.close()

    assert 1 == len(caplog.messages)
    assert "box.db is damaged" in caplog.text
    assert "oven" not in caplog.text


def test_a_search_on_a_box_is_counted_and_its_text_is_nowhere(demo: Box):
    found = demo.get("/search?q=zeppelinmuseum&format=json").json()["results"]

    def waiting() -> int:
        with box_database(demo.data / "box.db") as connection:
            return pending(connection)

    assert [] == found
    assert eventually(waiting) >= 1
    written = [path for path in demo.data.rglob("*") if path.is_file() and path.suffix != ".zim"]
    assert [] == [path for path in written if b"zeppelin" in path.read_bytes().lower()]


async def finds_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(encode(Started(1)) + encode(Final((), 0, more=False, partial=False)))
    writer.close()


@pytest.mark.parametrize("counted", [True, False])
async def test_an_operator_may_switch_it_off(tmp_path: Path, aiohttp_client: AiohttpClient, counted: bool):
    settings = Settings(DataFolder(tmp_path / "data"), runtime=tmp_path, count_unfound=counted)
    settings.data.create()
    async with await asyncio.start_unix_server(finds_nothing, settings.searcher_socket):
        client = await aiohttp_client(create_apps(settings)[0])
        answered = await client.get("/search?q=oven")
        await client.close()

    assert 200 == answered.status
    assert counted == (tmp_path / "data" / "box.db").exists()
