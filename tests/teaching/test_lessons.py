"""Lessons of a course made here: of packs, of what was made here, whole courses, and what is gone."""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp.test_utils import TestClient
from selectolax.lexbor import LexborHTMLParser as Html

from ideascube.box_db.creations import change_state, new_creation
from ideascube.box_db.media import Arrived, add_media, make_ready
from ideascube.box_db.media_uses import is_public
from ideascube.box_db.own_courses import change_course
from ideascube.box_media.addresses import made_folder
from ideascube.box_media.model import Kind, Made, MadeFile
from ideascube.box_media.model import Role as Use
from ideascube.creations.model import Fields, Words
from ideascube.creations.states import Deed
from ideascube.teaching.changes import AddStep
from ideascube.web.context import DATABASE, SETTINGS
from tests.support.staff import sign_in
from tests.teaching.courses import AMINA, lesson
from tests.teaching.editor import Editor, Form, form_of

PACK = "content/clean-hands"


@pytest.fixture
async def editor(client: TestClient[Any, Any]) -> Editor:
    editor = Editor(await sign_in(client))
    await editor.begin("L’eau")
    return editor


async def add(editor: Editor, place: str) -> str:
    """Put a thing into the course; the id of the step that it became."""
    page = await editor.page(editor.here)
    module = page.css_first("button[name=module]").attributes["value"] or ""
    form = Form(f"{editor.here}/add", {"module": [module], "place": [place], "of": ["search"], "q": [""]})
    status, location, _page = await editor.send(form)
    assert 303 == status, place
    assert "said=added" in location
    return ((await editor.page(editor.here)).css("li[id^=s-]")[-1].attributes["id"] or "").removeprefix("s-")


async def publish(editor: Editor) -> None:
    status, _, _ = await editor.send(form_of(await editor.page(f"{editor.here}/publish"), "/publish"))
    assert 303 == status


async def learn(editor: Editor, step: str = "") -> Html:
    """The page of a learner, who has no account."""
    address = f"/courses/~/{editor.course}" + (f"/{step}" if step else "")
    answer = await editor.who.client.get(address)
    assert 200 == answer.status, await answer.text()
    return Html(await answer.text())


async def test_a_page_of_a_pack_is_a_lesson_with_its_translations(editor: Editor) -> None:
    step = await add(editor, f"{PACK}/germs/what.fr.html")
    await publish(editor)

    french, arabic = await learn(editor, step), await learn(editor, f"{step}?lang=ar")

    assert "bactéries" in french.css_first(".lesson-text").text()
    assert "كائنات" in arabic.css_first(".lesson-text").text()
    assert ["fr", "ar"] == [each.attributes["lang"] for each in french.css(".tongues a")]


async def test_a_film_of_a_pack_is_played_in_the_course(editor: Editor) -> None:
    step = await add(editor, f"{PACK}/germs/washing.webm")
    await publish(editor)

    page = await learn(editor, step)

    assert "/raw/clean-hands/content/germs/washing.webm" == page.css_first("video").attributes["src"]


async def test_whole_courses_and_packs_make_a_learning_path(editor: Editor) -> None:
    steps = [await add(editor, "courses/clean-hands/clean-hands"), await add(editor, f"{PACK}/")]
    await publish(editor)

    pages = [await learn(editor, step) for step in steps]

    assert ["/courses/clean-hands/clean-hands", "/packs/clean-hands"] == [
        page.css_first(".cards .open").attributes["href"] for page in pages
    ]
    assert "0" in pages[0].css_first(".share-done").text()


async def make_article(editor: Editor, body: str = "<p>De l’eau claire.</p>") -> str:
    fields = Fields(kind="article", language="fr", texts={"fr": Words("Le puits", "Un article")}, body=body)
    return await editor.who.client.app[DATABASE].write(new_creation, fields, editor.who.person)


async def test_what_was_made_here_is_a_lesson_once_learners_may_see_it(editor: Editor) -> None:
    article = await make_article(editor)
    step = await add(editor, f"items/{article}")
    await publish(editor)
    unseen = await learn(editor, step)
    preview = await editor.page(f"{editor.here}/preview/{step}")

    await editor.who.client.app[DATABASE].write(change_state, article, Deed.PUBLISH, 1)
    seen = await learn(editor, step)

    assert "You can go on without it." in unseen.css_first(".notice").text()
    assert "De l’eau claire." in preview.css_first(".lesson-text").text()
    assert "De l’eau claire." in seen.css_first(".lesson-text").text()
    assert f"/items/{article}" == seen.css_first(".own-page a").attributes["href"]


async def test_a_lesson_of_a_pack_that_is_gone_can_be_gone_by(editor: Editor) -> None:
    gone = AddStep("", lesson("gone000001", "Parti", "content/old-pack/page.html"))
    await editor.who.client.app[DATABASE].write(change_course, editor.course, 1, gone, AMINA)
    await publish(editor)

    page = await learn(editor, "gone000001")
    answer = await editor.who.client.post(
        f"/courses/~/{editor.course}/gone000001",
        headers={"Origin": editor.who.headers["Origin"]},
        allow_redirects=False,
    )

    assert "old-pack" in page.css_first(".notice").text()
    assert (303, f"/courses/~/{editor.course}") == (answer.status, answer.headers["Location"])


async def test_a_course_of_a_pack_is_adapted_and_says_from_what(editor: Editor) -> None:
    page = await editor.page("/staff/courses/adapt")
    status, location, _page = await editor.send(form_of(page, "/adapt"))
    editor.course = location.partition("?")[0].rpartition("/")[2]
    await publish(editor)

    course = await learn(editor)
    steps = [each.attributes["href"] or "" for each in course.css(".step > a")]
    quiz = await editor.who.client.get(steps[0])

    assert 303 == status
    assert "Mains propres" == course.css_first("h1").text().strip()
    assert "Mains propres · Nous, Nous aussi" in " ".join(course.css_first("article").text().split())
    assert 7 == len(steps)
    assert "/raw/clean-hands/content/images/tap.png" in await quiz.text()
    about = await editor.page(f"{editor.here}/about")
    assert about.css_first("[name=licence]") is None


async def test_learners_see_what_was_published_and_nothing_else(editor: Editor) -> None:
    await add(editor, f"{PACK}/germs/washing.webm")
    address = f"/courses/~/{editor.course}"
    before = await editor.who.client.get(address)
    await publish(editor)
    about = form_of(await editor.page(f"{editor.here}/about"), "/about").fill(title__fr="Plus tard")
    await editor.send(about, do="save")
    during = await learn(editor)
    await editor.send(form_of(await editor.page(editor.here), "/withdraw"))
    after = await editor.who.client.get(address)
    await editor.send(form_of(await editor.page(f"{editor.here}/erase"), "/erase"))

    assert (404, 404) == (before.status, after.status)
    assert "L’eau" == during.css_first("h1").text().strip()
    assert 404 == (await editor.who.get(editor.here)).status


async def test_an_earlier_version_comes_back(editor: Editor) -> None:
    step = await add(editor, f"{PACK}/germs/washing.webm")
    form = form_of(await editor.page(f"{editor.here}/remove?{urlencode({'step': step})}"), "/remove")
    await editor.send(form)
    versions = form_of(await editor.page(f"{editor.here}/versions"), "/versions")
    emptied = (await editor.page(editor.here)).css("li[id^=s-]")

    await editor.send(versions, to="2")

    assert [] == emptied
    assert [f"s-{step}"] == [each.attributes["id"] for each in (await editor.page(editor.here)).css("li[id^=s-]")]


def a_picture(connection: sqlite3.Connection) -> str:
    """A picture that was sent and made ready; its id."""
    arrived = Arrived("ab" * 32, Kind.PICTURE, "puits.jpg", 1000, "image/jpeg", "original.jpg")
    add_media(connection, arrived, 1)
    made = tuple(
        MadeFile(role=role, name=f"{role}.webp", mimetype="image/webp", size=9) for role in (Use.MAIN, Use.SMALL)
    )
    make_ready(connection, arrived.id, Kind.PICTURE, Made(files=made))
    return arrived.id


async def test_a_picture_is_chosen_with_all_that_was_typed_and_learners_may_see_it(editor: Editor) -> None:
    database = editor.who.client.app[DATABASE]
    picture = await database.write(a_picture)
    quiz = await editor.new_quiz()
    form = await editor.question_form(quiz, "words")
    form.fill(text__fr="Qu’est-ce ?", answers__fr="un puits")

    status, _, page = await editor.send(form, do="pictures.picture")
    offered = page.css_first("[name=picture]").attributes["value"] or ""
    kept, _, page = await editor.send(form_of(page, form.action).fill(picture=offered), do="")
    before = await database.read(is_public, picture)
    await publish(editor)
    folder = made_folder(editor.who.client.app[SETTINGS].data, picture)
    folder.mkdir(parents=True)
    (folder / "main.webp").write_bytes(b"a picture")
    seen = await editor.who.client.get(f"/media/{picture}/main")

    assert (200, f"media/{picture}/main") == (status, offered)
    assert (200, b"a picture") == (seen.status, await seen.read())
    assert 303 == kept
    assert f"/media/{picture}/main" == (await learn(editor, quiz)).css_first("img.shown").attributes["src"]
    assert (False, True) == (before, await database.read(is_public, picture))
    await editor.send(form_of(await editor.page(editor.here), "/withdraw"))
    assert not await database.read(is_public, picture)
