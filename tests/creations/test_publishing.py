"""What was published is found, and what was withdrawn is not: the jobs process's look at creations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest

from content_packs.store.data_folder import DataFolder
from ideascube.box_db.creations import erase, load, save_version
from ideascube.box_db.database import box_database, transaction
from ideascube.creations.documents import body_text, document_of
from ideascube.creations.model import Words
from ideascube.creations.publishing import CreationKeeper
from ideascube.creations.states import Deed
from ideascube.own_index.source import OwnSources
from ideascube.search.asked import Effort, understand
from ideascube.search.merge import merge_results
from tests.creations.making import AMINA, BASMA, do, fields, made, published

Find = Callable[..., list[str]]


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    data = DataFolder(tmp_path)
    data.create()
    return data


@pytest.fixture
def box(data: DataFolder) -> Iterator[Connection]:
    with box_database(data.root / "box.db") as connection:
        yield connection


@pytest.fixture
def find(data: DataFolder) -> Find:
    """The paths that a search finds, best first, as someone reads them who reads these languages."""
    sources = OwnSources(data.root / "index" / "own")

    def find(text: str, *languages: str) -> list[str]:
        sources.refresh()
        asked = understand(text)
        answers = [source.search(asked, Effort.WORDS, 20) for source in sources()]
        return [merged.hit.path for merged in merge_results(text, languages, answers)]

    return find


def test_what_is_published_is_found_until_it_is_withdrawn(data: DataFolder, box: Connection, find: Find):
    keeper = CreationKeeper(data)
    made(box, fields("Water that nobody published"))
    water = published(box, fields("Clean water", "<p>Boil it for one <b>minute</b>.</p>"))

    keeper.look()
    assert [f"items/{water}"] == find("water") == find("minute")

    do(box, water, Deed.WITHDRAW)
    keeper.look()
    assert [] == find("water")


def test_readers_find_the_version_that_they_see(data: DataFolder, box: Connection, find: Find):
    keeper = CreationKeeper(data)
    water = published(box, fields("Clean water"))
    keeper.look()

    with transaction(box):
        save_version(box, water, 1, fields("Chlorine"), AMINA)
    keeper.look()
    assert ([f"items/{water}"], []) == (find("water"), find("chlorine"))

    do(box, water, Deed.PUBLISH)
    keeper.look()
    assert ([], [f"items/{water}"]) == (find("water"), find("chlorine"))


def test_a_keeper_that_was_not_there_meanwhile_brings_what_changed(data: DataFolder, box: Connection, find: Find):
    gone, water = published(box, fields("Old water")), published(box)
    CreationKeeper(data).look()
    do(box, gone, Deed.WITHDRAW)
    with transaction(box):
        erase(box, gone)

    assert CreationKeeper(data).look()
    assert [f"items/{water}"] == find("water")
    assert not CreationKeeper(data).look()


def test_an_index_that_was_lost_is_made_again(data: DataFolder, box: Connection, find: Find):
    keeper = CreationKeeper(data)
    water = published(box)
    keeper.look()
    for file in (data.root / "index" / "own").iterdir():
        file.unlink()

    keeper.look()
    assert [f"items/{water}"] == find("water")


def test_translations_are_found_once_in_the_language_that_the_reader_likes(
    data: DataFolder, box: Connection, find: Find
):
    english = published(box, fields("Paludisme and malaria", language="en"))
    french = published(box, fields("Le paludisme, malaria", language="fr"), work=english)
    CreationKeeper(data).look()

    assert [f"items/{french}"] == find("malaria", "fr")
    assert [f"items/{english}"] == find("malaria", "en")


def test_a_title_in_another_language_finds_what_is_written_in_one(data: DataFolder, box: Connection, find: Find):
    texts = {"sw": Words("Maji safi"), "fr": Words("Eau propre", "Comment la faire bouillir")}
    water = published(box, fields(language="sw", texts=texts, body="<p>Chemsha maji.</p>"))
    CreationKeeper(data).look()

    assert [f"items/{water}"] == find("eau propre") == find("bouillir") == find("maji")
    assert [("sw",)] == [source.languages for source in _sources(data)]


def _sources(data: DataFolder) -> list[object]:
    sources = OwnSources(data.root / "index" / "own")
    sources.refresh()
    return sources()  # type: ignore[return-value]


def test_what_is_for_staff_and_a_notice_that_is_over_are_not_found(data: DataFolder, box: Connection, find: Find):
    published(box, fields("Water for staff", audience="staff"))
    published(box, fields("Water tomorrow", kind="notice", ends="2026-03-01"))

    today = ["2026-03-01"]
    keeper = CreationKeeper(data, lambda: today[0])
    keeper.look()
    assert 1 == len(find("water"))

    today[0] = "2026-03-02"
    keeper.look()
    assert [] == find("water")


def test_what_is_due_is_published_and_what_is_not_waits(data: DataFolder, box: Connection, find: Find):
    long_ago, far_away = 1, 2**40
    due = made(box, fields("Water due"), BASMA)
    do(box, due, Deed.SCHEDULE, publish_at=long_ago)
    waiting = made(box, fields("Water waiting"))
    do(box, waiting, Deed.SCHEDULE, publish_at=far_away)

    CreationKeeper(data).look()
    assert [f"items/{due}"] == find("water")


def test_nothing_of_the_form_of_a_text_is_found():
    body = '<p>1 &lt; 2 <a href="/items/secret">here</a><br>there</p>\n<hr>'

    assert "1 < 2 here there" == body_text(body)


@pytest.mark.parametrize(("kind", "found_as"), [("article", "made"), ("film", "film"), ("audio", "audio")])
def test_a_film_is_found_among_films(box: Connection, kind: str, found_as: str):
    creation = load(box, made(box, fields(kind=kind)))

    assert creation is not None
    assert found_as == document_of(creation).kind
