"""Searches that are not typed as the packs write it, over real packs in real searcher processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.store.data_folder import DataFolder
from ideascube.search.client import SearchAnswer, SearchClient, SearchQuery
from tests.search.searching import searching_packs
from tests.support.shared import shared
from tests.support.words import list_pack
from tests.support.zims import make_zim

PAGES = {
    "pol": {
        "Łódź": "Miasto nad rzeką.",
        "Źródło": "Woda ze źródła jest czysta, a łódka płynie.",
    },
    "fra": {
        "Eau potable": "Faire bouillir l’eau de la rivière avant de la boire. La rivière est <b>très</b> sale.",
        "Rivière": "La rivière sale n’est jamais très loin.",
        "Filtre": "Du sable et du charbon, version 2.10.",
    },
    "fas": {"کتاب": "هر کودک به کتاب و مدرسه نیاز دارد."},
    "zho": {"清洁的水": "河水饮用前必须煮沸。", "洗手": "饭前必须洗手。"},
    "swa": {"Maji safi": "Chemsha maji ya mto kabla ya kunywa. C++ na C#."},
}


def pack_of(folder: Path, language: str) -> Path:
    pages = {
        f"{number}.html": (
            "text/html",
            f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>",
        )
        for number, (title, text) in enumerate(PAGES[language].items())
    }
    return make_zim(folder / f"{language}.zim", pages, language=language)


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("zims")
    return [*(pack_of(folder, language) for language in PAGES), shared("zim/good/wikipedia_en_ray_charles.zim")]


@pytest.fixture(scope="module")
def client(packs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchClient]:
    root = tmp_path_factory.mktemp("box")
    with searching_packs(root, *packs) as searchers:
        for pack in packs:
            list_pack(pack, DataFolder(root).word_list)
        yield searchers.client()


def titles_of(answer: SearchAnswer) -> list[str]:
    return [result.title for result in answer.results]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("lodz", "Łódź"),
        ("zrodlo lodka", "Źródło"),
        ("RIVIERE bouillir", "Eau potable"),
        ("eau riviere", "Eau potable"),
        ("كتاب مدرسه", "کتاب"),
        ("charbon 2.10", "Filtre"),
        ("maji C++", "Maji safi"),
        ("mind my on georgia", "Georgia on My Mind"),
        ("boire faire riv", "Eau potable"),
        ("georgia on my mi", "Georgia on My Mind"),
    ],
)
async def test_what_is_typed_another_way_is_found_as_if_it_were_not(
    client: SearchClient, typed: str, title: str
) -> None:
    answer = await client.search(SearchQuery(typed))

    assert (title, "", "") == (titles_of(answer)[0], answer.relaxed, answer.suggestion)


@pytest.mark.parametrize(
    ("typed", "title", "suggestion"),
    [
        ("goergia on my mind", "Georgia on My Mind", "georgia on my mind"),
        ("riviere bouilir", "Eau potable", "riviere bouillir"),
        ("chemsha kunwya", "Maji safi", "chemsha kunywa"),
    ],
)
async def test_a_typing_error_is_forgiven_and_told(
    client: SearchClient, typed: str, title: str, suggestion: str
) -> None:
    answer = await client.search(SearchQuery(typed))

    assert (title, "near", suggestion) == (titles_of(answer)[0], answer.relaxed, answer.suggestion)


@pytest.mark.parametrize(
    "typed", ["河水饮用钱必须煮沸", "河水饮前必须煮沸", "何水饮用前必须煮沸", "河水饮用前必需煮沸"]
)
async def test_a_wrong_sign_is_forgiven_in_a_script_without_spaces(client: SearchClient, typed: str) -> None:
    answer = await client.search(SearchQuery(typed))

    assert ("清洁的水", "near") == (titles_of(answer)[0], answer.relaxed)


async def test_where_no_page_has_all_of_the_words_some_are_enough_and_it_is_said(client: SearchClient) -> None:
    answer = await client.search(SearchQuery("charbon rivière georgia"))
    nothing = await client.search(SearchQuery("qqqqq"))

    assert "any" == answer.relaxed
    assert {"Filtre", "Rivière", "Eau potable"} <= set(titles_of(answer))
    assert ([], "") == (titles_of(nothing), nothing.relaxed)


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ('"rivière sale"', {"Rivière"}),
        ("«riviere est tres sale»", {"Eau potable"}),
        ("rivière -bouillir", {"Rivière"}),
        ('rivière -"jamais très loin"', {"Eau potable"}),
        ('"sale rivière"', set[str]()),
        ("「必须煮沸」", {"清洁的水"}),
        ("必须 -煮沸", {"洗手"}),
    ],
)
async def test_phrases_and_a_minus_are_honoured(client: SearchClient, typed: str, titles: set[str]) -> None:
    answer = await client.search(SearchQuery(typed))

    found = titles_of(answer) if not answer.relaxed else []
    assert (titles, len(titles)) == (set(found), len(found))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("łó", "Łódź"),
        ("lod", "Łódź"),
        ("zrod", "Źródło"),
        ("清", "清洁的水"),
        ("ريفيير", ""),
        ("كتا", "کتاب"),
    ],
)
async def test_suggestions_from_the_first_letters_on(client: SearchClient, typed: str, title: str) -> None:
    suggested = [suggestion.title for suggestion in await client.suggest(SearchQuery(typed))]

    assert (title in suggested) if title else not suggested


async def test_packs_that_a_filter_leaves_out_are_counted(client: SearchClient) -> None:
    answer = await client.search(SearchQuery("必须", pack="fra"))

    assert [] == titles_of(answer)
    assert ("pack", "zho", 2) in answer.counts


async def test_the_order_is_the_same_on_every_page(client: SearchClient) -> None:
    at_once = await client.search(SearchQuery("the music", page_size=50))
    pages = [await client.search(SearchQuery("the music", page=number)) for number in range(1, 6)]

    assert 30 < len(at_once.results) < 50
    assert sorted(titles_of(at_once)) == sorted(title for page in pages for title in titles_of(page))


async def test_the_words_of_a_pack_count_as_soon_as_they_are_listed(packs: list[Path], tmp_path: Path) -> None:
    with searching_packs(tmp_path, packs[0]) as searchers:
        before = await searchers.client().search(SearchQuery("lodz"))
        list_pack(packs[0], DataFolder(tmp_path).word_list)
        after = await searchers.client().search(SearchQuery("lodz"))

    assert ([], ["Łódź"]) == (titles_of(before), titles_of(after))


async def test_without_a_list_of_words_searches_are_forgiving_as_far_as_can_be(
    packs: list[Path], tmp_path: Path
) -> None:
    with searching_packs(tmp_path, *packs) as searchers:
        some = await searchers.client().search(SearchQuery("charbon bouillir qqqqq"))
        sign = await searchers.client().search(SearchQuery("河水饮用钱必须煮沸"))
        phrase = await searchers.client().search(SearchQuery('"rivière sale"'))

    assert ("any", {"Filtre", "Eau potable"}) == (some.relaxed, set(titles_of(some)))
    assert ("清洁的水", "near") == (titles_of(sign)[0], sign.relaxed)
    assert (["Rivière"], "") == (titles_of(phrase), phrase.relaxed)
