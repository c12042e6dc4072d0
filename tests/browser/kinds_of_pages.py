"""Every kind of page that a visitor meets: what is measured of pages is measured of all of these.

A new kind is one more line of KINDS. `{app}` and `{packs}` are the two origins of the demo library's box, `{books}` and
`{book_packs}` those of a box with a book and a PDF (`tests/browser/conftest.py`), `{language}` is the visitor's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from ideascube.people.rights import Role
from tests.support.box import Box

LONG_ADDRESS = "https%3A%2F%2Fexample.org%2F" + "averylongaddress" * 8
BAR = "ideascube-bar"
COURSE = "{app}/courses/safe-water/six-lessons"
HOME_BYTES, OTHER_BYTES, SCRIPT_BYTES = 30_000, 50_000, 15_000  # of a first visit, compressed, without media


@dataclass(frozen=True)
class Kind:
    """`ours` chooses what of a page is not the pack's; `act` is what a visitor does on it before it is looked at.

    `with_card`: another page unless the visitor has taken a card, on the kind of page “new card”. `by`: the role of who
    is signed in on the demo library's box; `{sent}` is the id of what a contributor sent there.
    """

    name: str
    address: str
    ours: str = ""
    act: Callable[[Page], None] | None = None
    with_card: bool = False
    by: Role | None = None

    def at(self, boxes: Boxes, language: str) -> str:
        return self.address.format(
            app=boxes.demo.url,
            packs=boxes.demo.content_url,
            books=boxes.books.url,
            book_packs=boxes.books.content_url,
            language=language,
            sent=boxes.sent,
        )

    @property
    def most_bytes(self) -> int:
        return HOME_BYTES if self.name == "home" else OTHER_BYTES


@dataclass(frozen=True)
class Boxes:
    demo: Box
    books: Box
    sent: str = ""


def answer_a_question(page: Page) -> None:
    """Answer the first question of one choice by its first one, and have it checked at once."""
    question = page.locator("#quiz fieldset:has(input[type=radio])").first
    question.locator("input[type=radio]").first.check()
    question.locator(".check").click()
    question.locator(".result.right, .result.wrong").wait_for()


def send_the_quiz(page: Page) -> None:
    """Answer everything somehow and have all of it checked by the server, as a browser without scripts does."""
    page.evaluate(_SOME_ANSWERS)
    page.locator("#end-title").wait_for()


_SOME_ANSWERS = """
    const quiz = document.getElementById("quiz");
    quiz.querySelectorAll("fieldset").forEach(question => {
        const first = question.querySelector("input[type=radio], input[type=checkbox]");
        if (first) first.checked = true;
        question.querySelectorAll("input[type=text]").forEach(field => { field.value = "1"; });
        question.querySelectorAll("select").forEach((list, number) => { list.selectedIndex = number + 1; });
        const checked = document.createElement("input");
        const name = question.querySelector("[name]").name.split(".")[0];
        Object.assign(checked, {type: "hidden", name: "done", value: name});
        quiz.append(checked);
    });
    quiz.submit();
"""


def take_a_card(page: Page) -> None:
    page.locator("form[action='/card/take'] button").click()
    page.wait_for_load_state()


def send_no_reason(page: Page) -> None:
    """As browsers do that know no required fields."""
    _send_unchecked(page, "form[action='/flag'] button")


def send_back_without_a_word(page: Page) -> None:
    _send_unchecked(page, "button[value=return]")


def _send_unchecked(page: Page, button: str) -> None:
    page.locator(button).evaluate("button => { button.form.noValidate = true; button.click(); }")
    page.locator(".problem").wait_for()


def see_the_editor(page: Page) -> None:
    page.locator(".ProseMirror").wait_for()


KINDS = (
    Kind("home", "{app}/"),
    Kind("library", "{app}/library"),
    Kind("pack", "{app}/packs/safe-water"),
    Kind("search", "{app}/search"),
    Kind("results", "{app}/search?q=water&kind=collection&licence=CC-BY-SA-4.0"),
    Kind("nothing found", "{app}/search?q=" + "unfindable" * 20),
    Kind("internet", "{app}/external?url=" + LONG_ADDRESS),
    Kind("error", "{app}/packs/" + "nowhere" * 20),
    Kind("error in a pack", "{packs}/content/safe-water/" + "nowhere" * 20),
    Kind("article", "{packs}/content/first-words/greetings.{language}.html", BAR),
    Kind("table", "{packs}/content/first-words/clinic.{language}.html", BAR),
    Kind("picture book", "{packs}/content/the-tap-and-the-jar/03.{language}.html", BAR),
    Kind("film", "{app}/watch/washing-hands-film/washing-hands.mp4"),
    Kind("sound", "{app}/watch/counting/counting-song.mp3"),
    Kind("chapter", "{app}/read/the-tap-and-the-jar/the-tap-and-the-jar.epub?at=1"),
    Kind("page of a PDF", "{books}/read/shelf/sheet.pdf?at=1"),
    Kind("quiet article", "{app}/read/first-words/clinic.{language}.html"),
    Kind("courses", "{app}/courses"),
    Kind("course", COURSE),
    Kind("lesson", COURSE + "/boil"),
    Kind("quiz", COURSE + "/water.quiz:after"),
    Kind("answered quiz", COURSE + "/water.quiz:after", act=answer_a_question),
    Kind("marked quiz", COURSE + "/water.quiz:after", act=send_the_quiz),
    Kind("certificate", "{app}/certificate/safe-water/six-lessons"),
    Kind("card", "{app}/card"),
    Kind("pictures of a card", "{app}/card/enter"),
    Kind("square of a card", "{app}/card/enter?secret=x"),
    Kind("mine", "{app}/mine"),
    Kind("taking away", "{app}/take/washing-hands-film/washing-hands.mp4"),
    Kind("keep", "{app}/keep?pack=safe-water&path=boil.en.html&title=Boil+water"),
    Kind("share", "{app}/share?of=/packs/safe-water"),
    Kind("style guide", "{app}/staff/styleguide"),
    Kind("flag without a reason", "{app}/flag?pack=safe-water&path=boil.{language}.html", act=send_no_reason),
    Kind("new card", "{app}/card", act=take_a_card),
    Kind("own card", "{app}/card", with_card=True),
    Kind("home with a card", "{app}/", with_card=True),
    Kind("new pictures", "{app}/card/renew", with_card=True),
    Kind("erasing a card", "{app}/card/erase", with_card=True),
    Kind("what I made", "{app}/staff/mine", by=Role.CONTRIBUTOR),
    Kind("workspace", "{app}/staff", by=Role.OPERATOR),
    Kind("sent back without a word", "{app}/staff/review/{sent}", act=send_back_without_a_word, by=Role.MEDIATOR),
    Kind("flags", "{app}/staff/review/flags", by=Role.MEDIATOR),
    Kind("everything made here", "{app}/staff/all", by=Role.MEDIATOR),
    Kind("what one can make", "{app}/staff/write", by=Role.CONTRIBUTOR),
    Kind("writing", "{app}/staff/write/{sent}", act=see_the_editor, by=Role.MEDIATOR),
    Kind("versions", "{app}/staff/write/{sent}/versions", by=Role.MEDIATOR),
    Kind("a version", "{app}/staff/write/{sent}/versions/1", by=Role.MEDIATOR),
    Kind("preview", "{app}/staff/write/{sent}/preview", by=Role.MEDIATOR),
    Kind("fetching and sending", "{app}/staff/sync", by=Role.MEDIATOR),
    Kind("taking something back", "{app}/staff/mine/{sent}/take-back", by=Role.MEDIATOR),
)
