"""Home, the library, pack pages and their pictures."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

import pytest
from PIL import Image
from pytest_aiohttp.plugin import AiohttpClient
from selectolax.lexbor import LexborHTMLParser as Html

from content_packs.store.library import PackRecord
from content_packs.store.origin import Origin
from ideascube.web.illustrations import shrink
from tests.support.box import Answer, Box, request
from tests.support.zims import make_zim
from tests.web.library import app_with, described, large_library
from tests.web.reading import Client, html, texts


class TestHome:
    async def test_packs_stand_by_kind_with_what_a_reader_wants_to_know(
        self, aiohttp_client: AiohttpClient, tmp_path: Path
    ) -> None:
        film = described("hands", kind="film", title="Se laver", description="Un film", languages=("fr", "ar"))
        book = described("tap", kind="book", title="The tap", languages=("en",))
        page = await html(await aiohttp_client(app_with(tmp_path, book, film)), "/")

        assert texts(page, ".shelf h2") == ["Films", "Books"]
        assert texts(page, ".card h3") == ["Se laver", "The tap"]
        assert texts(page, ".card .facts")[0] == "French and Arabic24 MBAbout Se laver"
        assert page.css_first(".card h3 a").attributes["href"].endswith(":8081/content/hands/")
        assert page.css_first(".card h3 bdi").attributes["lang"] == "fr"

    async def test_an_empty_box_says_what_to_do(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        page = await html(await aiohttp_client(app_with(tmp_path)), "/")

        assert texts(page, ".notice h2") == ["This box is still empty"]
        assert "folder “packs”" in page.body.text()

    async def test_a_large_library_shows_some_of_each_kind_and_leads_to_all(
        self, aiohttp_client: AiohttpClient, tmp_path: Path
    ) -> None:
        page = await html(await aiohttp_client(app_with(tmp_path, *large_library())), "/")

        assert len(page.css(".shelf")) == 8
        assert len(page.css(".card")) == 32
        assert "/library?kind=film" in [link.attributes["href"] for link in page.css(".more a")]

    async def test_packs_in_the_readers_language_come_first(
        self, aiohttp_client: AiohttpClient, tmp_path: Path
    ) -> None:
        packs = [
            described("a", languages=("en",)),
            described("b", languages=("ar",)),
            described("c", languages=("sw",)),
        ]
        page = await html(await aiohttp_client(app_with(tmp_path, *packs)), "/", "ar, sw;q=0.8")

        assert texts(page, ".card h3") == ["B", "C", "A"]

    def test_a_first_visit_costs_at_most_30_kb(self, demo: Box) -> None:
        home = fetch(demo.url + "/")
        parts = {address: fetch(address) for address in references(home, demo.url + "/")}
        more = [target for answer in parts.values() for target in re.findall(rb"url\(", answer.body)]

        assert {answer.status for answer in parts.values()} == {200}
        assert len([address for address in parts if "/illustration" in address]) == 5
        assert more == []
        assert sum(len(answer.body) for answer in (home, *parts.values())) <= 30_000


def fetch(address: str) -> Answer:
    return request(address, headers={"Accept-Encoding": "gzip", "Accept": "text/html,image/webp,*/*"})


def references(home: Answer, base: str) -> set[str]:
    """What a browser loads for a page."""
    page = Html(gzip.decompress(home.body))
    sources = [node.attributes["src"] for node in page.css("[src]")]
    linked = [node.attributes["href"] for node in page.css("link[href]")]
    return {urljoin(base, address) for address in sources + linked}


class TestLibrary:
    @pytest.fixture
    async def client(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> Client:
        return await aiohttp_client(app_with(tmp_path, *large_library()))

    async def test_all_packs_are_there(self, client: Client) -> None:
        page = await html(client, "/library")

        assert len(page.css(".card")) == 167
        assert texts(page, "h2.result") == ["167 titles"]

    async def test_choices_say_how_much_they_leave(self, client: Client) -> None:
        page = await html(client, "/library?lang=fr")
        chosen = {" ".join(text.split()): link for link in page.css(".choices a") for text in [link.text()]}

        assert "All kinds 12" in chosen
        assert chosen["French 12"].attributes["aria-current"] == "true"
        for text, link in chosen.items():
            there = await html(client, link.attributes["href"])
            assert text.rsplit(" ", 1)[1] == str(len(there.css(".card"))), text

    async def test_a_choice_that_leaves_nothing_leads_back(self, client: Client) -> None:
        page = await html(client, "/library?lang=tlh&kind=film")

        assert texts(page, ".notice a") == ["Show everything"]


class TestPackPage:
    async def test_it_says_all_that_is_known(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        pack = described(
            "water", creator="A doctor", publisher="A house", licence="CC-BY-4.0", source="https://a.example/w",
            date="2026-11-23", languages=("fr", "ar"), articles=1234, media=56,
        )  # fmt: skip
        page = await html(await aiohttp_client(app_with(tmp_path, pack)), "/packs/water", "fr")
        facts = dict(zip(texts(page, "dt"), texts(page, "dd"), strict=True))

        assert facts == {
            "Langues": "Français et arabe", "Taille": "24 Mo", "Date": "23 novembre 2026", "Pages": "1 234",
            "Images, sons et films": "56", "Créé par": "A doctor", "Publié par": "A house", "Licence": "CC-BY-4.0",
            "Source": "https://a.example/w", "Fichier": "water.zim",
        }  # fmt: skip

    async def test_where_a_pack_came_from_is_said_in_plain_words(
        self, aiohttp_client: AiohttpClient, tmp_path: Path
    ) -> None:
        unsigned = replace(described("sky"), origin=Origin("kiwix"))
        signed = replace(described("sea"), origin=Origin("our hub", signed=True))
        client = await aiohttp_client(app_with(tmp_path, unsigned, signed))

        sky, sea, library = [await html(client, path) for path in ("/packs/sky", "/packs/sea", "/library")]

        assert "From kiwix, not signed" in texts(sky, "dd")
        assert "From our hub, signed" in texts(sea, "dd")
        assert ["From kiwix, not signed"] == [said for said in texts(library, ".facts span") if said.startswith("From")]

    async def test_a_title_of_markup_is_only_text(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        pack = described("x", title="<script>alert(1)</script>", description='"><b>', source="javascript:alert(1)")
        client = await aiohttp_client(app_with(tmp_path, pack))
        for path in ("/", "/library", "/packs/x"):
            page = await html(client, path)

            assert texts(page, "h1, h3").count("<script>alert(1)</script>") == 1
            assert page.css("b, script:not([src]), a[href^=javascript]") == []

    def test_it_speaks_the_readers_language_where_the_pack_does(self, demo: Box) -> None:
        page = Html(demo.get("/packs/safe-water", Accept_Language="ar").body)
        title = page.css_first("h1")

        assert title.text(strip=True) == "ماء آمن وأطفال أصحّاء"
        assert page.css_first(".actions a").attributes["href"].endswith("/content/safe-water/index.ar.html")

    def test_its_ways_lead_somewhere(self, demo: Box) -> None:
        page = Html(demo.get("/packs/safe-water").body)
        ways = {text: link.attributes["href"] for link in page.css(".actions a") for text in [link.text().split()[0]]}

        assert request(ways["Open"]).status == 200
        assert demo.get(ways["Surprise"]).status == 302
        assert demo.get(ways["Save"], Range="bytes=0-3").body == b"ZIM\x04"
        assert "safe-water" in page.css_first("form.search input[name=pack]").attributes["value"]

    def test_its_films_and_sounds_open_at_once(self, demo: Box) -> None:
        page = Html(demo.get("/packs/counting").body)

        assert texts(page, ".card h3") == ["The counting song"]
        assert texts(page, ".card .facts") == ["Listen0:57"]
        assert demo.get(page.css_first(".card a").attributes["href"]).status == 200

    async def test_an_unknown_pack_is_a_404(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        client = await aiohttp_client(app_with(tmp_path))

        assert (await client.get("/packs/none")).status == 404

    async def test_a_pack_that_cannot_be_shown_says_why(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        broken = PackRecord("torn", ("torn.zim",), 12, "s", problem="torn.zim is too short: copy it again.")
        client = await aiohttp_client(app_with(tmp_path, broken))
        answer = await client.get("/packs/torn")

        assert answer.status == 502
        assert "torn.zim is too short: copy it again." in await answer.text()


class TestPictures:
    def test_a_pack_s_picture_is_kept_for_ever_and_changes_with_the_pack(self, demo: Box) -> None:
        source = Html(demo.get("/").body).css_first("img[src*=illustration]").attributes["src"]
        answer = demo.get(source, Accept="image/webp,*/*")

        assert answer.headers["Content-Type"] == "image/webp"
        assert "immutable" in answer.headers["Cache-Control"]
        assert demo.get(source.split("?")[0]).headers["Cache-Control"] == "no-cache"
        assert demo.get(source, Accept="image/webp", If_None_Match=answer.headers["ETag"]).status == 304

    def test_a_browser_without_webp_gets_what_the_pack_has(self, demo: Box) -> None:
        answer = demo.get("/packs/safe-water/illustration", Accept="image/png")

        assert answer.headers["Content-Type"] == "image/png"
        assert Image.open(BytesIO(answer.body)).size == (96, 96)

    async def test_a_pack_without_picture_gets_the_drawing_of_its_kind(
        self, aiohttp_client: AiohttpClient, tmp_path: Path
    ) -> None:
        client = await aiohttp_client(app_with(tmp_path, described("film", kind="film")))
        page = await html(client, "/")
        answer = await client.get("/packs/film/illustration")

        assert page.css_first(".card .cover use").attributes["href"].endswith("#film")
        assert page.css(".card img") == []
        assert answer.content_type == "image/svg+xml"

    async def test_a_damaged_picture_gives_the_drawing(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        (tmp_path / "packs").mkdir()
        make_zim(tmp_path / "packs" / "p.zim", {})
        record = PackRecord("p", ("p.zim",), 1, "s", described("p", kind="book").manifest, illustrations=(1000,))
        client = await aiohttp_client(app_with(tmp_path, record))
        answer = await client.get("/packs/p/illustration")

        assert answer.status == 200
        assert "kind-book" in str(answer.url)

    async def test_a_pack_that_has_just_left_gives_the_drawing(
        self, aiohttp_client: AiohttpClient, tmp_path: Path
    ) -> None:
        record = PackRecord(
            "gone", ("gone.zim",), 1, "s", described("gone", kind="audio").manifest, illustrations=(48,)
        )
        client = await aiohttp_client(app_with(tmp_path, record))

        assert "kind-audio" in str((await client.get("/packs/gone/illustration")).url)

    def test_what_is_no_picture_or_a_huge_one_is_not_decoded(self) -> None:
        huge = BytesIO()
        Image.new("1", (5000, 5000)).save(huge, "PNG")

        assert shrink(b"<svg onload=alert(1)>", as_webp=True) is None
        assert shrink(huge.getvalue(), as_webp=True) is None
