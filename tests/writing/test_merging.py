"""Two mediators at one article: neither loses text, and neither finds it changed without being told."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_aiohttp.plugin import AiohttpClient
from selectolax.lexbor import LexborHTMLParser as Html

from ideascube.creations.cleaning import clean_body
from ideascube.creations.model import Consent, Fields, Words
from ideascube.writing.conflicts import decided, questions
from tests.support.apps import app_of
from tests.support.staff import SignedIn, sign_in
from tests.writing.writers import GOOD, begin, follow, open_form, send

TEXT = "One.\n\nTwo.\n\nThree."


@pytest.fixture
async def both(aiohttp_client: AiohttpClient, tmp_path: Path) -> tuple[SignedIn, SignedIn, str]:
    """Amina and Hamid, and the address of an article that both may change."""
    client = await aiohttp_client(app_of(tmp_path))
    amina, hamid = await sign_in(client), await sign_in(client, name="Hamid")
    address = await begin(amina)
    await send(amina, address, await open_form(amina, address), **{**GOOD, "text": TEXT})
    return amina, hamid, address


async def test_changes_in_different_places_are_put_together(both: tuple[SignedIn, SignedIn, str]) -> None:
    amina, hamid, address = both
    hers, his = await open_form(amina, address), await open_form(hamid, address)
    await send(hamid, address, his, text=TEXT.replace("One.", "One, by Hamid."))
    merged = await follow(
        amina, await send(amina, address, hers, text=TEXT.replace("Three.", "Three, by Amina."), title="New")
    )
    changed = Html(await (await amina.get(merged.page.css_first("a[href*=since]").attributes["href"] or "")).text())

    assert "One, by Hamid.\n\nTwo.\n\nThree, by Amina." == merged.value("text")
    assert "New" == merged.value("title")
    assert "what both of you changed is in it" in merged.page.text()
    assert "One, by Hamid." == changed.css_first(".changes ins").text()


async def test_who_changed_the_same_place_chooses(both: tuple[SignedIn, SignedIn, str]) -> None:
    amina, hamid, address = both
    hers, his = await open_form(amina, address), await open_form(hamid, address)
    await send(hamid, address, his, text=TEXT.replace("Two.", "Two, by Hamid."), title="His")
    answer = await send(amina, address, hers, text=TEXT.replace("Two.", "Two, by Amina."), title="Hers")
    asked = Html(await (await amina.get(answer.headers["Location"])).text())
    fields = {each.attributes["name"]: each.attributes["value"] for each in asked.css(".form input[type=hidden]")}
    both_shown = [each.text().strip() for each in asked.css(".one-of-two")]
    stale = await amina.post(f"{address}/merge", **{**fields, "newest": "2"})
    saved = await follow(amina, await amina.post(f"{address}/merge", **fields, **{"choose-title.fr": "theirs"}))

    assert ["His", "Hers", "Two, by Hamid.", "Two, by Amina."] == both_shown
    assert "Hamid" in asked.css_first(".lead").text()
    assert "/merge?" in stale.headers["Location"]
    assert "One.\n\nTwo, by Hamid.\n\nTwo, by Amina.\n\nThree." == saved.value("text")
    assert "His" == saved.value("title")


async def test_nothing_is_published_that_nobody_has_seen(both: tuple[SignedIn, SignedIn, str]) -> None:
    amina, hamid, address = both
    hers, his = await open_form(amina, address), await open_form(hamid, address)
    await send(hamid, address, his, text=TEXT.replace("One.", "One, by Hamid."))
    answer = await send(amina, address, hers, "publish", text=TEXT.replace("Three.", "Three, by Amina."))
    asked = Html(await (await amina.get(answer.headers["Location"])).text())
    later = await open_form(amina, f"{address}?draft={hers.value('page')}")

    assert "both are put together" in asked.text()
    assert 404 == (await amina.get(address.replace("/staff/write", "/items"))).status
    assert "One.\n\nTwo.\n\nThree, by Amina." == later.value("text")


def said(body: str, title: str = "T", **more: object) -> Fields:
    paragraphs = clean_body("".join(f"<p>{each}</p>" for each in body.split()))
    return Fields(kind="article", language="en", texts={"en": Words(title)}, body=paragraphs, **more)  # type: ignore[arg-type]


def test_only_what_both_changed_is_asked() -> None:
    base = said("a b c")
    mine, theirs = said("a B c d", licence="CC0-1.0"), said("A β c", consent=Consent("given", "asked"))

    found = questions(base, mine, theirs)

    assert [("choose-body-1", "body")] == [(each.name, each.what) for each in found]
    assert said("A B c d", licence="CC0-1.0", consent=Consent("given", "asked")) == decided(
        base, mine, theirs, {"choose-body-1": "mine"}.__getitem__
    )
