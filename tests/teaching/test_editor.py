"""The course editor over HTTP: a course from its title to learners, and every way in which a form may go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser as Html

from content_packs.courses.model import Course, Module
from ideascube.box_db.own_courses import change_course
from ideascube.box_db.people import remove_account
from ideascube.box_db.people_sessions import end_all
from ideascube.box_db.random_ids import new_id
from ideascube.people.rights import Role
from ideascube.teaching.changes import NOTHING
from ideascube.web.context import DATABASE
from tests.support.staff import sign_in
from tests.teaching.courses import AMINA, lesson
from tests.teaching.editor import Editor, form_of

QUESTIONS = {
    "choice": {
        "text__fr": "Quelle eau ?",
        "1__text__fr": "bouillie",
        "1__right": "1",
        "2__text__fr": "trouble",
        "3__text__fr": "salée",
    },
    "words": {"text__fr": "Que boire ?", "answers__fr": "de l’eau\neau"},
    "number": {"text__fr": "Combien ?", "number": "٢٠", "within": "2,5", "unit__fr": "secondes"},
    "order": {
        "text__fr": "Dans quel ordre ?",
        "1__text__fr": "mouiller",
        "2__text__fr": "savonner",
        "3__text__fr": "rincer",
    },
    "pairs": {
        "text__fr": "Quoi avec quoi ?",
        "1__left__fr": "savon",
        "1__right__fr": "laver",
        "2__left__fr": "serviette",
        "2__right__fr": "sécher",
        "3__left__fr": "1",
        "3__right__fr": "2",
    },
    "gaps": {"gaps__fr": "Frotter __vingt|20__ secondes avec du __savon__."},
}
RIGHT = {
    "choice": {"q1": "1"}, "words": {"q2": "EAU"}, "number": {"q3": "21 secondes"},
    "order": {"q4.1": "1", "q4.2": "2", "q4.3": "3"}, "pairs": {"q5.1": "1", "q5.2": "2", "q5.3": "3"},
    "gaps": {"q6.0": "20", "q6.1": "Savon"},
}  # fmt: skip


@pytest.fixture
async def editor(client: TestClient[Any, Any]) -> Editor:
    return Editor(await sign_in(client, Role.CURATOR))


async def test_a_quiz_with_each_kind_of_question_is_made_tried_and_published(editor: Editor) -> None:
    await editor.begin("L’eau")
    quiz = await editor.new_quiz()
    for kind, fields in QUESTIONS.items():
        form = (await editor.question_form(quiz, kind)).fill(**fields)
        status, location, page = await editor.send(form)
        assert 303 == status, (kind, page.css_first(".notice").text())
        assert f"/quizzes/{quiz}" in location

    answers = {name: value for each in RIGHT.values() for name, value in each.items()}
    everything = {**answers, "done": [f"q{number}" for number in range(1, 7)]}
    tried = await editor.who.post(f"{editor.here}/preview/{quiz}", **everything)
    form = form_of(await editor.page(f"{editor.here}/publish"), "/publish")
    status, _location, _page = await editor.send(form)
    learnt = Html(await (await editor.who.client.get(f"/courses/~/{editor.course}")).text())
    taken = await editor.who.client.post(
        f"/courses/~/{editor.course}/{quiz}",
        data=[
            (name, each)
            for name, value in everything.items()
            for each in ([value] if isinstance(value, str) else value)
        ],
        headers={"Origin": editor.who.headers["Origin"]},
    )

    assert 6 == (await tried.text()).count('class="result right"')
    assert 303 == status
    assert "L’eau" == learnt.css_first("h1").text().strip()
    assert 6 == (await taken.text()).count('class="result right"')


async def test_what_was_typed_comes_back_with_one_sentence_beside_the_field(editor: Editor) -> None:
    await editor.begin("L’eau")
    quiz = await editor.new_quiz()
    form = (await editor.question_form(quiz, "choice")).fill(text__fr="Quelle eau ?", explanation__fr="Parce que.")

    status, _location, page = await editor.send(form.fill(**{"1.text.fr": "bouillie"}))

    assert 400 == status
    assert ["Mark at least one answer as right."] == [each.text(strip=True) for each in page.css("#choices")]
    assert "Quelle eau ?" == (page.css_first("[id='text.fr']").text() or "").strip()
    assert "bouillie" == page.css_first("[id='1.text.fr']").attributes["value"]
    assert "Parce que." == page.css_first("[id='explanation.fr']").text().strip()
    assert 0 == len((await editor.page(f"{editor.here}/quizzes/{quiz}")).css(".numbered li"))


async def test_rows_come_and_go_by_buttons_that_keep_what_was_typed(editor: Editor) -> None:
    await editor.begin("L’eau")
    quiz = await editor.new_quiz()
    form = (await editor.question_form(quiz, "order")).fill(**{"1.text.fr": "un", "2.text.fr": "deux"})
    _status, _location, page = await editor.send(form, do="add")
    _status, _location, page = await editor.send(form_of(page, form.action), do="up.2")
    status, _location, page = await editor.send(form_of(page, form.action), do="remove.3")

    rows = [(each.attributes["name"], each.attributes["value"]) for each in page.css(".one-row input[type=text]")]
    assert 200 == status
    assert [("2.text.fr", "deux"), ("1.text.fr", "un"), ("4.text.fr", "")] == rows


async def test_of_two_who_change_one_question_the_second_is_told_and_loses_nothing(editor: Editor) -> None:
    await editor.begin("L’eau")
    quiz = await editor.new_quiz()
    await editor.send((await editor.question_form(quiz, "choice")).fill(**QUESTIONS["choice"]))
    page = await editor.page(f"{editor.here}/quizzes/{quiz}")
    address = page.css_first(".numbered a").attributes["href"] or ""
    boris = Editor(await sign_in(editor.who.client, Role.MEDIATOR, "Boris"), editor.course)
    mine, theirs = form_of(await editor.page(address), address), form_of(await boris.page(address), address)
    await boris.send(theirs.fill(text__fr="De Boris ?"))

    status, _location, page = await editor.send(mine.fill(text__fr="D’Amina ?"))
    again, _location, _page = await editor.send(form_of(page, address))

    assert 400 == status
    assert "Boris" in page.css_first(".notice.bad").text()
    assert "De Boris ?" in page.css_first("details.notice").text()
    assert "D’Amina ?" == page.css_first("[id='text.fr']").text().strip()
    assert 303 == again
    assert "D’Amina ?" in (await editor.page(address)).css_first("[id='text.fr']").text()


async def test_forms_that_are_sent_twice_do_their_thing_once(editor: Editor) -> None:
    form = form_of(await editor.page("/staff/courses/new"), "/new").fill(title="Une fois", language="fr")
    places = {(await editor.send(form))[1] for _ in range(2)}
    editor.course = next(iter(places)).rpartition("/")[2]
    quiz = await editor.new_quiz()
    question = (await editor.question_form(quiz, "words")).fill(**QUESTIONS["words"])
    answers = [await editor.send(question) for _ in range(2)]

    assert 1 == len(places)
    assert [303, 303] == [status for status, _, _ in answers]
    assert 1 == len((await editor.page(f"{editor.here}/quizzes/{quiz}")).css(".numbered li"))
    assert 1 == len((await editor.page("/staff/courses")).css(".cards li"))


FORMS = (
    "new",
    "adapt",
    "{}/about",
    "{}/move",
    "{}/remove",
    "{}/add",
    "{}/questions",
    "{}/publish",
    "{}/withdraw",
    "{}/erase",
)


async def test_only_who_may_teach_changes_courses_by_forms_of_this_box(editor: Editor) -> None:
    await editor.begin("L’eau")
    contributor = await sign_in(editor.who.client, Role.CONTRIBUTOR, "Chantal")
    stranger = {"Origin": editor.who.headers["Origin"]}
    pack = {**editor.who.headers, "Origin": "http://127.0.0.1:1"}

    for form in FORMS:
        address = f"/staff/courses/{form.format(editor.course)}"
        posts = [
            await contributor.post(address),
            await editor.who.client.post(address, headers=editor.who.headers, data={"token": "x"}),
            await editor.who.client.post(address, headers=pack, data={"token": editor.who.token}),
            await editor.who.client.post(address, headers=stranger, data={"title": "x" * 30}),
        ]
        assert [403, 403, 403, 401] == [post.status for post in posts], form
    seen = await contributor.get(editor.here, allow_redirects=False)
    outside = await editor.who.client.get(editor.here, allow_redirects=False)
    assert (403, 303) == (seen.status, outside.status)
    assert "L’eau" in (await editor.page(editor.here)).css_first("h1").text()


EVIL = "</textarea></script><script>alert(1)</script>\"'{{ 7 * 7 }}{% x %}'; DROP TABLE own_course; --"


async def test_whatever_is_typed_is_text(editor: Editor) -> None:
    await editor.begin(EVIL)
    quiz = await editor.new_quiz()
    for kind, fields in QUESTIONS.items():
        evil = {name: value if value in "1 2,5 ٢٠" else EVIL + value for name, value in fields.items()}
        status, _, page = await editor.send((await editor.question_form(quiz, kind)).fill(**evil, explanation__fr=EVIL))
        assert 303 == status, (kind, page.css_first(".notice.bad").text())
    about = form_of(await editor.page(f"{editor.here}/about"), "/about")
    await editor.send(about.fill(summary__fr=EVIL, audience__fr=EVIL, licence=EVIL), do="save")
    await editor.send(form_of(await editor.page(f"{editor.here}/publish"), "/publish"))

    pages = [
        editor.here,
        f"{editor.here}/about",
        f"{editor.here}/quizzes/{quiz}",
        f"{editor.here}/versions",
        "/staff/courses",
    ]
    pages += [
        "/courses",
        f"/courses/~/{editor.course}",
        f"/courses/~/{editor.course}/{quiz}",
        f"{editor.here}/preview/{quiz}",
    ]
    for address in pages:
        page = await editor.page(address)
        assert [] == [each.text() for each in page.css("script") if "alert" in each.text()], address
        assert "49" not in page.css_first("main").text()
    assert EVIL in (await editor.page(f"/courses/~/{editor.course}")).css_first("h1").text()


@pytest.mark.parametrize(
    "path",
    [
        "/staff/courses/nothing",
        "/staff/courses/abcdefgh12",
        "{}/quizzes/x",
        "{}/quizzes/x/new?kind=choice",
        "{}/steps/x",
        "{}/preview/x",
        "{}/preview?version=99",
        "/courses/~/abcdefgh12",
        "/courses/~/..%2f..",
        "/courses/~",
    ],
)
async def test_what_is_not_there_is_said_so(editor: Editor, path: str) -> None:
    await editor.begin("L’eau")

    answer = await editor.who.get(path.format(editor.here))

    assert 404 == answer.status
    assert "Traceback" not in await answer.text()


async def test_any_form_at_all_is_answered_with_a_page(editor: Editor) -> None:
    await editor.begin("L’eau")
    quiz = await editor.new_quiz()
    junk: dict[str, Any] = {
        "version": "9" * 30, "to": "step x y -5", "do": "up.__proto__", "row": ["1", "1", "\x00"], "kind": "pairs",
        "lang": ["fr", "xx", "../"], "minutes": "-1", "pass": "1e9", "where": "x", "place": "content/../..", "id": "'",
        "module": "\ud7ff", "level": "x", "title.fr": "x" * 50_000, "second": "",
    }  # fmt: skip

    for form in (
        *FORMS,
        "{}/quizzes/" + quiz,
        "{}/quizzes/" + quiz + "/abc",
        "{}/modules/x",
        "{}/steps/" + quiz,
        "{}/versions",
    ):
        answer = await editor.who.post(f"/staff/courses/{form.format(editor.course)}", **junk)
        assert answer.status in (200, 303, 400, 404), form


async def test_a_quiz_of_200_questions_takes_no_more(editor: Editor) -> None:
    await editor.begin("L’eau")
    quiz = await editor.new_quiz()
    form = (await editor.question_form(quiz, "words")).fill(**QUESTIONS["words"])
    base = form.action.rpartition("/")[0]
    for _ in range(200):
        form.action = f"{base}/{new_id()}"
        status, _location, _page = await editor.send(form)
        assert 303 == status
    form.action = f"{base}/{new_id()}"
    refused, _location, page = await editor.send(form)

    assert 400 == refused
    assert "put this one into another quiz" in page.css_first(".notice.bad").text()
    assert "Que boire ?" == page.css_first("[id='text.fr']").text().strip()
    assert 200 == len((await editor.page(base)).css(".numbered li"))


async def test_a_course_of_2000_lessons_can_be_changed(editor: Editor) -> None:
    await editor.begin("Long")
    steps = tuple(lesson(f"step{number:06}", f"Leçon {number}", "items/creation01") for number in range(2000))
    module = Module(id="module0001", steps=steps)
    await editor.who.client.app[DATABASE].write(change_course, editor.course, 1, Grown(module), AMINA)

    page = await editor.page(editor.here)
    status, location, _page = await editor.send(form_of(page, "/move"), to="step step001999 module0001 0")
    moved = await editor.page(editor.here)

    assert 2000 == len(page.css(".made-steps li"))
    assert (303, f"{editor.here}#s-step001999") == (status, location)
    assert "s-step001999" == moved.css_first(".made-steps li").attributes["id"]


@dataclass(frozen=True)
class Grown:
    """A change that no page makes at once: one module is all there is."""

    module: Module

    def apply(self, course: Course) -> Course:
        return replace(course, modules=(self.module,))

    def part(self, course: Course) -> object:
        return NOTHING


async def test_what_somebody_made_stays_when_their_account_goes(editor: Editor) -> None:
    await editor.begin("L’eau")
    boris = Editor(await sign_in(editor.who.client, Role.MEDIATOR, "Boris"), editor.course)
    await editor.who.client.app[DATABASE].write(remove_account, editor.who.person.id)
    await editor.who.client.app[DATABASE].write(end_all, editor.who.person.id, "removed")

    refused = await editor.who.post(f"{editor.here}/publish", version="1")
    versions = await boris.page(f"{editor.here}/versions")

    assert 401 == refused.status
    assert "Amina" in versions.css_first("tbody").text()
