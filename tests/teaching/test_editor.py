"""The course editor over HTTP: a course from its title to learners, and every way in which a form may go wrong."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from selectolax.lexbor import LexborHTMLParser as Html

from ideascube.people.rights import Role
from tests.support.staff import sign_in
from tests.teaching.editor import Editor, form_of

QUESTIONS = {
    "choice": {"text__fr": "Quelle eau ?", "1__text__fr": "bouillie", "1__right": "1", "2__text__fr": "trouble", "3__text__fr": "salée"},
    "words": {"text__fr": "Que boire ?", "answers__fr": "de l’eau\neau"},
    "number": {"text__fr": "Combien ?", "number": "٢٠", "within": "2,5", "unit__fr": "secondes"},
    "order": {"text__fr": "Dans quel ordre ?", "1__text__fr": "mouiller", "2__text__fr": "savonner", "3__text__fr": "rincer"},
    "pairs": {"text__fr": "Quoi avec quoi ?", "1__left__fr": "savon", "1__right__fr": "laver", "2__left__fr": "serviette", "2__right__fr": "sécher", "3__left__fr": "1", "3__right__fr": "2"},
    "gaps": {"gaps__fr": "Frotter __vingt|20__ secondes avec du __savon__."},
}  # fmt: skip
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
