"""A pack's own pages of a quiz and its course: by finger and keyboard, without scripts, on a narrow phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator

from content_packs.build import build_pack
from tests.browser.conftest import NewReader
from tests.browser.reader import Reader
from tests.courses.sources import course_folder
from tests.support.box import Box, running_box

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def box(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("course")
    pack = build_pack(course_folder(folder / "source"), folder / "clean-hands.zim").pack
    with running_box(folder / "data", pack) as running:
        running.wait_for("clean-hands")
        yield running


def go(reader: Reader, box: Box, path: str) -> None:
    """The pack's own page, as it is also shown elsewhere: at `/content` a box shows the course in pages of its own."""
    reader.page.goto(f"{box.content_url}/raw/clean-hands/content/{path}")


def question(reader: Reader, number: int) -> Locator:
    return reader.page.locator(f"#q{number}")


def check(reader: Reader, number: int) -> str:
    """Press the question's button; what is said."""
    question(reader, number).locator(".check").click()
    return question(reader, number).locator(".result").inner_text()


def test_each_answer_is_marked_at_once_and_counted(box: Box, visit: NewReader) -> None:
    reader = visit("fr")
    go(reader, box, "germs/check.quiz.fr.html")

    question(reader, 1).get_by_label("Dans la lune").check()
    first = check(reader, 1)
    question(reader, 2).get_by_label("Le savon").check()
    question(reader, 2).get_by_label("L’eau").check()
    second = check(reader, 2)
    question(reader, 3).locator("input").fill("DE L'EAU")
    third = check(reader, 3)

    assert ["Pas tout à fait – Non, trop loin.", "Juste", "Juste – Bravo !"] == [first, second, third]
    assert "2 sur 3 justes. Bravo !" == reader.page.locator(".score").inner_text()
    assert question(reader, 1).get_by_text("Les microbes sont partout.").is_visible()
    assert [] == reader.complaints


def test_every_kind_of_question_can_be_answered_rightly(box: Box, visit: NewReader) -> None:
    reader = visit("ar", width=320, is_mobile=True, has_touch=True)
    go(reader, box, "soap/all.quiz.ar.html")

    question(reader, 1).locator("input").fill("٢٢٫٥ ثانية")
    for wanted in ("بلّل", "صبّن"):
        item = question(reader, 2).locator(".order li", has_text=wanted)
        while item.evaluate("item => [...item.parentNode.children].indexOf(item)") > ("بلّل", "صبّن").index(wanted):
            item.get_by_label("إلى أعلى").tap()
    for left, right in (("صابون", "غسل"), ("منشفة", "تجفيف"), ("1", "2")):
        pair = question(reader, 3).locator(".pairs li", has=reader.page.get_by_text(left, exact=True))
        pair.locator("select").select_option(label=right)
    gaps = question(reader, 4).locator("input")
    gaps.nth(0).fill("٢٠")
    gaps.nth(1).fill("صابون")
    question(reader, 5).locator("label", has_text="الصنبور").tap()

    said = [check(reader, number).partition(" – ")[0] for number in range(1, 6)]

    assert ["صحيح", "صحيح", "صحيح", "ليس تمامًا", "صحيح"] == said  # “soap” without its article
    assert "4 من 5 صحيحة. أحسنت!" == reader.page.locator(".score").inner_text()
    assert ["right", "wrong"] == question(reader, 4).locator(".gap").evaluate_all(
        "all => all.map(e => e.className.split(' ')[1])"
    )
    assert [] == reader.complaints


def test_a_quiz_can_be_started_again(box: Box, visit: NewReader) -> None:
    reader = visit("fr")
    go(reader, box, "germs/check.quiz.fr.html")
    for number, label in ((1, "Dans la lune"), (2, "La poussière")):
        question(reader, number).get_by_label(label).check()
        check(reader, number)
    question(reader, 3).locator("input").fill("du sable")
    check(reader, 3)

    failed = reader.page.locator(".score").inner_text()
    reader.page.get_by_role("button", name="Recommencer").click()

    assert "0 sur 3 justes. Relisez les leçons et réessayez." == failed
    assert "" == reader.page.locator(".score").inner_text()
    assert 3 == reader.page.locator(".check").count()
    assert "" == question(reader, 3).locator("input").input_value()


def test_the_check_before_a_module_is_not_failed(box: Box, visit: NewReader) -> None:
    reader = visit("fr")
    go(reader, box, "germs/check.quiz.before.fr.html")

    question(reader, 1).get_by_label("Dans la lune").check()
    check(reader, 1)
    question(reader, 2).get_by_label("La poussière").check()
    check(reader, 2)
    question(reader, 3).locator("input").fill("rien")
    check(reader, 3)

    assert "0 sur 3 justes" == reader.page.locator(".score").inner_text()


def test_what_is_not_answered_is_not_marked(box: Box, visit: NewReader) -> None:
    reader = visit("fr")
    go(reader, box, "soap/all.quiz.fr.html")

    said = {number: check(reader, number) for number in (1, 3, 4, 5)}

    assert dict.fromkeys((1, 3, 4, 5), "Répondez d’abord.") == said
    assert 5 == reader.page.locator(".check").count()


def test_a_quiz_is_answered_by_the_keyboard_alone(box: Box, visit: NewReader) -> None:
    reader = visit("fr")
    go(reader, box, "germs/check.quiz.fr.html")

    question(reader, 1).locator("input").first.focus()
    reader.page.keyboard.press("Space")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    first = reader.look("document.activeElement.textContent")
    question(reader, 3).locator("input").focus()
    reader.page.keyboard.type("eau")
    reader.page.keyboard.press("Enter")

    assert "Juste – Oui, sur la peau." == first
    assert "Juste – Bravo !" == reader.look("document.activeElement.textContent")


def test_things_are_put_in_order_by_the_keyboard(box: Box, visit: NewReader) -> None:
    reader = visit("fr")
    go(reader, box, "soap/all.quiz.fr.html")
    before = question(reader, 2).locator(".order li span").all_inner_texts()

    question(reader, 2).get_by_label(f"Descendre: {before[0]}").focus()
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Enter")

    assert [*before[1:], before[0]] == question(reader, 2).locator(".order li span").all_inner_texts()
    assert f"Descendre: {before[0]}" == reader.look("document.activeElement.getAttribute('aria-label')")


def test_without_scripts_answers_are_a_tap_away(box: Box, visit: NewReader) -> None:
    reader = visit("ar", width=320, java_script_enabled=False)
    go(reader, box, "germs/check.quiz.ar.html")

    hidden = question(reader, 1).get_by_text("الجراثيم في كلّ مكان.").is_visible()
    question(reader, 1).get_by_label("على القمر").check()
    question(reader, 1).locator("summary").click()

    assert (False, True) == (hidden, question(reader, 1).get_by_text("الجراثيم في كلّ مكان.").is_visible())
    assert 0 == reader.page.locator("button").count()


def test_on_paper_a_quiz_is_a_work_sheet(box: Box, visit: NewReader) -> None:
    reader = visit("fr")
    go(reader, box, "soap/all.quiz.fr.html")

    reader.page.emulate_media(media="print")

    assert [] == [one for one in reader.page.locator("summary, .check, .neighbours").all() if one.is_visible()]
    assert ["laver", "sécher", "2"] == sorted(
        question(reader, 3).locator(".on-paper li").all_inner_texts(), key=["laver", "sécher", "2"].index
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_nothing_scrolls_sideways_on_a_narrow_phone(box: Box, visit: NewReader, language: str, scripts: bool) -> None:
    reader = visit(language, width=320, java_script_enabled=scripts)
    pages = ["course", "germs/what", "germs/check.quiz", "soap/all.quiz"]

    too_wide = {}
    for page in pages:
        go(reader, box, f"{page}.{language}.html")
        too_wide[page] = reader.look("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert dict.fromkeys(pages, 0) == too_wide


def test_a_finger_hits_what_it_aims_at(box: Box, visit: NewReader) -> None:
    """44 pixels, as WCAG 2.2 (2.5.5) asks for."""
    reader = visit("ar", width=320)
    go(reader, box, "soap/all.quiz.ar.html")

    low = reader.look(
        """[...document.querySelectorAll("#quiz button, #quiz select, #quiz [type=text], #quiz label, summary")]
            .filter(each => each.getBoundingClientRect().height < 44).map(each => each.outerHTML)"""
    )

    assert [] == low


def test_a_course_is_walked_through_from_its_page(box: Box, visit: NewReader) -> None:
    reader = visit("fr")
    go(reader, box, "course.fr.html")

    reader.page.locator("main a").first.click()
    titles = [reader.page.title()]
    while reader.page.locator("[rel=next][lang=fr]").count():
        reader.page.locator("[rel=next][lang=fr]").click()
        titles.append(reader.page.title())
    reader.page.go_back()
    reader.page.locator("[rel=prev]").first.click()
    reader.page.locator(".trail a").first.click()

    assert [
        "Ce que je sais", "Que sont les microbes ?", "Se laver les mains", "Ce que je sais", "Le savon", "Pourquoi ?",
        "Toutes les questions",
    ] == titles  # fmt: skip
    assert "Mains propres" == reader.page.title()
