"""What contributors send is looked at, answered once, and only as it was seen."""

from __future__ import annotations

from sqlite3 import Connection
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from selectolax.lexbor import LexborHTMLParser as Html

from ideascube.box_db.creations import load, load_shown, save_version
from ideascube.box_db.database import transaction
from ideascube.box_db.deeds import deeds
from ideascube.box_db.people import remove_account
from ideascube.box_db.people_sessions import end_all
from ideascube.box_db.reviews import reviews
from ideascube.creations.model import Consent, State
from ideascube.creations.states import Deed
from ideascube.people.deeds import CONTENT_DEEDS
from ideascube.people.rights import Person, Role
from tests.creations.making import do, fields
from tests.reviewing.conftest import sent
from tests.support.staff import SignedIn, sign_in
from tests.web.reading import texts

Client = TestClient[Any, Any]
ONE = {"version": 1}


@pytest.fixture
async def amina(client: Client) -> SignedIn:
    return await sign_in(client)


@pytest.fixture
async def basma(client: Client) -> SignedIn:
    return await sign_in(client, Role.CONTRIBUTOR, "Basma")


async def read(answer: ClientResponse) -> Html:
    return Html(await answer.text())


def change(box: Connection, creation: str, person: Person, **more: object) -> None:
    """Save it as its person does who writes on."""
    now = load(box, creation)
    assert now is not None
    with transaction(box):
        save_version(box, creation, now.version, fields("The hare", **more), person)


async def test_what_is_published_after_a_look_is_what_learners_read(client, box, amina, basma):
    hare = sent(box, basma.person)

    queue = await read(await amina.get("/staff/review"))
    assert ["The hare"] == texts(queue, ".made h2")
    answer = await amina.post(f"/staff/review/{hare}", answer="publish", **ONE)

    assert (303, "/staff/review?done=publish") == (answer.status, answer.headers["Location"])
    assert 200 == (await client.get(f"/items/{hare}")).status
    assert [] == texts(await read(await amina.get("/staff/review")), ".made h2")
    assert [("Amina", "published", "The hare")] == [(d.name, d.deed, d.about) for d in deeds(box, CONTENT_DEEDS)]


async def test_a_word_goes_back_and_what_is_sent_again_shows_what_changed(client, box, amina, basma):
    hare = sent(box, basma.person)
    await amina.post(f"/staff/review/{hare}", answer="return", word="Please add\nan ending.", **ONE)

    for path in ("/staff/mine", f"/staff/write/{hare}"):
        assert ["Please add an ending."] == texts(await read(await basma.get(path)), ".word-of p[dir]")
    change(box, hare, basma.person, body="<p>Boil it. The end.</p>")
    do(box, hare, Deed.SUBMIT)

    page = await read(await amina.get(f"/staff/review/{hare}"))
    assert ["The end."] == texts(page, ".since ins")
    assert ["Please add an ending."] == texts(page, ".before .word-of p[dir]")


@pytest.mark.parametrize("answer", ["return", "refuse"])
async def test_who_says_no_says_why(client, box, amina, basma, answer):
    hare = sent(box, basma.person)

    refused = await amina.post(f"/staff/review/{hare}", answer=answer, word=" \n ", **ONE)

    page = await read(refused)
    assert 400 == refused.status
    assert "word-problem" == page.css_first("#word").attributes["aria-describedby"].split()[-1]
    assert State.WAITING == load(box, hare).state


async def test_a_refusal_is_told_with_its_word(client, box, amina, basma):
    hare = sent(box, basma.person)
    await amina.post(f"/staff/review/{hare}", answer="refuse", word="This names people.", **ONE)

    page = await read(await basma.get("/staff/mine?state=refused"))
    assert ["Refused"] == texts(page, ".state")
    assert ["This names people."] == texts(page, ".word-of p[dir]")


async def test_what_changed_after_it_was_seen_is_not_published_unseen(client, box, amina, basma):
    hare = sent(box, basma.person)
    change(box, hare, basma.person, body="<p>Something else.</p>")

    answer = await amina.post(f"/staff/review/{hare}", answer="publish", word="Good", **ONE)

    page = await read(answer)
    assert 409 == answer.status
    assert "Something else." in page.css_first(".preview").text()
    assert ["2"] == [field.attributes["value"] for field in page.css("input[name=version]")]
    assert "Good" == page.css_first("#word").text().strip()
    assert load_shown(box, hare) is None


async def test_the_second_of_two_reviewers_is_told(client, box, amina, basma):
    hare = sent(box, basma.person)
    hamid = await sign_in(client, name="Hamid")
    await amina.post(f"/staff/review/{hare}", answer="publish", **ONE)

    late = await hamid.post(f"/staff/review/{hare}", answer="refuse", word="No", **ONE)

    assert 409 == late.status
    assert "Amina" in texts(await read(late), ".notice")[0]
    assert State.PUBLISHED == load(box, hare).state
    assert ["publish"] == [review.answer for review in reviews(box, hare)]


async def test_a_form_that_is_sent_twice_answers_once(client, box, amina, basma):
    hare = sent(box, basma.person)

    answers = [await amina.post(f"/staff/review/{hare}", answer="return", word="Again", **ONE) for _ in range(2)]

    assert [303, 303] == [answer.status for answer in answers]
    assert 1 == len(reviews(box, hare))


async def test_what_was_taken_back_cannot_be_published(client, box, amina, basma):
    hare = sent(box, basma.person)
    taken = await basma.post(f"/staff/mine/{hare}/take-back")

    answer = await amina.post(f"/staff/review/{hare}", answer="publish", **ONE)

    assert (303, "/staff/mine?done=back") == (taken.status, taken.headers["Location"])
    assert 409 == answer.status
    assert State.DRAFT == load(box, hare).state
    assert load_shown(box, hare) is None


async def test_who_is_shown_without_consent_is_not_published(client, box, amina, basma):
    hare = sent(box, basma.person, fields("A face", consent=Consent("missing")))

    page = await read(await amina.get(f"/staff/review/{hare}"))
    answer = await amina.post(f"/staff/review/{hare}", answer="publish", **ONE)

    assert [] == page.css("button[value=publish]")
    assert ["bad"] == [fact.attributes.get("class") for fact in page.css(".big-facts > div")][:1]
    assert 400 == answer.status
    assert State.WAITING == load(box, hare).state


async def test_it_is_published_later_at_a_time_to_come(client, box, amina, basma):
    hare = sent(box, basma.person)
    path, when = f"/staff/review/{hare}", {"day": "2031-05-04", "hour": "09:30"}

    past = await amina.post(path, answer="schedule", day="2020-01-01", hour="10:00", **ONE)
    none = await amina.post(path, answer="schedule", day="soon", hour="", **ONE)
    later = await amina.post(path, answer="schedule", **when, **ONE)

    assert [400, 400, 303] == [past.status, none.status, later.status]
    assert load(box, hare).publish_at > 1_900_000_000
    assert [] == texts(await read(await amina.get("/staff/review")), ".made h2")
    assert ["Will be published"] == texts(await read(await amina.get("/staff/all?state=scheduled")), ".state")


async def test_contributors_and_strangers_answer_nothing(client, box, amina, basma):
    hare = sent(box, basma.person)
    path = f"/staff/review/{hare}"

    forged = await client.post(path, data={"answer": "publish", "version": "1", "token": amina.token})
    without_token = await client.post(path, data={"answer": "publish", "version": "1"}, headers=amina.headers)
    own = await basma.post(path, answer="publish", **ONE)

    assert [403, 403, 403] == [forged.status, without_token.status, own.status]
    assert 403 == (await basma.get(path)).status
    assert State.WAITING == load(box, hare).state


async def test_who_was_removed_while_reviewing_publishes_nothing_and_gets_the_word_back(client, box, amina, basma):
    hare = sent(box, basma.person)
    with transaction(box):
        remove_account(box, amina.person.id)
        end_all(box, amina.person.id, "removed")

    answer = await amina.post(f"/staff/review/{hare}", answer="return", word="A long and careful word.", **ONE)

    assert 401 == answer.status
    assert "A long and careful word." in await answer.text()
    assert State.WAITING == load(box, hare).state


@pytest.mark.parametrize("fields_sent", [
    {}, {"answer": "erase", "version": 1}, {"answer": "publish"}, {"answer": "publish", "version": "1; DROP TABLE"},
    {"answer": "publish", "version": "9" * 400}, {"answer": "publish", "version": "-1"},
])  # fmt: skip
async def test_what_is_no_answer_is_refused_in_a_sentence(client, box, amina, basma, fields_sent):
    hare = sent(box, basma.person)

    answer = await amina.post(f"/staff/review/{hare}", **fields_sent)

    assert 400 == answer.status
    assert "Traceback" not in await answer.text()


@pytest.mark.parametrize("name", ["x", "a" * 10, "%00", "..%2f", "' OR 1=1", "{{7*7}}", "z" * 4000])
async def test_there_is_nothing_at_other_names(amina, name):
    for path in (f"/staff/review/{name}", f"/staff/mine/{name}/take-back"):
        assert 404 == (await amina.get(path)).status


async def test_what_is_written_anywhere_is_shown_as_it_was_written(client, box, amina, basma):
    hostile = "<script>alert(1)</script>{{7*7}}' OR 1=1 --"
    hare = sent(box, basma.person, fields(hostile, author=hostile, source=hostile, consent=Consent("given", hostile)))
    await amina.post(f"/staff/review/{hare}", answer="return", word=hostile, **ONE)

    for path in ("/staff/all", f"/staff/review/{hare}", f"/staff/mine/{hare}/take-back"):
        page = await (await amina.get(path)).text()
        assert "<script>alert" not in page
        assert "{{7*7}}" in page


async def test_what_learners_see_is_taken_back_once_asked(client, box, amina, basma):
    hare = sent(box, basma.person)
    await amina.post(f"/staff/review/{hare}", answer="publish", **ONE)

    asked = await read(await basma.get(f"/staff/mine/{hare}/take-back"))
    await basma.post(f"/staff/mine/{hare}/take-back")

    assert ["Take it back"] == texts(asked, "button.danger")
    assert 410 == (await client.get(f"/items/{hare}")).status
    assert ["withdrew", "published"] == [deed.deed for deed in deeds(box, CONTENT_DEEDS)]


async def test_nobody_takes_back_what_others_made(client, box, amina, basma):
    hare = sent(box, basma.person)
    await amina.post(f"/staff/review/{hare}", answer="publish", **ONE)
    bilal = await sign_in(client, Role.CONTRIBUTOR, "Bilal")

    answer = await bilal.post(f"/staff/mine/{hare}/take-back")

    assert 404 == answer.status
    assert 200 == (await client.get(f"/items/{hare}")).status
