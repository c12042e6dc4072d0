"""What a search page makes of whatever searchers may answer: no packs have to be there for that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_aiohttp.plugin import AiohttpClient
from selectolax.lexbor import LexborHTMLParser as Html

from ideascube.search.client import SearchAnswer, SearchClient, SearchQuery, Suggestion
from ideascube.search.protocol import MAX_PAGES, Count, Place, Result
from ideascube.web.context import SEARCH
from tests.web.library import app_with, described
from tests.web.reading import Client, html, texts

ARTICLE = Result("Hand washing", "wiki", "A/Hand_washing", "en", "encyclopedia", (("Wash your hands.", False),))
FILM = Result("Soap and water", "film", "index.html", "en", "film", (), (Place("wiki", "A/Soap"),), at=754)
WHOLE_PACK = Result("wiki", "wiki", "", "en", "pack", (("All there is to know", False),))
ANSWER = SearchAnswer("hands", 3, False, 1, 10, False, (ARTICLE, FILM, WHOLE_PACK))


class Answering(SearchClient):
    """Searchers that give one answer to everybody."""

    def __init__(self, answer: SearchAnswer, *suggestions: Suggestion) -> None:
        self.answer, self.suggestions = answer, suggestions

    async def search(self, query: SearchQuery) -> SearchAnswer:
        return replace(self.answer, page=query.page)

    async def suggest(self, query: SearchQuery) -> list[Suggestion]:
        return list(self.suggestions)


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, tmp_path: Path) -> Client:
    wiki = described("wiki", title="All the world", description="What it is", kind="encyclopedia")
    app = app_with(tmp_path, wiki, described("film", kind="film"))
    app[SEARCH] = Answering(ANSWER)
    return await aiohttp_client(app)


async def page_with(client: Client, path: str = "/search?q=hands", language: str = "en", **facts: object) -> Html:
    searchers = client.app[SEARCH]
    assert isinstance(searchers, Answering)
    searchers.answer = replace(ANSWER, **facts)  # type: ignore[arg-type]
    return await html(client, path, language)


async def test_a_film_opens_at_its_second_and_says_which(client: Client) -> None:
    film = (await page_with(client)).css(".results li")[1]

    assert film.css_first("h3 a").attributes["href"].endswith("/content/film/index.html#t=754")
    assert "at 12:34" == film.css_first(".moment").text().strip()
    assert "kind-film" in film.css_first("li > img").attributes["src"]


async def test_a_pack_that_was_found_leads_to_its_own_page(client: Client) -> None:
    pack = (await page_with(client)).css(".results li")[2]

    assert ("All the world", "/packs/wiki") == (
        pack.css_first("h3").text().strip(),
        pack.css_first("h3 a").attributes["href"],
    )
    assert "What it is" == pack.css_first("p").text()


async def test_the_same_page_in_another_pack_can_be_opened_there(client: Client) -> None:
    film = (await page_with(client)).css(".results li")[1]

    assert film.css_first(".facts span a").attributes["href"].endswith("/content/wiki/A/Soap")


@pytest.mark.parametrize(
    ("facts", "note"),
    [
        ({"suggestion": "hand"}, "Did you mean: hand"),
        ({"suggestion": "hand", "relaxed": "near"}, "Also searched for: hand"),
        ({"relaxed": "near"}, "These have words that are written nearly so."),
        ({"relaxed": "any"}, "No page has all of these words. These have some of them."),
        ({"partial": True}, "Not everything could be searched in time. Search again"),
        ({"left_out": ("wiki",)}, "Not everything could be searched in time. Left out: All the world. Search again"),
        ({"preparing": ("film",)}, "Still being made ready for searching, and so perhaps missing here: Film"),
    ],
)
async def test_the_page_says_how_it_came_by_its_results(client: Client, facts: dict[str, object], note: str) -> None:
    assert [note] == texts(await page_with(client, **facts), ".notes p")


async def test_it_has_nothing_to_say_about_a_plain_answer(client: Client) -> None:
    assert [] == (await page_with(client, suggestion="HANDS")).css(".notes")


async def test_what_was_meant_is_searched_for_with_the_same_filters(client: Client) -> None:
    page = await page_with(client, "/search?q=hnds&kind=film&page=2", query="hnds", suggestion="hands")

    assert "/search?q=hands&kind=film" == page.css_first(".notes a").attributes["href"]


async def test_many_packs_that_were_left_out_are_a_few_names_and_a_number(client: Client) -> None:
    page = await page_with(client, left_out=("wiki", "film", "c", "d", "e", "f", "g"))

    assert "Left out: All the world, Film, c, d, e and 2 more." in page.css_first(".notes").text()


async def test_names_are_each_read_in_their_own_direction_and_are_no_markup(client: Client) -> None:
    page = await page_with(client, language="ar", left_out=("film", "<b>"), preparing=("wiki",))

    assert ["Film", "<b>", "All the world"] == texts(page, ".notes bdi")


async def test_words_are_not_blamed_for_what_time_left_out(client: Client) -> None:
    advice = "Look at how the words are written."

    assert advice in texts(await page_with(client, results=()), ".notice li")
    assert advice not in texts(await page_with(client, results=(), partial=True, left_out=("wiki",)), ".notice li")


async def test_the_end_of_the_list_is_said(client: Client) -> None:
    last = f"/search?q=hands&page={MAX_PAGES}"

    assert ["The list ends here, though there is more. Add a word, and what you look for comes further up."] == texts(
        await page_with(client, last, total=9000, estimated=True), ".ends"
    )
    assert [] == texts(await page_with(client, last, total=9), ".ends")


@pytest.mark.parametrize(
    ("total", "estimated", "words"),
    [
        (1, False, "1 result"),
        (3, False, "3 results"),
        (1234, True, "About 1,200 results"),
        (7, True, "About 7 results"),
    ],
)
async def test_estimates_are_said_to_be_ones(client: Client, total: int, estimated: bool, words: str) -> None:
    assert [words] == texts(await page_with(client, total=total, estimated=estimated), "h2.result")


async def test_filters_have_the_most_frequent_choices_and_the_chosen_one(client: Client) -> None:
    counts = tuple(Count("licence", f"Licence {number}", 100 - number) for number in range(20))
    page = await page_with(client, "/search?q=hands&licence=Licence%2019", counts=counts)
    choices = texts(page, ".refine a")

    assert ["Licence 19 81", "Licence 0 100"] == choices[:2]
    assert 9 == len(choices)
    assert "/search?q=hands" == page.css_first(".refine [aria-current]").attributes["href"]
    assert "/search?q=hands&licence=Licence+0" == page.css(".refine a")[1].attributes["href"]


async def test_a_filter_that_leaves_no_choice_is_not_shown(client: Client) -> None:
    page = await page_with(client, counts=(Count("lang", "en", 3), Count("kind", "film", 1), Count("kind", "book", 1)))

    assert ["Kind"] == texts(page, ".refine h2")
    assert ["Books 1", "Films 1"] == texts(page, ".refine a")


@pytest.mark.parametrize("language", ["fr", "ar"])
async def test_all_of_it_is_said_in_the_readers_language(client: Client, language: str) -> None:
    facts = {"suggestion": "hand", "relaxed": "any", "left_out": ("wiki",), "preparing": ("film",)}
    facts |= {"counts": (Count("lang", "fr", 3), Count("lang", "ar", 2)), "estimated": True}
    english, other = [await page_with(client, language=spoken, **facts) for spoken in ("en", language)]

    for selector in (".notes p", "h2.result", "summary", ".refine h2", ".refine a", ".refine p"):
        assert not set(texts(english, selector)) & set(texts(other, selector))


async def test_suggestions_that_are_written_alike_are_told_apart(client: Client) -> None:
    searchers = client.app[SEARCH]
    assert isinstance(searchers, Answering)
    searchers.suggestions = (
        Suggestion("Radio", "wiki", "A/Radio", "en"),
        Suggestion("radio", "film", "radio.fr.html", "fr"),
        Suggestion("Radium", "wiki", "A/Radium", "en"),
        Suggestion("All the world", "wiki", "", "en"),
        Suggestion("All the world", "wiki", "A/World", "en"),
    )

    rows = await (await client.get("/suggest?q=radi", headers={"Accept-Language": "en"})).json()

    told = ["All the world · English", "Film · French", None, "Encyclopedias", "English"]
    assert told == [row.get("beside") for row in rows]
    assert "/packs/wiki" == rows[3]["url"]
