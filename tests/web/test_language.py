"""The language of the interface: found, chosen, and complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from pytest_aiohttp.plugin import AiohttpClient

import ideascube
from ideascube.web.i18n import LANGUAGES, translations
from ideascube.web.language import local_path
from tests.web.library import app_with, described
from tests.web.reading import Client, html, sent_by, texts

PACKAGE = Path(ideascube.__file__).parent


class TestLanguage:
    @pytest.fixture
    async def client(self, aiohttp_client: AiohttpClient, tmp_path: Path) -> Client:
        return await aiohttp_client(app_with(tmp_path, described("a", languages=("ar",))))

    @pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
    async def test_it_is_the_browsers(self, client: Client, language: str, direction: str) -> None:
        page = await html(client, "/", f"de, {language}-XX;q=0.9")

        assert page.css_first("html").attributes == {"lang": language, "dir": direction}

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

    async def test_languages_are_named_in_themselves(self, client: Client) -> None:
        assert texts(await html(client, "/"), ".languages button") == ["English", "Français", "العربية"]

    async def test_a_form_from_elsewhere_changes_nothing(self, client: Client) -> None:
        answer = await client.post("/language", data={"lang": "ar"}, headers={"Origin": "http://a.example"})

        assert answer.status == 403
        assert "Set-Cookie" not in answer.headers

    @pytest.mark.parametrize("form", [{}, {"lang": "xx"}, {"lang": "../../etc"}])
    async def test_another_language_is_refused(self, client: Client, form: dict[str, str]) -> None:
        assert (await client.post("/language", data=form, headers=sent_by(client))).status == 400

    @pytest.mark.parametrize(
        "path", ["//a.example", "/\\a.example", "https://a.example/", "", "x", "/a\r\nb", "/\t/a.example", "/\\/a"]
    )
    def test_no_way_back_leads_elsewhere(self, path: str) -> None:
        assert local_path(path) == "/"


FOUND = {
    message
    for files, method in (("web/**.py", "python"), ("templates/**.html", "jinja2.ext.babel_extract"))
    for _, _, message, _, _ in extract_from_dir(PACKAGE, [(files, method)], keywords={"_": None, "ngettext": (1, 2)})
}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
class TestTranslations:
    def test_every_word_of_the_interface_is_translated(self, language: str) -> None:
        catalogue = read(language)
        missing = [message for message in FOUND if message not in catalogue or not all_forms(catalogue, message)]

        assert len(FOUND) > 50
        assert missing == []

    def test_nothing_is_translated_that_nobody_shows(self, language: str) -> None:
        assert {message.id for message in read(language) if message.id} - FOUND == set()

    def test_what_is_filled_in_is_the_same(self, language: str) -> None:
        errors = [str(error) for message in read(language) if message.id for error in message.check(read(language))]

        assert errors == []


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "لا عناوين"), (1, "عنوان واحد"), (2, "عنوانان"), (7, "7 عناوين"), (11, "11 عنوانًا"), (100, "100 عنوان")],
)
def test_arabic_counts_as_arabic_does(number: int, words: str) -> None:
    form = translations("ar").ngettext("%(num)d title", "%(num)d titles", number)

    assert words == form % {"num": number}


def read(language: str) -> Catalog:
    with (PACKAGE / "locale" / language / "LC_MESSAGES" / "ideascube.po").open("rb") as file:
        return read_po(file, locale=language)


def all_forms(catalogue: Catalog, message: str | tuple[str, ...]) -> bool:
    found = catalogue[message]
    assert found is not None
    forms = found.string if isinstance(found.string, tuple) else (found.string,)
    return not found.fuzzy and all(forms) and (isinstance(message, str) or len(forms) == catalogue.num_plurals)
