"""The language of the interface: found and chosen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_aiohttp.plugin import AiohttpClient
from selectolax.lexbor import LexborHTMLParser as Html

from ideascube.web.i18n import LANGUAGES, is_draft, translations
from ideascube.web.language import local_path
from tests.web.library import app_with, described
from tests.web.reading import Client, html, sent_by, texts

DRAFT_LINE = (
    "Nobody has checked this translation yet. If something is wrong, please tell the person who looks after the box."
)


class TestLanguage:
    @pytest.fixture
    async def client(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> Client:
        return await aiohttp_client(app_with(tmp_path, described("a", languages=("ar",))))

    @pytest.mark.parametrize(
        ("asked", "language", "direction"),
        [
            ("en-US", "en", "ltr"),
            ("fr-CA", "fr", "ltr"),
            ("ar-SD", "ar", "rtl"),
            ("fa-AF", "fa", "rtl"),
            ("prs", "fa", "rtl"),
            ("ps", "ps", "rtl"),
            ("ku-TR", "ku", "ltr"),
            ("kmr-Latn-TR", "ku", "ltr"),
            ("swc", "sw", "ltr"),
            ("es-419", "es", "ltr"),
            ("ti-ER", "ti", "ltr"),
            ("ckb-IQ", "en", "ltr"),
            ("ku-Arab-IQ", "en", "ltr"),
        ],
    )
    async def test_it_is_the_browsers(self, client: Client, asked: str, language: str, direction: str) -> None:
        answer = await client.get("/", headers={"Accept-Language": f"de, {asked};q=0.9"})
        page = Html(await answer.text())

        assert page.css_first("html").attributes == {"lang": language, "dir": direction}
        assert answer.headers["Content-Language"] == language

    async def test_the_visitor_can_choose_another(self, client: Client) -> None:
        page = await html(client, "/library?kind=film")
        form = page.css_first("form.languages")
        back = form.css_first("input[name=back]").attributes["value"]
        answer = await client.post(
            form.attributes["action"], data={"lang": "ar", "back": back}, headers=sent_by(client), allow_redirects=False
        )

        assert answer.status == 303
        assert answer.headers["Location"] == "/library?kind=film"
        assert re.search(r"HttpOnly; Max-Age=\d{8}; Path=/; SameSite=Lax", answer.headers["Set-Cookie"])
        assert (await html(client, "/")).css_first("html").attributes["dir"] == "rtl"

    async def test_languages_are_named_in_themselves_beside_their_icon(self, client: Client) -> None:
        page = await html(client, "/", "sw")
        named = {node.attributes["lang"]: node.text() for node in page.css(".languages button")}

        assert {"fr": "Français", "ar": "العربية", "fa": "فارسی / دری", "my": "မြန်မာ"}.items() <= named.items()
        assert list(named) == list(LANGUAGES)
        assert page.css_first(".choose-language summary").text().endswith("Kiswahili")
        assert page.css_first(".choose-language summary use").attributes["href"].endswith("#languages")

    @pytest.mark.parametrize("language", LANGUAGES)
    async def test_a_draft_says_that_it_is_one(self, client: Client, language: str) -> None:
        words = translations(language).gettext(DRAFT_LINE)
        page = await html(client, "/", language)

        assert is_draft(language) == (words in texts(page, "footer p"))

    async def test_a_form_from_elsewhere_changes_nothing(self, client: Client) -> None:
        answer = await client.post("/language", data={"lang": "ar"}, headers={"Origin": "http://a.example"})

        assert answer.status == 403
        assert "Set-Cookie" not in answer.headers

    @pytest.mark.parametrize("form", [{}, {"lang": "xx"}, {"lang": "../../etc"}])
    async def test_another_language_is_refused(self, client: Client, form: dict[str, str]) -> None:
        assert (await client.post("/language", data=form, headers=sent_by(client))).status == 400

    @pytest.mark.parametrize("header", ["no header", "Content-Disposition: form-data\r\nContent-Transfer-Encoding: x"])
    async def test_a_form_that_is_none_is_refused(self, client: Client, header: str) -> None:
        headers = sent_by(client) | {"Content-Type": "multipart/form-data; boundary=b"}
        body = f"--b\r\n{header}\r\n\r\nfr\r\n--b--\r\n"

        assert (await client.post("/language", data=body.encode(), headers=headers)).status == 400

    @pytest.mark.parametrize(
        "path", ["//a.example", "/\\a.example", "https://a.example/", "", "x", "/a\r\nb", "/\t/a.example", "/\\/a"]
    )
    def test_no_way_back_leads_elsewhere(self, path: str) -> None:
        assert local_path(path) == "/"
