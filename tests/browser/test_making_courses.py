"""A course is made on the box, from a title to learners: an article, a film and questions, taken by two cards."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pytest

from ideascube.box_db.creations import change_state, new_creation
from ideascube.box_db.database import box_database, transaction
from ideascube.box_db.people import account_by_name
from ideascube.creations.model import Consent, Fields, Words
from ideascube.creations.states import Deed
from ideascube.people.rights import Role
from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.browser.test_cards import take
from tests.browser.test_courses import answer
from tests.support.box import Box, eventually
from tests.support.staff import browser_sign_in

pytestmark = pytest.mark.browser

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOW = """[...document.querySelectorAll(".work button, .work select, .work input:not([type=hidden]), .work .button, .work .move")]
    .filter(each => each.offsetParent && !/checkbox|radio/.test(each.type) && each.getBoundingClientRect().height < 44)
    .map(each => each.outerHTML)"""  # noqa: E501 - a script


@dataclass(frozen=True)
class Made:
    """What is written, in which language, with scripts or without; `film` is what the film is searched by."""

    language: str
    scripts: bool
    title: str
    article: str
    film: str
    questions: tuple[str, str]
    answers: tuple[str, str, str]
    gaps: str


FRENCH = Made(
    "fr", True, "Propre au puits Zanzibulle", "Le puits du village", "se laver les mains",
    ("Avec quoi se laver ?", "Complétez"), ("du savon", "du sable", "de la boue"), "Vingt __secondes|20 secondes__.",
)  # fmt: skip
ARABIC = Made(
    "ar", False, "نظيف عند البئر زنزبول", "بئر القرية", "غسل اليدين",
    ("بماذا نغسل أيدينا؟", "أكمل"), ("بالصابون", "بالرمل", "بالطين"), "عشرون __ثانية__.",
)  # fmt: skip


@pytest.mark.parametrize("made", [FRENCH, ARABIC], ids=["French", "Arabic without scripts"])
def test_a_course_is_made_and_taken_by_two_cards(demo: Box, visit: NewReader, made: Made) -> None:
    maker = visit(made.language, width=320, java_script_enabled=made.scripts)
    browser_sign_in(maker.page, demo, Role.MEDIATOR, "Amina")
    publish_article(demo, made)

    course = begin(maker, demo, made)
    add_lessons(maker, course, made)
    add_questions(maker, course, made)
    maker.page.goto(f"{course}/publish")
    assert_fits(maker)
    maker.page.click(".save-bar .main")
    assert "said=published" in maker.page.url
    learnt = f"{demo.url}/courses/~/{course.rpartition('/')[2]}"

    first, second = (visit(made.language, width=320, java_script_enabled=made.scripts) for _ in range(2))
    take(first, demo)
    take(second, demo)
    finish(first, learnt, made)
    begin_to_learn(second, learnt)

    assert [3, 1] == [done(each, learnt) for each in (first, second)]
    assert [] == maker.complaints + first.complaints + second.complaints
    found = f"/search?format=json&q={quote(made.title.split()[-1])}"
    assert eventually(lambda: [each["url"] for each in demo.get(found).json()["results"]]) == [urlsplit(learnt).path]
    take_back(maker, course)
    assert 404 == demo.get(urlsplit(learnt).path).status


def publish_article(box: Box, made: Made) -> None:
    """As if it had been written and published before."""
    texts = {made.language: Words(made.article, "")}
    fields = Fields(
        kind="article", language=made.language, texts=texts, body=f"<p>{made.article}.</p>", licence="CC0-1.0",
        consent=Consent("none_shown"),
    )  # fmt: skip
    with box_database(box.data / "box.db") as connection, transaction(connection):
        account = account_by_name(connection, "Amina")
        assert account is not None
        change_state(connection, new_creation(connection, fields, account.person), Deed.PUBLISH, 1)


def begin(maker: Reader, box: Box, made: Made) -> str:
    """The address of the new course in the editor."""
    maker.page.goto(f"{box.url}/staff/courses")
    maker.page.click("main a[href='/staff/courses/new']")
    maker.page.fill("#title", made.title)
    maker.page.select_option("#language", made.language)
    assert_fits(maker)
    maker.page.click(".save-bar .main")
    maker.page.wait_for_selector(".part")
    return maker.page.url


def add_lessons(maker: Reader, course: str, made: Made) -> None:
    """The article by what was made last, the film by the search."""
    maker.page.click(".part a[href*='/add']")
    maker.page.click(f".can-be-added li:has-text('{made.article}') button")
    maker.page.wait_for_selector(".notice.good")
    maker.page.click(".tabs li:nth-child(2) a")
    maker.page.fill("#find", made.film)
    maker.page.click(".work form.search button")
    maker.page.click(
        ".can-be-added li:has([name=place][value*='washing-hands-film/']:not([value$='/'])) button >> nth=0"
    )
    maker.page.wait_for_selector(".notice.good")
    assert_fits(maker)


def add_questions(maker: Reader, course: str, made: Made) -> None:
    """One to choose, with a row that is added and one that goes; one to fill in."""
    maker.page.goto(course)
    maker.page.click(".part button[formaction]")
    maker.page.click(".kinds a >> nth=0")
    maker.page.fill(f"[name='text.{made.language}']", made.questions[0])
    for row, text in enumerate(made.answers, 1):
        maker.page.fill(f"[name='{row}.text.{made.language}']", text)
    maker.page.check("[name='1.right']")
    maker.page.click(".add-row")
    maker.page.click("[value='remove.4']")
    maker.page.click("[value='down.1']")
    assert_fits(maker)
    save_question(maker)
    maker.page.click(".kinds a[href*='gaps']")
    maker.page.fill(f"[name='gaps.{made.language}']", made.gaps)
    save_question(maker)
    assert 2 == maker.page.locator(".numbered li").count()
    assert_fits(maker)


def save_question(maker: Reader) -> None:
    maker.page.click(".save-bar .main")
    maker.page.wait_for_selector(".notice.good")


def finish(learner: Reader, learnt: str, made: Made) -> None:
    """The article, the film, the questions, and the certificate."""
    learner.page.goto(learnt)
    learner.page.click("a.button.main")
    assert made.article in learner.page.locator(".lesson-text").inner_text()
    learner.page.click(".done-form button")
    assert learner.page.locator("video").count() == 1
    learner.page.click(".done-form button")
    for place, question in enumerate(learner.page.locator(".question").all(), 1):
        answer(question, rightly=True)
        question.locator(".check").click()
        learner.page.locator(f"#q{place} .result.right").wait_for()
    assert_fits(learner)
    learner.page.locator("#end a.button.main").click()
    learner.page.locator("a[href*='/certificate/~/']").wait_for()


def begin_to_learn(learner: Reader, learnt: str) -> None:
    learner.page.goto(learnt)
    learner.page.click("a.button.main")
    learner.page.click(".done-form button")
    learner.page.locator("video").wait_for()


def done(learner: Reader, learnt: str) -> int:
    """How many steps somebody has done, as their own page and the course's say."""
    learner.page.goto(f"{learnt.partition('/courses')[0]}/mine")
    assert 1 == learner.page.locator(f"a[href='{urlsplit(learnt).path}']").count()
    learner.page.goto(learnt)
    return learner.page.locator(".step.done").count()


def take_back(maker: Reader, course: str) -> None:
    """From learners, then for good; the box is as it was."""
    maker.page.goto(course)
    maker.page.click("form[action$='/withdraw'] button")
    maker.page.click("a[href$='/erase']")
    maker.page.click(".save-bar .danger")
    maker.page.wait_for_url("**/staff/courses")


def assert_fits(reader: Reader) -> None:
    """Nothing is wider than the phone, and a finger hits what it aims at (WCAG 2.2, 2.5.5)."""
    assert 0 == reader.look(TOO_WIDE), reader.page.url
    assert [] == reader.look(LOW), reader.page.url
