"""A course as it is learnt: from the library to the printed certificate, in two languages, with scripts and without."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Locator
from pypdf import PdfReader

from content_packs.languages import direction
from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.support.box import Box

pytestmark = pytest.mark.browser

COURSE = "/courses/safe-water/six-lessons"
STEPS = (
    "water.quiz:before", "boil", "chlorine", "sun", "water.quiz:after", "health.quiz:before", "store", "hands",
    "rehydration", "health.quiz:after",
)  # fmt: skip
MILLIMETRE = 72 / 25.4


@dataclass(frozen=True)
class Learner:
    """Who learns: in which language, on which screen, with scripts or without; and the name that they write."""

    language: str
    width: int
    scripts: bool
    name: str


LEARNERS = [
    Learner("fr", 320, True, "Zoé d’Almeida"),
    Learner("ar", 1280, False, "فاطمة الزهراء"),
]


@pytest.mark.parametrize("learner", LEARNERS, ids=["French on a phone", "Arabic without scripts"])
def test_a_course_from_the_library_to_the_certificate(demo: Box, visit: NewReader, learner: Learner) -> None:
    reader = visit(learner.language, width=learner.width, java_script_enabled=learner.scripts)
    page = reader.page

    page.goto(f"{demo.url}/library")
    page.locator("a[href='/courses']").click()
    page.locator(f".card a[href='{COURSE}']").click()
    page.locator("a.button.main").click()
    for step in STEPS:
        assert f"{demo.url}{COURSE}/{step}" == page.url.partition("#")[0]
        assert [learner.language, direction(learner.language)] == reader.look(WRITTEN_IN)
        assert 0 == reader.look(TOO_WIDE), step
        if ".quiz" in step:
            take_quiz(reader, rightly=step.endswith("after"))
        else:
            page.locator(".done-form button").click()
    page.locator(".course").wait_for()
    learnt = page.locator(".learnt b").all_inner_texts()
    page.locator(f"a[href='/certificate{COURSE.removeprefix('/courses')}']").click()
    page.locator("#name").fill(learner.name)
    page.locator(".name-form button").click()

    assert [number("25", learner), number("100", learner)] * 2 == learnt
    assert learner.name == page.locator(".who").inner_text()
    assert 0 == reader.look(TOO_WIDE)
    assert [(1, [297, 210]), (1, [279, 216])] == [printed(reader, paper) for paper in ("A4", "Letter")]
    assert [] == reader.complaints
    page.goto(f"{demo.url}{COURSE}")
    assert learner.name not in page.content()
    assert len(STEPS) == page.locator(".step.done").count()


def test_a_result_is_sent_again_when_the_box_did_not_answer(demo: Box, visit: NewReader) -> None:
    """With scripts, and the way to the box lost just when the last question is checked."""
    reader = visit("fr", width=320, is_mobile=True, has_touch=True)
    reader.page.goto(f"{demo.url}{COURSE}/health.quiz:after")
    low = reader.look(LOW)
    reader.page.route("**/health.quiz:after", lambda route: route.abort())

    questions = reader.page.locator(".question")
    for place in range(questions.count()):
        answer(questions.nth(place), rightly=True)
        questions.nth(place).locator(".check").click()
    again = reader.page.locator("#quiz button.main")
    again.wait_for()
    reader.page.unroute("**/health.quiz:after")
    again.click()

    assert [] == low
    assert reader.page.locator(".end.passed").is_visible()
    assert 4 == reader.page.locator(".result.right").count()


# A finger hits what it aims at (WCAG 2.2, 2.5.5).
LOW = """[...document.querySelectorAll("main button, main select, main [type=text], main label, main nav a")]
    .filter(each => each.offsetParent && each.getBoundingClientRect().height < 44).map(each => each.outerHTML)"""
WRITTEN_IN = "(e => [e.lang, e.dir])(document.querySelector('.lesson-text, .question'))"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def number(percent: str, learner: Learner) -> str:
    """As `Babel` writes it in the learner's language."""
    from ideascube.web.wording import percent_text

    return percent_text(int(percent), learner.language)


def take_quiz(reader: Reader, *, rightly: bool) -> None:
    """Answer all questions, or only the last one rightly, and go on."""
    questions = reader.page.locator(".question")
    count = questions.count()
    for place in range(count):
        answer(questions.nth(place), rightly or place == count - 1)
        questions.nth(place).locator(".check").click()
        reader.page.locator(f"#q{place + 1} .result.{'right' if rightly or place == count - 1 else 'wrong'}").wait_for()
    reader.page.locator("#end a.button.main").click()


def answer(question: Locator, rightly: bool) -> None:
    """By the key that the page gives its script: what is right, or the opposite of it."""
    key = json.loads(question.get_attribute("data-key") or "")
    FIELDS[key["kind"]](question, key, rightly)


def choose(question: Locator, key: dict[str, Any], rightly: bool) -> None:
    for box in question.locator(".choices input").all():
        if (box.get_attribute("value") in key["right"]) == rightly:
            box.check()


def write(question: Locator, key: dict[str, Any], rightly: bool) -> None:
    for field, accepted in zip(question.locator("[type=text]").all(), key["accepted"], strict=True):
        field.fill(accepted[0] if rightly else "x")


def count(question: Locator, key: dict[str, Any], rightly: bool) -> None:
    question.locator("[type=text]").fill(str(key["number"] if rightly else key["number"] + 1))


def arrange(question: Locator, key: dict[str, Any], rightly: bool) -> None:
    """With scripts things are moved, without each is given its place."""
    wanted = key["right"] if rightly else key["right"][::-1]
    for place, id_ in enumerate(wanted):
        item = question.locator(f".order li[data-id='{id_}']")
        if not question.locator(".move").count():
            item.locator("select").select_option(str(place + 1))
        while question.locator(".move").count() and item.evaluate(PLACE) > place:
            item.locator(".move").first.click()


PLACE = "item => [...item.parentNode.children].indexOf(item)"


def match(question: Locator, key: dict[str, Any], rightly: bool) -> None:
    for pair in question.locator(".pairs li").all():
        right = pair.get_attribute("data-id")
        pair.locator("select").select_option(next(one for one in key["right"] if (one == right) == rightly))


FIELDS = {"choice": choose, "words": write, "gaps": write, "number": count, "order": arrange, "pairs": match}


def printed(reader: Reader, paper: str) -> tuple[int, list[int]]:
    """How many sheets the page takes, and the first one's size in millimetres."""
    sheets = PdfReader(BytesIO(reader.page.pdf(format=paper, prefer_css_page_size=False, landscape=True))).pages
    return len(sheets), [round(float(side) / MILLIMETRE) for side in sheets[0].mediabox[2:]]
