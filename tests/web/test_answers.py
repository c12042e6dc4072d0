"""What holds for every page: its form, its headers, its errors; and the page about the internet."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urljoin

import pytest
import zstandard
from aiohttp import ClientError, web
from pytest_aiohttp.plugin import AiohttpClient
from selectolax.lexbor import LexborHTMLParser as Html

import ideascube
from tests.support.box import Box, request
from tests.web.library import app_with, apps_with
from tests.web.reading import Client, html, sent_by, texts

PAGES = ["/", "/library", "/packs/safe-water", "/search", "/search?q=water", "/external?url=http://a.example/", "/no"]


class TestAnswers:
    """What holds for every page."""

    @pytest.mark.parametrize("path", PAGES)
    def test_a_page_is_complete_and_quiet(self, demo: Box, path: str) -> None:
        answer = demo.get(path)
        page = Html(answer.body)

        assert len(page.css("h1")) == len(page.css("main")) == len(page.css("footer")) == 1
        assert page.css("[style], style, script:not([src]), [onclick], [onload]") == []
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert page.css_first("a.skip").attributes["href"] == "#content"
        assert list(unlabelled(page)) == []
        assert len({node.attributes["id"] for node in page.css("[id]")}) == len(page.css("[id]"))

    def test_every_link_of_the_demo_s_pages_leads_somewhere(self, demo: Box) -> None:
        for path in PAGES:
            links = {link.attributes["href"] for link in Html(demo.get(path).body).css("main a, header a")}
            there = {link: request(urljoin(demo.url, link)).status for link in links if not link.startswith("#")}

            assert {link: status for link, status in there.items() if status not in (200, 302)} == {}

    def test_codings_hold_the_same_page(self, demo: Box) -> None:
        plain, zipped, squeezed = (demo.get("/library", Accept_Encoding=name) for name in ("", "gzip", "zstd"))

        assert gzip.decompress(zipped.body) == plain.body
        assert zstandard.ZstdDecompressor().decompressobj().decompress(squeezed.body) == plain.body
        assert len({answer.headers["ETag"] for answer in (plain, zipped, squeezed)}) == 3

    def test_a_page_that_has_not_changed_is_not_sent_again(self, demo: Box) -> None:
        first = demo.get("/", Accept_Encoding="gzip")
        again = demo.get("/", Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
        in_french = demo.get("/", Accept_Encoding="gzip", Accept_Language="fr", If_None_Match=first.headers["ETag"])

        assert (again.status, again.body) == (304, b"")
        assert in_french.status == 200
        assert "Accept-Language" in first.headers["Vary"]

    def test_head_has_no_body(self, demo: Box) -> None:
        answer = request(demo.url + "/", "HEAD")

        assert (answer.status, answer.body) == (200, b"")
        assert int(answer.headers["Content-Length"]) == len(demo.get("/").body)

    def test_static_files_are_kept_for_ever_at_addresses_of_their_content(self, demo: Box) -> None:
        style = Html(demo.get("/").body).css_first("link[rel=stylesheet]").attributes["href"]
        answer = demo.get(style, Accept_Encoding="gzip")

        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert len(answer.body) < 8 * 1024
        assert demo.get(re.sub(r"\.[0-9a-f]+\.", ".0000000000.", style)).status == 404

    def test_the_style_knows_no_left_and_right(self, demo: Box) -> None:
        style = demo.get(Html(demo.get("/").body).css_first("link[rel=stylesheet]").attributes["href"]).text

        assert re.findall(r"(?:margin|padding|border|text-align)[^;{]*\b(?:left|right)\b", style) == []


def unlabelled(page: Html) -> Iterator[str]:
    """Fields, pictures and links of which a screen reader could say nothing."""
    for field in page.css("input:not([type=hidden]), select"):
        label = page.css_first(f"label[for={field.attributes['id']}]") if "id" in field.attributes else None
        if label is None and not any(field in label.css("select") for label in page.css("label")):
            yield field.html or ""
    yield from (image.html or "" for image in page.css("img:not([alt])"))
    yield from (link.html or "" for link in page.css("a, button") if not link.text().strip())


class TestErrors:
    async def test_they_are_pages_in_the_readers_language(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        client = await aiohttp_client(app_with(tmp_path))
        page = await html(client, "/nowhere", "ar")

        assert texts(page, "h1") == ["هذه الصفحة ليست هنا"]
        assert "/" in [link.attributes["href"] for link in page.css("main a")]

    def test_on_a_pack_s_origin_they_lead_home_and_may_stand_in_a_frame(self, demo: Box) -> None:
        answer = demo.content("/content/safe-water/nowhere.html", Accept_Language="fr")
        page = Html(answer.body)

        assert answer.status == 404
        assert texts(page, "h1") == ["Cette page n’est pas ici"]
        assert [link.attributes["href"] for link in page.css("main a")] == ["/box/", "/box/search"]
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in answer.headers
        assert demo.content("/box/").headers["Location"] == demo.url + "/"

    async def test_what_nobody_foresaw_is_a_page_too(
        self, aiohttp_client: AiohttpClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        async def crash(request: web.Request) -> web.Response:
            raise ZeroDivisionError("a secret")

        app, content = apps_with(tmp_path)
        for each in (app, content):
            each.router.add_get("/crash", crash)
            answer = await (await aiohttp_client(each)).get("/crash")

            assert answer.status == 500
            assert "It is not your fault" in await answer.text()
            assert "secret" not in await answer.text()
            assert "ZeroDivisionError: a secret" in caplog.text

    async def test_half_an_answer_is_cut_off(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        async def break_off(request: web.Request) -> web.StreamResponse:
            answer = web.StreamResponse()
            answer.content_length = 100
            await answer.prepare(request)
            await answer.write(b"half")
            raise OSError("the card was pulled out")

        app = app_with(tmp_path)
        app.router.add_get("/half", break_off)
        client = await aiohttp_client(app)
        answer = await client.get("/half")

        with pytest.raises(ClientError, match=r"Connection|payload"):
            await answer.read()

    @pytest.mark.parametrize("path", ["/suggest", "/search?format=json&q=x", "/catalog/v2/none", "/raw/none/content/x"])
    async def test_programs_get_a_line_of_text(self, aiohttp_client: AiohttpClient, tmp_path: Path, path: str) -> None:
        client = await aiohttp_client(app_with(tmp_path))
        answer = await client.get(path)

        assert answer.content_type in ("text/plain", "application/json")
        assert "<" not in await answer.text()

    async def test_a_wrong_method_says_which_are_right(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> None:
        client = await aiohttp_client(app_with(tmp_path))
        answer = await client.delete("/library", headers=sent_by(client))

        assert answer.status == 405
        assert "GET" in answer.headers["Allow"]


class TestExternal:
    @pytest.fixture
    async def client(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> Client:
        return await aiohttp_client(app_with(tmp_path))

    async def test_the_address_is_kept_as_text_and_code(self, client: Client) -> None:
        page = await html(client, "/external?" + urlencode({"url": "https://a.example/?b=1&c=<i>", "back": "/library"}))

        assert texts(page, "code") == ["https://a.example/?b=1&c=<i>"]
        assert len(page.css("svg.qr")) == 1
        assert [link.attributes["href"] for link in page.css("main a")] == ["/library", "/"]

    async def test_a_long_address_has_no_code(self, client: Client) -> None:
        page = await html(client, "/external?" + urlencode({"url": "https://a.example/" + "x" * 2000}))

        assert len(texts(page, "code")[0]) == 2018
        assert page.css("svg.qr") == []

    @pytest.mark.parametrize(
        "url", ["", "javascript:alert(1)", "file:///etc/passwd", "http://", "http://[", "/library"]
    )
    async def test_what_is_no_web_address_is_refused(self, client: Client, url: str) -> None:
        assert (await client.get("/external", params={"url": url})).status == 400


STYLE = (Path(ideascube.__file__).parent / "static" / "style.css").read_text()
DARK = STYLE[STYLE.index("prefers-color-scheme: dark") :]


@pytest.mark.parametrize("scheme", [STYLE, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "soft", "link", "warm"])
@pytest.mark.parametrize("ground", ["paper", "sheet"])
def test_text_can_be_read_by_weak_eyes(scheme: str, ink: str, ground: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    lighter, darker = sorted((luminance(scheme, ink), luminance(scheme, ground)), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(scheme: str, name: str) -> float:
    """Relative luminance as WCAG defines it, of one of the style's colours."""
    code = re.search(rf"--{name}: #([0-9a-f]+);", scheme)
    assert code
    digits = code[1] if len(code[1]) == 6 else "".join(digit * 2 for digit in code[1])
    parts = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
