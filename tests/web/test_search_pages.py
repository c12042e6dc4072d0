"""`/search` and `/suggest` as a browser without scripts and a program see them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from pytest_aiohttp.plugin import AiohttpClient
from selectolax.lexbor import LexborHTMLParser as Html

from tests.support.box import Box, request
from tests.web.library import app_with, described
from tests.web.reading import html, texts


def page_of(box: Box, path: str, language: str = "en") -> Html:
    answer = box.get(path, Accept_Language=language)

    assert answer.status == 200
    return Html(answer.body)


class TestPage:
    def test_a_result_has_title_snippet_pack_and_language(self, demo: Box) -> None:
        page = page_of(demo, "/search?q=chlorine")
        first = page.css_first(".results li")

        assert first.css_first("h3").text().strip() == "Treat water with chlorine"
        assert "chlorine" in [mark.text().lower() for mark in first.css("mark")]
        assert first.css_first(".facts a").attributes["href"] == "/packs/safe-water"
        assert "English" in first.css_first(".facts").text()

    def test_ten_to_a_page_and_the_way_to_the_others(self, demo: Box) -> None:
        page = page_of(demo, "/search?q=water&kind=collection&lang=en")
        after = page.css_first("a[rel=next]").attributes["href"]
        second = page_of(demo, after)

        assert len(page.css(".results li")) == 10
        assert after == "/search?q=water&lang=en&kind=collection&page=2"
        assert second.css_first("ol").attributes["start"] == "11"
        assert second.css_first("a[rel=prev]").attributes["href"] == "/search?q=water&lang=en&kind=collection"
        assert set(texts(page, ".results h3 a")) != set(texts(second, ".results h3 a"))

    def test_beyond_the_end_there_is_a_way_to_the_first_page(self, demo: Box) -> None:
        page = page_of(demo, "/search?q=chlorine&lang=en&page=40")

        assert ["There are no more results. Back to the first page"] == texts(page, "main .notice p")
        assert "/search?q=chlorine&lang=en" == page.css_first(".notice a").attributes["href"]
        assert [] == texts(page, ".pages")

    def test_every_result_opens(self, demo: Box) -> None:
        links = page_of(demo, "/search?q=water").css(".results h3 a")

        assert {request(urljoin(demo.url, link.attributes["href"])).status for link in links} <= {200, 302}

    def test_filters_are_kept_in_the_form(self, demo: Box) -> None:
        page = page_of(demo, "/search?q=water&lang=en&kind=collection&pack=safe-water")
        kept = {field.attributes["name"]: field.attributes["value"] for field in page.css("input[type=hidden]")}

        assert {"lang": "en", "kind": "collection", "pack": "safe-water"}.items() <= kept.items()
        assert page.css_first("input[name=q]").attributes["value"] == "water"
        assert {link.attributes["href"] for link in page.css(".results .facts > a")} == {"/packs/safe-water"}

    def test_a_choice_says_how_many_it_has_and_can_be_taken_back(self, demo: Box) -> None:
        everything = page_of(demo, "/search?q=water")
        films = next(link for link in everything.css(".choices a") if link.text().startswith("Films"))
        only_films = page_of(demo, films.attributes["href"])

        assert films.attributes["href"] == "/search?q=water&kind=film"
        assert int(films.css_first(".count").text()) == len(only_films.css(".results li")) > 0
        assert texts(only_films, ".chosen a") == ["Take back: Kind: Films"]
        assert only_films.css_first(".chosen a").attributes["href"] == "/search?q=water"

    def test_pages_are_of_the_language_that_was_chosen(self, demo: Box) -> None:
        page = page_of(demo, "/search?q=water&lang=en&pack=safe-water")

        assert set(texts(page, ".results li:not(.pictured) .facts > span")) == {"English"}

    def test_nothing_found_helps_on(self, demo: Box) -> None:
        page = page_of(demo, "/search?q=xyzzyq&lang=fr")

        assert texts(page, "main h2") == ["Nothing was found"]
        assert [link.attributes["href"] for link in page.css(".notice a")] == ["/search?q=xyzzyq", "/library"]

    def test_no_words_ask_for_some(self, demo: Box) -> None:
        assert "Write one or a few words" in texts(page_of(demo, "/search"), ".notice p")[0]

    @pytest.mark.parametrize("language", ["fr", "ar"])
    def test_the_page_speaks_the_readers_language_and_results_their_own(self, demo: Box, language: str) -> None:
        page = page_of(demo, "/search?q=water&lang=en&pack=safe-water", language)

        assert page.css_first("html").attributes["lang"] == language
        assert page.css_first(".results li:not(.pictured) h3 bdi").attributes["lang"] == "en"

    @pytest.mark.parametrize(
        "query",
        [
            '"',
            "a AND (b",
            "<script>alert(1)</script>",
            "\x00",
            "*",
            "%",
            "ماء",
            "水",
            "x" * 3000,
            " ",
            "'; --",
            "\ud83d",
        ],
    )
    def test_no_words_make_it_fail(self, demo: Box, query: str) -> None:
        page = page_of(demo, f"/search?q={quote(query, errors='surrogatepass')}")

        assert page.css("script:not([src])") == []

    @pytest.mark.parametrize(
        "more", ["page=0", "page=-1", "page=x", "page=99999999999", "page=٣", "count=0", "count=x"]
    )
    def test_numbers_out_of_bounds_are_the_nearest_that_are_not(self, demo: Box, more: str) -> None:
        page_of(demo, f"/search?q=water&{quote(more, safe='=')}")


class TestJson:
    def test_it_is_what_the_documentation_says(self, demo: Box) -> None:
        answer = demo.get("/search?q=chlorine&format=json")
        document = answer.json()

        assert list(document)[:5] == ["query", "total", "partial", "results", "suggestion"]
        assert list(document)[5:] == ["estimated", "relaxed", "left_out", "preparing", "counts"]
        assert (document["query"], document["partial"], document["suggestion"]) == ("chlorine", False, None)
        assert list(document["results"][0]) == ["title", "url", "pack", "lang", "kind", "snippet", "at"]
        assert document["results"][0]["pack"] == "safe-water"
        assert document["results"][0]["url"].startswith(f"{demo.content_url}/content/safe-water/")

    def test_count_says_how_many_to_a_page(self, demo: Box) -> None:
        def results(count: str) -> int:
            return len(demo.get(f"/search?q=water&format=json&count={count}").json()["results"])

        assert [results("3"), results("25") > 10, results("500") <= 50] == [3, True, True]

    def test_suggestions_begin_with_what_was_typed(self, demo: Box) -> None:
        rows = demo.get("/suggest?q=treat").json()

        assert "Treat water with chlorine" in [row["title"] for row in rows]
        assert list(rows[0]) == ["title", "url", "pack", "lang"]
        assert request(urljoin(demo.url, rows[0]["url"])).status == 200

    def test_nothing_typed_suggests_nothing(self, demo: Box) -> None:
        assert demo.get("/suggest?q=").json() == demo.get("/suggest").json() == []


class TestWithoutSearchers:
    """The searchers of a box that has just been started are not there yet: as good as all being busy."""

    async def test_people_are_asked_to_try_again(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        client = await aiohttp_client(app_with(tmp_path, described("a")))
        answer = await client.get("/search?q=water&lang=fr")
        page = await html(client, "/search?q=water&lang=fr")

        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert texts(page, "h1") == ["Many people are searching right now"]
        assert page.css_first("a.main").attributes["href"] == "/search?q=water&lang=fr"

    async def test_programs_get_the_status(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        client = await aiohttp_client(app_with(tmp_path))
        answer = await client.get("/search?q=water&format=json")

        assert (answer.status, answer.content_type) == (503, "text/plain")
        assert await (await client.get("/suggest?q=water")).json() == []
