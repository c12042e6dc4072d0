"""Writing without scripts: what is typed is kept, whatever is pressed, and goes out when it is complete."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_aiohttp.plugin import AiohttpClient
from selectolax.lexbor import LexborHTMLParser as Html

from ideascube.people.rights import Role
from tests.support.apps import app_of
from tests.support.staff import SignedIn, sign_in
from tests.web.reading import Client
from tests.writing.writers import GOOD, Form, begin, follow, open_form, picture, send


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, tmp_path: Path) -> Client:
    return await aiohttp_client(app_of(tmp_path))


@pytest.fixture
async def amina(client: Client) -> SignedIn:
    return await sign_in(client)


async def test_an_article_is_written_saved_and_published(client: Client, amina: SignedIn) -> None:
    address = await begin(amina)
    form = await open_form(amina, address)
    saved = await follow(amina, await send(amina, address, form, **GOOD))
    published = await follow(amina, await send(amina, address, saved, "publish"))
    read = Html(await (await client.get(address.replace("/staff/write", "/items"))).text())

    assert "Saved." in saved.page.text()
    assert GOOD["text"] == saved.value("text")
    assert "Published." in published.page.text()
    assert "Boire sans danger" == read.css_first("h1").text()
    assert ["Faire bouillir"] == [each.text() for each in read.css(".body h2")]


async def test_what_is_missing_is_said_beside_its_field_and_all_that_was_typed_comes_back(amina: SignedIn) -> None:
    address = await begin(amina)
    answer = await send(amina, address, await open_form(amina, address), "publish", text="Il *pleut*.", author="Hamid")
    form = Form.of(await answer.text())

    assert answer.status == 422
    assert "title" in form.problem("title")
    assert "people" in form.problem("consent")
    assert ("Il *pleut*.", "Hamid") == (form.value("text"), form.value("author"))


@pytest.mark.parametrize("button", ["save", "preview", "add"])
async def test_what_no_creation_can_hold_is_said_beside_its_field(amina: SignedIn, button: str) -> None:
    """And not taken for a box that has no time, which would never have any."""
    address = await begin(amina)
    answer = await send(amina, address, await open_form(amina, address), button, title="x" * 201, text="Il pleut.")
    form = Form.of(await answer.text())

    assert answer.status == 422
    assert "at most 200" in form.problem("title")
    assert "Il pleut." == form.value("text")


async def test_a_version_of_which_the_number_is_none(amina: SignedIn) -> None:
    address = await begin(amina)

    assert 200 == (await amina.get(f"{address}/preview?version=²")).status


async def test_a_contributor_sends_it_and_does_not_publish(client: Client) -> None:
    basma = await sign_in(client, Role.CONTRIBUTOR, "Basma")
    address = await begin(basma)
    form = await open_form(basma, address)

    refused = Form.of(await (await send(basma, address, form, "publish", **GOOD)).text())
    sent = await follow(basma, await send(basma, address, refused, "submit"))

    assert form.page.css_first("button[value=publish]") is None
    assert "You may not do this" in refused.page.css_first(".notice.bad").text()
    assert GOOD["text"] == refused.value("text")
    assert "Sent. A mediator will look at it." in sent.page.text()


async def test_a_picture_is_put_into_the_text_and_what_was_typed_stays(amina: SignedIn) -> None:
    address = await begin(amina)
    form = await open_form(amina, address)
    answer = await send(amina, address, form, "add", ("file", picture(), "../tap.jpg"), **GOOD)
    with_picture = await follow(amina, answer)

    text, figure = with_picture.value("text").rsplit("\n\n", 1)
    assert GOOD["text"] == text
    assert figure.startswith("![](/media/")
    assert figure.endswith("/main.jpg)")
    assert "Boire sans danger" == with_picture.value("title")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Choose a file first."), (b"<html><script>", "is a web page"), (b"MZ\x90", "is a program")],
)
async def test_a_file_that_is_none_is_refused_beside_its_field(amina: SignedIn, content: bytes, said: str) -> None:
    address = await begin(amina)
    answer = await send(amina, address, await open_form(amina, address), "add", ("file", content, "a.jpg"), **GOOD)
    form = Form.of(await answer.text())

    assert said in form.problem("file")
    assert GOOD["text"] == form.value("text")


async def test_a_file_without_which_a_film_is_nothing(amina: SignedIn) -> None:
    address = await begin(amina, "picture")
    refused = Form.of(await (await send(amina, address, await open_form(amina, address), "publish", **GOOD)).text())
    form = await follow(amina, await send(amina, address, refused, "add-main", ("main-file", picture(), "tap.jpg")))
    published = await send(amina, address, form, "publish")

    assert "file" in refused.problem("main-file")
    assert "main" == form.value("use").split()[0]
    assert "done=publish" in published.headers["Location"]


async def test_the_preview_is_of_what_was_typed_and_leads_back_to_it(amina: SignedIn) -> None:
    address = await begin(amina)
    saved = await follow(amina, await send(amina, address, await open_form(amina, address), **GOOD))
    first = await send(amina, address, saved, "preview", text="Eins.")
    second = await send(amina, address, saved, "preview", text="Zwei.")
    page = Html(await (await amina.get(second.headers["Location"])).text())
    back = await open_form(amina, page.css_first(".preview a").attributes["href"] or "")

    assert first.headers["Location"] == second.headers["Location"]
    assert "Zwei." == page.css_first(".body").text().strip()
    assert "Zwei." == back.value("text")
    assert GOOD["text"] == (await open_form(amina, address)).value("text")


async def test_titles_in_other_languages_come_and_go(amina: SignedIn) -> None:
    address = await begin(amina)
    words = {"words_language": "ar", "words_title": "الماء", "words_summary": "عن الماء"}
    form = await follow(amina, await send(amina, address, await open_form(amina, address), **GOOD, **words))
    empty = await follow(amina, await send(amina, address, form, words_language="ar", words_title="", words_summary=""))

    assert [("ar", "الماء"), ("", "")] == pairs_of(form)
    assert [("", "")] == pairs_of(empty)


async def test_a_language_that_no_list_has(amina: SignedIn) -> None:
    address = await begin(amina)
    form = await open_form(amina, address)

    known = await follow(amina, await send(amina, address, form, language="other", other_language="hag_latn", **GOOD))
    unknown = await follow(amina, await send(amina, address, known, language="other", other_language="no language"))

    assert ("hag-Latn", "Boire sans danger") == (known.value("language"), known.value("title"))
    assert "hag-Latn" == unknown.value("language")


async def test_it_is_published_later_by_the_clock_of_the_box(amina: SignedIn) -> None:
    address = await begin(amina)
    form = await open_form(amina, address)
    without = Form.of(await (await send(amina, address, form, "schedule", **GOOD)).text())
    later = await follow(amina, await send(amina, address, without, "schedule", day="2999-01-31", hour="07:30"))

    assert "day" in without.problem("day")
    assert ("2999-01-31", "07:30") == (later.value("day"), later.value("hour"))
    assert "Will be published" in later.page.css_first(".kicker").text()


async def test_a_translation_is_linked_and_shows_the_original(amina: SignedIn) -> None:
    address = await begin(amina)
    await send(amina, address, await open_form(amina, address), **GOOD)
    first = await amina.post(f"{address}/translate", language="ar")
    again = await amina.post(f"{address}/translate", language="ar")
    translation = await open_form(amina, first.headers["Location"])

    assert first.headers["Location"].partition("?")[0] == again.headers["Location"]
    assert "une minute" in translation.page.css_first(".original").text()
    assert ("ar", "", "") == tuple(map(translation.value, ("language", "title", "text")))


async def test_a_sheet_begins_with_headings_in_its_own_language(amina: SignedIn) -> None:
    texts = [(await open_form(amina, await begin(amina, "sheet", code))).value("text") for code in ("en", "hag")]

    assert ["## What it is for", "## What you need", "## Step by step", "## What to watch out for"] == texts[0].split(
        "\n\n"
    )
    assert "" == texts[1]


async def test_an_old_version_comes_back_and_nothing_is_lost(amina: SignedIn) -> None:
    address = await begin(amina)
    first = await follow(amina, await send(amina, address, await open_form(amina, address), **GOOD))
    await send(amina, address, first, text="Bouillir l’eau tue les **microbes**.")
    changed = Html(await (await amina.get(f"{address}/versions/3")).text())
    returned = await follow(amina, await amina.post(f"{address}/versions/2"))
    listed = Html(await (await amina.get(f"{address}/versions")).text())

    assert "microbes" in " ".join(each.text() for each in changed.css(".changes ins"))
    assert GOOD["text"] == returned.value("text")
    assert 4 == len(listed.css(".versions li"))
    assert 404 == (await amina.get(f"{address}/versions/77")).status


async def test_what_nobody_wants_is_thrown_away_once_one_was_asked(amina: SignedIn) -> None:
    address = await begin(amina)
    asked = await amina.get(f"{address}/erase")
    await amina.post(f"{address}/erase")
    await amina.post(f"{address}/erase")

    assert "Nobody can bring it back" in await asked.text()
    assert 404 == (await amina.get(address)).status


async def test_others_see_what_they_may(client: Client, amina: SignedIn) -> None:
    basma = await sign_in(client, Role.CONTRIBUTOR, "Basma")
    mine, hers = await begin(amina), await begin(basma)

    assert 403 == (await basma.get(mine)).status
    assert 403 == (await send(basma, mine, await open_form(amina, mine))).status
    assert 200 == (await amina.get(hers)).status
    assert 303 == (await client.get(mine, allow_redirects=False)).status


def pairs_of(form: Form) -> list[tuple[str, str]]:
    names = [value for name, value in form.fields if name == "words_language"]
    return [*zip(names, [value for name, value in form.fields if name == "words_title"], strict=True)]
