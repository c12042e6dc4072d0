"""Courses over HTTP: their pages and lessons of each kind, what their forms do, and answers and packs of any shape."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from multidict import MultiDict
from pytest_aiohttp.plugin import AiohttpClient
from selectolax.lexbor import LexborHTMLParser as Html

from content_packs.build import build_pack
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import Library, save_library
from content_packs.store.scan import scan_store
from ideascube.courses.certificate_pages import written_name
from ideascube.progress.cookie import read_cookie
from ideascube.settings import Settings
from ideascube.web.app import create_apps
from tests.courses.sources import COURSE_YML, course_folder
from tests.support.documents import make_pdf
from tests.support.zims import make_zim
from tests.web.reading import Client, html, sent_by, texts

COURSE = "/courses/clean-hands/clean-hands"
LESSON = """\
# Que sont les microbes ?

![Un robinet](../images/tap.png)

## Les voir

Voir [le savon](../soap/soap.fr.md#pourquoi), [le tableau](seen.csv), [ailleurs](https://example.org/a?b=1).
"""
GAME = "<!DOCTYPE html><title>Jeu</title><body><h1>Jeu</h1><script>play()</script></body>"

MANY = b"&".join(b"q%d=%s&done=q%d" % (n % 9, b"9" * 500, n % 9) for n in range(100))
FILE = b"--x\r\nContent-Disposition: form-data; name=q1; filename=a\r\n\r\n1\r\n--x--"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A box's data with a course that has lessons of every kind, among them a game and a document."""
    folder = tmp_path_factory.mktemp("course")
    modules = COURSE_YML.replace("soap/why.html,", "soap/why.html, soap/game.html, soap/guide.pdf,")
    (folder / "source" / "soap").mkdir(parents=True)
    make_pdf(folder / "source" / "soap" / "guide.pdf", "Soap")
    source = course_folder(
        folder / "source", {"course.yml": modules, "germs/what.fr.md": LESSON, "soap/game.html": GAME}
    )
    data = DataFolder(folder / "data")
    data.create()
    build_pack(source, data.packs / "clean-hands.zim")
    save_library(scan_store(data.packs, Library()), data.library_file)
    return data


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, store: DataFolder) -> Client:
    return await aiohttp_client(create_apps(Settings(store))[0])


async def send(client: Client, path: str, data: Any = None, **options: Any) -> Any:
    headers = {"Accept-Language": "fr", **sent_by(client), **options.pop("headers", {})}
    return await client.post(path, data=data, headers=headers, allow_redirects=False, **options)


class TestPages:
    async def test_the_list_leads_to_each_course_in_the_readers_language(self, client: Client) -> None:
        page = await html(client, "/courses?lang=ar", "ar")

        assert ["أيدٍ نظيفة"] == texts(page, ".card h3")
        assert COURSE == page.css_first(".card a").attributes["href"]
        assert [] == texts(await html(client, "/courses?lang=sw"), ".card")

    async def test_the_library_and_the_pack_lead_to_courses(self, client: Client) -> None:
        assert "/courses" in links(await html(client, "/library"))
        assert COURSE in links(await html(client, "/packs/clean-hands"))

    async def test_a_course_says_what_it_is_and_where_to_begin(self, client: Client) -> None:
        page = await html(client, COURSE, "fr")

        assert ["Mains propres"] == texts(page, "h1")
        assert ["Les microbes", "Le savon"] == texts(page, ".module h2")
        assert ["Ce que je sais", "Que sont les microbes ?", "Se laver les mains", "Ce que je sais", "Le savon"] == (
            texts(page, ".step .name")[:5]
        )
        assert f"{COURSE}/germs/check.quiz:before" == page.css_first("a.button.main").attributes["href"]
        assert [] == texts(page, ".share-done, .learnt")

    async def test_a_chosen_language_stays_on_the_way(self, client: Client) -> None:
        course = await html(client, f"{COURSE}?lang=ar", "fr")
        lesson = await html(client, f"{COURSE}/germs/what?lang=ar", "fr")
        answer = await send(client, f"{COURSE}/germs/what?lang=ar")

        assert {"lang=ar"} == {link.attributes["href"].split("?")[1] for link in course.css(".step a")}
        assert ["ما هي الجراثيم؟"] == texts(lesson, "h1")
        assert f"{COURSE}/germs/washing?lang=ar" == lesson.css_first("[rel=next]").attributes["href"]
        assert f"{COURSE}/germs/washing?lang=ar" == answer.headers["Location"]

    @pytest.mark.parametrize(
        "path", ["/courses/none/c", "/courses/clean-hands/none", f"{COURSE}/none", f"{COURSE}/", f"{COURSE}/%FF%00"]
    )
    async def test_what_is_not_there_is_a_404(self, client: Client, path: str) -> None:
        assert 404 == (await client.get(path)).status
        assert 404 == (await send(client, f"{path.rstrip('/')}/none")).status


class TestLessons:
    async def test_a_text_stands_in_our_page(self, client: Client) -> None:
        page = await html(client, f"{COURSE}/germs/what", "fr")
        text = page.css_first(".lesson-text")

        assert ["Que sont les microbes ?", "Les voir"] == texts(page, "h1, .lesson-text h2")
        assert "/raw/clean-hands/content/images/tap.png" == text.css_first("img").attributes["src"]
        assert [
            f"{COURSE}/soap/soap#t-pourquoi",
            "/content/clean-hands/germs/seen.csv",
            "/external?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&back=%2Fcourses%2Fclean-hands%2Fclean-hands%2Fgerms%2Fwhat",
        ] == [link.attributes["href"] for link in text.css("a")]
        assert "/content/clean-hands/germs/what.fr.html?own" in links(page)

    async def test_what_is_handed_out_says_its_size(self, client: Client) -> None:
        page = await html(client, f"{COURSE}/germs/what", "en")

        assert ["sheet 0.1 kB", "seen.csv 0.1 kB"] == texts(page, ".hand-outs li")

    async def test_a_film_is_played_here(self, client: Client) -> None:
        page = await html(client, f"{COURSE}/germs/washing", "fr")

        assert "/raw/clean-hands/content/germs/washing.webm" == page.css_first("video").attributes["src"]
        assert page.css("script[src*=watch]")

    async def test_a_document_is_opened_to_be_read(self, client: Client) -> None:
        page = await html(client, f"{COURSE}/soap/guide", "fr")

        assert "/read/clean-hands/soap/guide.pdf" in links(page)

    async def test_what_runs_by_itself_is_opened_where_it_may(self, client: Client) -> None:
        page = await html(client, f"{COURSE}/soap/game", "fr")

        assert "/content/clean-hands/soap/game.html?own" == page.css_first(".notice a.button").attributes["href"]
        assert [] == page.css(".lesson-text, script[src='']")
        assert "play()" not in page.html

    async def test_a_page_of_somebody_elses_keeps_its_text_alone(self, client: Client) -> None:
        page = await html(client, f"{COURSE}/soap/why", "ar")

        assert ["Parce que."] == texts(page, ".lesson-text")
        assert "fr" == page.css_first(".lesson-text").attributes["lang"]

    async def test_done_leads_on_and_is_kept(self, client: Client) -> None:
        answer = await send(client, f"{COURSE}/germs/what")

        assert (303, f"{COURSE}/germs/washing") == (answer.status, answer.headers["Location"])
        assert [("lesson", "clean-hands", "clean-hands/germs/what", 1)] == [
            (place.kind, place.pack, place.path, place.at) for place in read_cookie(answer.cookies["progress"].value)
        ]
        assert [True] == [bool(step) for step in (await html(client, COURSE)).css(".step.done")]

    async def test_nobody_else_says_that_it_is_done(self, client: Client) -> None:
        answer = await client.post(f"{COURSE}/germs/what", headers={"Origin": "http://127.0.0.1:1"})

        assert 403 == answer.status


class TestOwnPages:
    @pytest.fixture
    async def packs(self, store: DataFolder) -> AsyncIterator[TestClient[web.Request, web.Application]]:
        """The packs' origin."""
        async with TestClient(TestServer(create_apps(Settings(store))[1])) as client:
            yield client

    @pytest.mark.parametrize(
        ("path", "address"),
        [
            ("course.ar.html", f"{COURSE}?lang=ar"),
            ("germs/check.quiz.before.fr.html", f"{COURSE}/germs/check.quiz:before?lang=fr"),
            ("germs/what.fr.html", f"{COURSE}/germs/what?lang=fr"),
            ("soap/game.html", ""),
        ],
    )
    async def test_the_app_shows_them_unless_they_are_wanted_as_they_are(
        self, packs: Any, path: str, address: str
    ) -> None:
        page = f"/content/clean-hands/{path}"
        own = await packs.get(f"{page}?own", headers={"Accept": "text/html"})
        answer = await packs.get(page, headers={"Accept": "text/html"}, allow_redirects=False)

        assert 200 == own.status
        assert (302 if address else 200) == answer.status
        assert answer.headers.get("Location", "").endswith(address)


class TestQuizzes:
    async def test_one_question_is_marked_and_the_others_stay_as_they_are(self, client: Client) -> None:
        fields = MultiDict([("q1", "2"), ("q2", "1"), ("q3", "de l’"), ("check", "q1")])

        page = Html(await (await send(client, f"{COURSE}/germs/check.quiz:after", fields)).text())

        assert ["Non, trop loin."] == [said.partition(" – ")[2] for said in texts(page, ".result.wrong")]
        assert ["Les microbes sont partout."] == texts(page, ".explanation")
        assert [("q1", "2"), ("done", "q1")] == hidden_fields(page)
        assert "de l’" == page.css_first("#q3 input").attributes["value"]
        assert [] == texts(page, ".end")

    async def test_a_result_is_kept_at_the_end_the_best_of_all(self, client: Client) -> None:
        address = f"{COURSE}/germs/check.quiz:after"
        for right in ("1", "2"):
            await send(client, address, all_answers(right))

        page = await html(client, COURSE)

        assert "100%" in page.css_first(".step.done").text()

    async def test_a_check_before_keeps_what_was_known_first(self, client: Client) -> None:
        address = f"{COURSE}/germs/check.quiz:before"
        for right in ("2", "1"):
            await send(client, address, all_answers(right))
        await send(client, f"{COURSE}/germs/check.quiz:after", all_answers("1"))

        assert ["66%", "100%"] == texts(await html(client, COURSE), ".learnt b")

    @pytest.mark.parametrize("step", ["germs/check.quiz:before", "germs/check.quiz:after", "soap/all.quiz"])
    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            (b"", "application/x-www-form-urlencoded"),
            (b"q1=%FF%FE&q2=%00&check=q1&check=q2&done=&done=q99", "application/x-www-form-urlencoded"),
            (MANY, "application/x-www-form-urlencoded"),
            (b"q1=1&check=q1", "application/x-www-form-urlencoded; charset=none"),
            (b"q1=1&check=q1", "application/x-www-form-urlencoded; charset=utf-16"),
            (b"q" * 100_000, "application/x-www-form-urlencoded"),
            (FILE, "multipart/form-data; boundary=x"),
            (b"\0\xff--x", "multipart/form-data; boundary=x"),
            (b"\0\xff", "multipart/form-data"),
            (b'{"q1": [1]}', "application/json"),
        ],
    )  # fmt: skip
    async def test_answers_of_any_shape_are_wrong_or_refused(
        self, client: Client, step: str, body: bytes, content_type: str
    ) -> None:
        answer = await send(client, f"{COURSE}/{step}", body, headers={"Content-Type": content_type})

        assert answer.status in (200, 400, 413)
        assert texts(Html(await answer.text()), "h1")


class TestCertificate:
    async def test_it_says_what_is_missing(self, client: Client) -> None:
        answer = await send(client, f"/certificate{COURSE[8:]}", {"name": "Zoé"})
        page = Html(await answer.text())

        assert "no-store" == answer.headers["Cache-Control"]
        assert f"{COURSE}/germs/what" == page.css_first(".missing a").attributes["href"]
        assert [] == page.css(".certificate, #name")
        assert "Zoé" not in page.html

    def test_a_name_is_one_line_of_bounded_length(self) -> None:
        assert "Zoé d’Almeida" == written_name("  Zoé\n\td’Almeida ")
        assert 80 == len(written_name("x" * 500))
        assert ["", ""] == [written_name(b"x"), written_name(" ")]


class TestPacksOfAnyShape:
    @pytest.mark.parametrize("course", [b"{", b"[]", b'{"format": 2}', b"\xff", b"[" * 100_000])
    async def test_a_course_that_cannot_be_read_says_so_and_nothing_else_suffers(
        self, aiohttp_client: AiohttpClient, tmp_path: Path, course: bytes
    ) -> None:
        client = await aiohttp_client(app_with_course(tmp_path, course))

        answer = await client.get("/courses/odd/c")

        assert 502 == answer.status
        assert "again" in texts(Html(await answer.text()), ".detail")[0]
        assert [200, 200, 200] == [(await client.get(path)).status for path in ("/courses", "/library", "/packs/odd")]

    async def test_a_course_with_nothing_in_its_place_is_shown_as_far_as_it_goes(
        self, aiohttp_client: AiohttpClient, tmp_path: Path
    ) -> None:
        questions = [
            {"kind": "choice", "id": "1", "text": {}, "choices": []},
            {"kind": "words", "id": "1", "text": {"xx": "?"}, "answers": {}, "picture": "nowhere.png"},
            {"kind": "number", "id": "", "text": {}, "number": 1e300, "within": -1},
            {"kind": "order", "id": "2", "text": {}, "items": [{"id": "a", "text": {}}] * 2, "shown": ["b", "a"]},
            {"kind": "pairs", "id": "3", "text": {}, "pairs": [], "shown": ["x"]},
            {"kind": "gaps", "id": "4", "text": {}, "pieces": {"en": [[], "", ["a", "b"]]}},
        ]
        steps = [
            {"id": "lost", "title": {}, "pages": {}},
            {"id": "gone", "title": {}, "pages": {"en": "gone.html"}, "attachments": [{"path": "x", "title": {}}]},
            {"id": "quiz", "title": {}, "pages": {}, "quiz": "q", "role": "before"},
            {"id": "no quiz", "title": {}, "pages": {"en": "index.html"}, "quiz": "none", "role": "after"},
        ]
        course = {
            "format": 1, "id": "c", "title": {}, "pages": {}, "modules": [{"id": "m", "steps": steps}],
            "quizzes": [{"id": "q", "title": {"en": "Q"}, "questions": questions, "pass_mark": 500}],
        }  # fmt: skip
        client = await aiohttp_client(app_with_course(tmp_path, json.dumps(course).encode()))
        everything = MultiDict([(f"q{n}{part}", "1") for n in range(1, 7) for part in ("", ".a", ".x", ".0", ".1")])
        everything.extend(("done", f"q{n}") for n in range(1, 7))

        statuses = {
            path: (await client.get(f"/courses/odd/c{path}")).status
            for path in ("", "/lost", "/gone", "/quiz", "/no%20quiz")
        }
        answer = await send(client, "/courses/odd/c/quiz", everything)

        assert {"": 200, "/lost": 404, "/gone": 404, "/quiz": 200, "/no%20quiz": 200} == statuses
        assert 200 == answer.status
        assert 200 == (await client.get("/certificate/odd/c")).status


def app_with_course(folder: Path, course: bytes) -> web.Application:
    """A box with a pack of nobody's builder, that says it holds this course."""
    data = DataFolder(folder)
    data.create()
    make_zim(
        data.packs / "odd.zim",
        {
            "index.html": ("text/html", "<html><body>Hello</body></html>"),
            "_pack/courses.json": ("application/json", b'{"format": 1, "courses": ["c"]}'),
            "_pack/course/c.json": ("application/json", course),
        },
        main="index.html",
    )
    save_library(scan_store(data.packs, Library()), data.library_file)
    return create_apps(Settings(data))[0]


def all_answers(chosen: str) -> MultiDict[str]:
    """The check's three questions, the first one answered by this choice, which is right if it is 1."""
    fields = [("q1", chosen), ("q2", "1"), ("q2", "2"), ("q3", "eau")]
    return MultiDict([*fields, *(("done", f"q{place}") for place in (1, 2, 3))])


def hidden_fields(page: Html) -> list[tuple[str, str]]:
    return [(field.attributes["name"], field.attributes["value"]) for field in page.css("#quiz [type=hidden]")]  # type: ignore[misc]


def links(page: Html) -> list[str]:
    return [link.attributes["href"] or "" for link in page.css("main a")]
