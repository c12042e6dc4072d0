"""The page of a film or sound as a browser without scripts gets it, of packs of ours and of any maker."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp.test_utils import make_mocked_request
from pytest_aiohttp.plugin import AiohttpClient
from selectolax.lexbor import LexborHTMLParser as Html

from content_packs.build import build_pack
from ideascube.watching.view import own_languages
from tests.content_packs.sources import pages_folder, write_files
from tests.media.films import make_sound
from tests.support.apps import app_of
from tests.support.zims import make_zim
from tests.web.reading import Client, html, sent_by, texts

FILM = "/watch/first-words/film/washing.webm"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nA <b>heron</b>\n\n01:35.500 --> 01:37.000\nstands\n"

HOSTILE = """{"format": 1, "items": [{"path": "film.mp4", "kind": "film", "title": {"xx": "<script>"}, "poster": "//e",
 "subtitles": {"zz": "film.mp4", "fr": "../x"}, "transcripts": {"qaa": "nowhere"}, "language": "zz"}]}"""


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of ours: a film in Arabic with subtitles in two languages, and a song with a written transcript."""
    folder = tmp_path_factory.mktemp("words")
    source = pages_folder(folder / "source")
    make_sound(source / "song.mp3", seconds=1)
    write_files(source, {"song.fr.txt": "Une hirondelle.\n\nElle <b>chante</b>."})
    return build_pack(source, folder / "words.zim").pack


@pytest.fixture
async def ours(aiohttp_client: AiohttpClient, tmp_path: Path, words: Path) -> Client:
    return await aiohttp_client(app_of(tmp_path, words))


def attributes(page: Html, selector: str, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(node.attributes.get(name) for name in names) for node in page.css(selector)]


class TestAPackOfOurs:
    async def test_the_film_is_played_with_its_poster(self, ours: Client) -> None:
        page = await html(ours, FILM, "fr")

        assert "Se laver les mains" == page.css_first("h1").text()
        [(source, poster, label)] = attributes(page, "video", "src", "poster", "aria-label")
        assert ("/raw/first-words/content/film/washing.webm", "Se laver les mains") == (source, label)
        assert 200 == (await ours.get(str(poster))).status

    @pytest.mark.parametrize(("language", "on"), [("fr", ["fr"]), ("ar", []), ("sw,fr;q=0.5", ["fr"]), ("sw", [])])
    async def test_subtitles_in_the_visitors_language_are_on(self, ours: Client, language: str, on: list[str]) -> None:
        """The film speaks Arabic, so that who reads Arabic needs none."""
        page = await html(ours, FILM, language)

        assert ["ar", "fr"] == [code for (code,) in attributes(page, "track", "srclang")]
        assert on == [code for (code,) in attributes(page, "track[default]", "srclang")]

    @pytest.mark.parametrize(("language", "order"), [("fr", ["fr", "ar"]), ("ar", ["ar", "fr"])])
    async def test_words_are_in_the_visitors_language_first(
        self, ours: Client, language: str, order: list[str]
    ) -> None:
        page = await html(ours, FILM, language)

        assert order == [code for (code,) in attributes(page, ".said", "lang")]
        assert 1 == len(page.css("details .said"))

    async def test_words_have_their_seconds(self, ours: Client) -> None:
        page = await html(ours, FILM, "fr")

        assert ["0:01 Du savon"] == texts(page, ".said[lang=fr] p")
        assert [("?t=1", "1")] == attributes(page, ".said[lang=fr] a", "href", "data-go")
        assert [("1", "t=1"), ("1", None)] == attributes(page, ".said span", "data-t", "id")

    async def test_other_words_can_come_first(self, ours: Client) -> None:
        page = await html(ours, f"{FILM}?words=ar", "fr")

        assert ["ar", "fr"] == [code for (code,) in attributes(page, ".said", "lang")]
        assert "?words=ar&t=1" == page.css_first(".said a").attributes["href"]

    async def test_a_second_in_the_address_is_where_it_starts(self, ours: Client) -> None:
        assert [("/raw/first-words/content/film/washing.webm#t=95",)] == attributes(
            await html(ours, f"{FILM}?t=95"), "video", "src"
        )

    async def test_one_goes_on_where_one_stopped(self, ours: Client) -> None:
        place = {"kind": "film", "pack": "first-words", "path": "film/washing.webm", "at": "205.4", "of": "600"}
        assert 204 == (await ours.post("/progress", data=place, headers=sent_by(ours))).status

        page = await html(ours, FILM)

        assert "/raw/first-words/content/film/washing.webm#t=205" == page.css_first("video").attributes["src"]
        assert [("?t=205", "205"), ("?t=0", "0")] == attributes(page, ".resume a", "href", "data-go")
        assert "Go on at 3:25" == texts(page, ".resume a")[0]

    async def test_what_comes_next_and_what_else_there_is(self, ours: Client) -> None:
        page = await html(ours, FILM, "fr")

        assert [("/watch/first-words/song.mp3",)] == attributes(page, ".next a", "href")
        assert [] == page.css(".others a")
        assert [("/watch/first-words/film/washing.webm",)] == attributes(
            await html(ours, "/watch/first-words/song.mp3"), ".others a", "href"
        )

    async def test_a_sound_has_what_was_written_of_it(self, ours: Client) -> None:
        page = await html(ours, "/watch/first-words/song.mp3", "fr")

        assert [("/raw/first-words/content/song.mp3",)] == attributes(page, "audio", "src")
        assert ["Une hirondelle.", "Elle <b>chante</b>."] == texts(page, ".said p")

    async def test_its_page_in_the_pack_leads_to_it(self, ours: Client) -> None:
        answer = await ours.get("/watch/first-words/film/washing.html?t=3", allow_redirects=False)

        assert (302, f"{FILM}?t=3") == (answer.status, answer.headers["Location"])

    async def test_a_document_is_read_elsewhere(self, ours: Client) -> None:
        answer = await ours.get("/watch/first-words/books/guide.pdf", allow_redirects=False)

        assert (302, "/read/first-words/books/guide.pdf") == (answer.status, answer.headers["Location"])

    @pytest.mark.parametrize("path", ["nowhere.mp4", "", "index.fr.html", "%00", "%ff", "film/washing.fr.vtt"])
    async def test_what_is_no_film_is_a_page_with_a_way_home(self, ours: Client, path: str) -> None:
        answer = await ours.get(f"/watch/first-words/{path}")

        assert (404, True) == (answer.status, 'href="/"' in await answer.text())


class TestAnyPack:
    async def test_a_film_and_what_lies_beside_it(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        entries: dict[str, tuple[str, str | bytes]] = {
            "v/le_puits.mp4": ("video/mp4", b"film"),
            "v/le_puits.fr.vtt": ("text/vtt", VTT),
            "v/le_puits.vtt": ("text/vtt", VTT),
        }
        client = await aiohttp_client(app_of(tmp_path / "box", make_zim(tmp_path / "any.zim", entries)))

        page = await html(client, "/watch/any/v/le_puits.mp4", "fr")

        assert "le puits" == page.css_first("h1").text()
        assert ["en", "fr"] == sorted(str(code) for (code,) in attributes(page, "track", "srclang"))
        assert [("fr",)] == attributes(page, "track[default]", "srclang")
        assert ["0:01 A heron", "1:35 stands"] == texts(page, ".said[lang=fr] p")

    @pytest.mark.parametrize(
        "items",
        [
            "[]",
            '{"format": 1, "items": [{"path": "gone.mp4", "kind": "film", "title": {}, "page": "film.html"}]}',
            HOSTILE,
            '{"format": 1, "items": [{"path": "film.mp4", "kind": "film", "title": {}, "duration": 1e7, "date": "<"}]}',
        ],
    )
    async def test_whatever_a_list_says_the_film_is_played(
        self, aiohttp_client: AiohttpClient, tmp_path: Path, items: str
    ) -> None:
        entries: dict[str, tuple[str, str | bytes]] = {
            "_pack/items.json": ("application/json", items),
            "film.mp4": ("video/mp4", b"film"),
            "film.html": ("text/html", "<title>x</title>"),
        }
        client = await aiohttp_client(app_of(tmp_path / "box", make_zim(tmp_path / "any.zim", entries)))

        page = await html(client, "/watch/any/film.mp4")

        assert [("/raw/any/content/film.mp4",)] == attributes(page, "video", "src")
        assert [] == [
            node for node in page.css("script") if not (node.attributes.get("src") or "").startswith("/static")
        ]
        assert 404 == (await client.get("/watch/any/gone.mp4")).status

    async def test_long_words_in_other_languages_have_pages_of_their_own(
        self, aiohttp_client: AiohttpClient, tmp_path: Path
    ) -> None:
        cues = "\n\n".join(
            f"{n // 60:02}:{n % 60:02}.0 --> {n // 60:02}:{n % 60:02}.9\n{n} " + "word " * 9 for n in range(900)
        )
        entries: dict[str, tuple[str, str | bytes]] = {"film.mp4": ("video/mp4", b"film")}
        entries |= {f"film.{code}.vtt": ("text/vtt", f"WEBVTT\n\n{cues}\n") for code in ("ar", "fr", "sw")}
        client = await aiohttp_client(app_of(tmp_path / "box", make_zim(tmp_path / "any.zim", entries)))

        page = await html(client, "/watch/any/film.mp4", "fr")

        assert [("fr",)] == attributes(page, ".said", "lang")
        assert [("?words=ar", "ar"), ("?words=sw", "sw")] == attributes(page, ".other-words a", "href", "lang")
        assert [("sw",)] == attributes(await html(client, "/watch/any/film.mp4?words=sw", "fr"), ".said", "lang")

    async def test_subtitles_that_are_none_cost_themselves(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        entries: dict[str, tuple[str, str | bytes]] = {
            "film.mp4": ("video/mp4", b"film"),
            "film.fr.vtt": ("text/vtt", b"\x00\xff" * 5000),
            "film.ar.vtt": ("text/vtt", "WEBVTT\n\n" + "x" * 2_000_000),
        }
        client = await aiohttp_client(app_of(tmp_path / "box", make_zim(tmp_path / "any.zim", entries)))

        page = await html(client, "/watch/any/film.mp4", "fr")

        assert (1, 2, 0) == (len(page.css("video")), len(page.css("track")), len(page.css(".words")))


@pytest.mark.parametrize(
    ("header", "cookie", "own"),
    [
        ("rn,fr;q=0.5", "", ("rn", "fr")),
        ("rn", "", ("rn", "en")),
        ("fr", "ar", ("ar", "fr")),
        ("", "", ("en",)),
    ],
)
def test_a_visitors_own_language_goes_before_the_interfaces(header: str, cookie: str, own: tuple[str, ...]) -> None:
    headers = {"Accept-Language": header} | ({"Cookie": f"language={cookie}"} if cookie else {})

    assert own == own_languages(make_mocked_request("GET", "/", headers=headers))
