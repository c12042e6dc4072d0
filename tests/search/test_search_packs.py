"""Searches over real packs, asked as a web worker asks."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.store.library import load_library
from content_packs.zim.archive import ZimArchive
from content_packs.zim.finding import clean_query, fulltext, titles
from ideascube.search.client import SearchAnswer, SearchClient, SearchQuery
from ideascube.search.suspects import Suspects, key_of, left_out_packs
from tests.search.searching import Searchers, fill_store, searching_packs
from tests.support.shared import shared
from tests.support.zims import make_zim

WORDS = {
    "fra": ("L’eau potable", "Faire bouillir l’eau de la rivière.", "riviere"),
    "ara": ("الماء النظيف", "يجب غلي مياه النهر قبل الشرب.", "النهر"),
    "swa": ("Maji safi", "Chemsha maji ya mto kabla ya kunywa.", "mto"),
    "jpn": ("きれいな水", "川の水は飲む前に沸かしてください。", "沸かして"),
    "zho": ("清洁的水", "河水饮用前必须煮沸。", "煮沸"),
    "ukr": ("Чиста вода", "Кип’ятіть воду з річки перед вживанням.", "річки"),
    "amh": ("ንጹህ ውሃ", "የወንዝ ውሃ ከመጠጣትዎ በፊት ያፍሉ።", "ያፍሉ"),
    "hin": ("साफ पानी", "नदी का पानी पीने से पहले उबालें।", "उबालें"),
    "mya": ("ရေသန့်", "မြစ်ရေကို မသောက်မီ ကျိုပါ။", "ကျိုပါ"),
    "fas": ("آب پاک", "آب رودخانه را پیش از نوشیدن بجوشانید.", "رودخانه"),
}

ODD = [
    "", " ", '"', '"clean water', "'", "l'", "AND", "clean OR water", "NOT", "clean NEAR water", "water*", "*", "?",
    "-water", "+", "title:water", "(((", ")", "[a-z", "\\", "/", "<script>", "&amp;", "%00", "\0", "a\0b", "\ud800",
    "\udfff\ud800", "\x1b[31m", "\u202e\u200f\u200b", "\ufeff", "\u0301" * 300, "é" * 3000, "x" * 10_000, "水" * 10_000,
    "water " * 2000, "a b c " * 3000, " ".join(f"word{number}" for number in range(2000)), "😀", "𒀀𒀁", "\U0010ffff",
    "1..5", "\r\n\t", "ﷺ", "ß", "İ", "..", "../../etc",
]  # fmt: skip


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("zims")
    health = {
        "wells.html": page("Wells", "How to dig a well. Boil its water."),
        "water.html": page("Water", "All about it."),
        "untitled.html": ("text/html", "<html><body>Nothing but gravel.</body></html>"),
    }
    water = {
        "water.html": page("Water", "The same page in another edition."),
        "filters.html": page("Water filters", "Sand."),
    }
    made = [
        make_zim(folder / "health.zim", health, redirects={"H2O": "water.html"}, Tags="_category:wikihow"),
        make_zim(folder / "water.zim", water),
    ]
    for language, (title, text, _) in WORDS.items():
        made.append(make_zim(folder / f"{language}.zim", {"page.html": page(title, text)}, language=language))
    return made


def page(title: str, text: str) -> tuple[str, str]:
    return "text/html", f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"


@pytest.fixture(scope="module")
def searchers(packs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searchers]:
    with searching_packs(tmp_path_factory.mktemp("box"), *packs) as started:
        yield started


@pytest.fixture
def client(searchers: Searchers) -> SearchClient:
    return searchers.client()


def titles_of(answer: SearchAnswer) -> list[str]:
    return [result.title for result in answer.results]


async def test_one_search_asks_all_packs_and_folds_the_same_title(client: SearchClient) -> None:
    answer = await client.search(SearchQuery("water"))

    assert ["Water", "Water filters", "Wells"] == titles_of(answer)
    assert ["water"] == [place.pack for place in answer.results[0].also]
    assert (3, False, False) == (answer.total, answer.partial, answer.has_more)


async def test_a_result_says_where_it_is_and_shows_the_words(client: SearchClient) -> None:
    (result,) = (await client.search(SearchQuery("dig boil"))).results

    assert ("health", "wells.html", "en", "encyclopedia") == (result.pack, result.path, result.lang, result.kind)
    assert (
        ("How to ", False),
        ("dig", True),
        (" a well. ", False),
        ("Boil", True),
        (" its water.", False),
    ) == result.snippet


@pytest.mark.parametrize("language", WORDS)
async def test_every_language_finds_by_text_and_while_typing(client: SearchClient, language: str) -> None:
    title, _, word = WORDS[language]

    found = await client.search(SearchQuery(word))
    suggested = await client.suggest(SearchQuery(title[:2]))

    assert [title] == titles_of(found)
    assert any(marked for _, marked in found.results[0].snippet)
    assert title in [suggestion.title for suggestion in suggested]


async def test_redirects_are_suggested_under_their_own_name(client: SearchClient) -> None:
    (suggestion,) = await client.suggest(SearchQuery("h2o"))

    assert ("H2O", "water.html") == (suggestion.title, suggestion.path)


async def test_a_page_without_a_title_is_called_by_its_file(client: SearchClient) -> None:
    assert ["untitled"] == titles_of(await client.search(SearchQuery("gravel")))


async def test_filters(client: SearchClient) -> None:
    assert ["Water filters", "Water"] == sorted(titles_of(await client.search(SearchQuery("water", pack="water"))))[
        ::-1
    ]
    assert ["Water", "Wells"] == titles_of(await client.search(SearchQuery("water", kind="encyclopedia")))
    assert [] == titles_of(await client.search(SearchQuery("water", lang="fr")))


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
async def test_no_input_makes_it_fail(client: SearchClient, text: str) -> None:
    answer = await client.search(SearchQuery(text, ("\ud800", "", "x" * 1000), page=3))
    suggestions = await client.suggest(SearchQuery(text))

    assert not answer.partial
    assert len(suggestions) <= 10
    assert len(answer.query) <= 1000


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_no_input_makes_the_indexes_fail(packs: list[Path], text: str) -> None:
    archive = ZimArchive(packs[0])

    paths, total = fulltext(archive, text, 0, 10)

    assert len(paths) <= total
    assert len(titles(archive, text, 5)) <= 5
    assert clean_query(text) == clean_query(clean_query(text))


async def test_broken_packs_hide_no_other(packs: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "zims"
    folder.mkdir()
    for bad in shared("zim/bad").rglob("*.zim"):
        shutil.copyfile(bad, folder / f"{bad.parent.name}-{bad.name}")
    with searching_packs(tmp_path, *sorted(folder.iterdir()), packs[0]) as searchers:
        for text in ("well", "main", "a", "test file", "літоўская"):
            assert not (await searchers.client().search(SearchQuery(text))).partial
            await searchers.client().suggest(SearchQuery(text))

        assert ["Wells"] == titles_of(await searchers.client().search(SearchQuery("dig", kind="encyclopedia")))
        assert [None] == [process.poll() for process in searchers.processes]


async def test_a_pack_without_an_index_takes_part_by_its_titles(tmp_path: Path) -> None:
    pack = shared("zim/good/withns/wikibooks_be_all_nopic_2017-02.zim")
    with searching_packs(tmp_path, pack) as searchers:
        found = await searchers.client().search(SearchQuery("літоўская"))

    assert ["Літоўская кухня"] == titles_of(found)


async def test_packs_that_come_and_go_are_searched_and_forgotten(packs: list[Path], tmp_path: Path) -> None:
    with searching_packs(tmp_path, packs[0]) as searchers:
        before = await searchers.client().search(SearchQuery("sand"))
        fill_store(tmp_path, packs[1])
        after = await searchers.client().search(SearchQuery("sand"))
        (tmp_path / "packs" / "water.zim").unlink()
        fill_store(tmp_path)
        at_last = await searchers.client().search(SearchQuery("sand"))

    assert ([], ["Water filters"], []) == (titles_of(before), titles_of(after), titles_of(at_last))


async def test_a_pack_cut_short_while_it_is_searched_costs_only_itself(packs: list[Path], tmp_path: Path) -> None:
    copy = tmp_path / "copy.zim"
    shutil.copyfile(packs[1], copy)
    with searching_packs(tmp_path / "box", packs[0], copy) as searchers:
        await searchers.client().search(SearchQuery("sand"))
        os.truncate(copy, 2000)

        answer = await searchers.client().search(SearchQuery("water"))

    assert ["Water", "Wells"] == titles_of(answer)


HOSTILE = [
    "<div>" * 100_000 + "<p>A deep well</p>",
    "<nav>" * 40_000 + "</nav>" * 40_000 + "<p>A deep well</p>",
    "<nav></nav>" * 40_000 + "<p>A deep well</p>",
    '<div class="toc"></div>' * 20_000 + "<p>A deep well</p>",
    "<p>A deep well</p>" + "<nav<nav" * 60_000,
    "<p>A deep well</p>" + '="nav ' * 90_000,
    "<p>A deep well</p>" + "<title" * 80_000,
    "<p>A deep well</p>" + "<!--" * 120_000,
    "<p>A deep well</p>" + "&" * 500_000,
    '<a href="well">' * 900 + "<p>A deep well</p>",
    "<p>A deep well</p>" + " well" * 100_000,
]


async def test_hostile_markup_is_searched_like_any_other(tmp_path: Path) -> None:
    pages = {f"{number}.html": page("Water", html) for number, html in enumerate(HOSTILE)}
    with searching_packs(tmp_path / "box", make_zim(tmp_path / "hostile.zim", pages)) as searchers:
        for query in ("well", "deep well"):
            answer = await searchers.client().search(SearchQuery(query, page_size=25))

            assert (sorted(pages), False) == (sorted(result.path for result in answer.results), answer.partial)
            assert all(any(marked for _, marked in result.snippet) for result in answer.results)
        assert [None] == [process.poll() for process in searchers.processes]


async def test_results_go_on_over_pages(tmp_path: Path) -> None:
    with searching_packs(tmp_path, shared("zim/good/wikipedia_en_ray_charles.zim")) as searchers:
        pages = [await searchers.client().search(SearchQuery("ray charles", page=number)) for number in range(1, 60)]

    found = [result.path for answer in pages for result in answer.results]
    assert ("Ray Charles", True) == (pages[0].results[0].title, pages[0].has_more)
    assert len(found) == len(set(found)) > 90
    assert not pages[-1].has_more


def die_while_asking(folder: Path, pack: str, stamp: str = "stamp") -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from ideascube.search.suspects import Suspects\n"
        "with Suspects(Path(sys.argv[1])).asking(sys.argv[2], sys.argv[3]): os.kill(os.getpid(), signal.SIGSEGV)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(folder), pack, stamp], check=False, cwd=Path(__file__).parents[2]
    )
    assert -signal.SIGSEGV == ended.returncode


def test_a_pack_that_two_searchers_died_of_is_left_out_until_it_changes(tmp_path: Path) -> None:
    die_while_asking(tmp_path, "bad")
    assert not Suspects(tmp_path).left_out()

    die_while_asking(tmp_path, "bad")

    assert {key_of("bad", "stamp")} == Suspects(tmp_path).left_out()
    assert key_of("bad", "stamp") != key_of("bad", "another stamp")


def test_whoever_watches_the_box_is_told_which_packs_are_left_out(tmp_path: Path) -> None:
    packs = [("good", "stamp"), ("bad", "stamp"), ("bad", "repaired")]
    die_while_asking(tmp_path, "bad")
    assert [] == left_out_packs(tmp_path, packs)

    die_while_asking(tmp_path, "bad")
    Suspects(tmp_path).close()

    assert ["bad"] == left_out_packs(tmp_path, packs)
    assert [] == left_out_packs(tmp_path, [("bad", "repaired")])
    assert [] == left_out_packs(tmp_path / "nowhere", packs)


async def test_searchers_go_round_a_pack_that_others_died_of(packs: list[Path], tmp_path: Path) -> None:
    fill_store(tmp_path, packs[0], packs[1])
    stamp = next(pack.stamp for pack in load_library(tmp_path / "cache/library.json").packs if pack.id == "water")
    for _ in range(2):
        die_while_asking(tmp_path / "cache/searching", "water", stamp)

    with searching_packs(tmp_path) as searchers:
        answer = await searchers.client().search(SearchQuery("water"))

    assert ["Water", "Wells"] == titles_of(answer)


def test_a_searcher_that_ended_well_leaves_no_suspicion(tmp_path: Path) -> None:
    suspects = Suspects(tmp_path)
    with suspects.asking("good", "stamp"):
        pass
    suspects.close()

    assert [] == [path for path in tmp_path.rglob("*") if path.is_file()]


def test_suspicions_that_cannot_be_written_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    suspects = Suspects(tmp_path / "file")

    with suspects.asking("any", "stamp"):
        assert not suspects.left_out()
