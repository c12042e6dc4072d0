"""What becomes of a course: pages, the way from lesson to lesson, and the course for programs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from libzim.reader import Archive
from selectolax.lexbor import LexborHTMLParser

from content_packs.build import build_pack
from content_packs.build.course.course_yml import read_course_yml
from content_packs.build.course.quiz_yml import read_quiz
from content_packs.build.course.words import WORDS
from content_packs.courses.model import FORMAT, json_path, read_course, write_course
from content_packs.errors import BadInput
from tests.content_packs.sources import dump, needs_zimcheck, read_entry, zimcheck
from tests.courses.sources import course_folder, read_course_of, small_course, source_file

ROOT = Path(__file__).parents[2]
FORMAT_PAGE = (ROOT / "docs" / "formats" / "course.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    report = build_pack(course_folder(folder / "source"), folder / "clean-hands.zim")
    assert () == report.warnings
    return report.pack


def page(pack: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(read_entry(pack, path))


def links(pack: Path, path: str, selector: str) -> dict[str, str]:
    found = page(pack, path).css(f"{selector} a")
    return {link.text(strip=True): str(link.attributes["href"]) for link in found}


@needs_zimcheck
def test_zimcheck_finds_nothing(pack: Path) -> None:
    result = zimcheck(pack)

    assert (0, "") == (result.returncode, "".join(line for line in result.stdout.splitlines() if "[ERROR]" in line))


def test_two_builds_give_the_same_entries(tmp_path: Path) -> None:
    source = course_folder(tmp_path / "source")

    first, second = (dump(build_pack(source, tmp_path / f"{number}.zim").pack) for number in (1, 2))

    assert first == second


# Pages


def test_the_first_page_is_the_course(pack: Path) -> None:
    assert "course.fr.html" == Archive(pack).main_entry.get_item().path


def test_the_page_of_a_course_lists_its_modules_and_lessons(pack: Path) -> None:
    found = page(pack, "course.fr.html")

    assert ["Les microbes 7 min", "Le savon"] == [heading.text() for heading in found.css("h2")]
    assert {
        "Ce que je sais": "germs/check.quiz.fr.html",
        "Que sont les microbes ?": "germs/what.fr.html",
        "sheet": "germs/sheet.html",
        "seen.csv": "germs/seen.csv",
        "Se laver les mains": "germs/washing.html",
        "Le savon": "soap/soap.fr.html",
        "Pourquoi ?": "soap/why.html",
        "Toutes les questions": "soap/all.quiz.fr.html",
    } == links(pack, "course.fr.html", "main")
    assert ["5 min", "2 min"] == [each.text(strip=True) for each in found.css("li .minutes")]
    assert ["Avant de commencer", "Qu’avez-vous appris ?"] == [each.text(strip=True) for each in found.css(".role")]
    assert "Familles · Pour débuter" == found.css_first(".facts").text(strip=True)  # type: ignore[union-attr]


def test_a_course_is_in_each_of_its_languages(pack: Path) -> None:
    found = page(pack, "course.ar.html")

    assert ("ar", "rtl") == (found.root.attributes["lang"], found.root.attributes["dir"])  # type: ignore[union-attr]
    assert ["الجراثيم 7 د", "الصابون"] == [heading.text() for heading in found.css("h2")]
    assert "soap/soap.ar.html" == links(pack, "course.ar.html", "main")["الصابون"]
    assert ["fr"] == [link.attributes["lang"] for link in found.css("main a") if link.text() == "Pourquoi ?"]


def test_the_contents_list_the_course_instead_of_its_lessons(pack: Path) -> None:
    assert {"Mains propres": "course.fr.html"} == links(pack, "contents.fr.html", ".contents")


@pytest.mark.parametrize(
    ("path", "up", "previous", "following"),
    [
        ("germs/check.quiz.before.fr.html", "../course.fr.html", None, "what.fr.html"),
        ("germs/what.fr.html", "../course.fr.html", "check.quiz.before.fr.html", "washing.html"),
        ("germs/check.quiz.fr.html", "../course.fr.html", "washing.html", "../soap/soap.fr.html"),
        ("germs/what.ar.html", "../course.ar.html", "check.quiz.before.ar.html", "washing.html"),
        ("soap/why.html", "../course.fr.html", "soap.fr.html", "all.quiz.fr.html"),
        ("soap/all.quiz.fr.html", "../course.fr.html", "why.html", None),
    ],
)
def test_each_step_leads_up_back_and_on(
    pack: Path, path: str, up: str, previous: str | None, following: str | None
) -> None:
    found = page(pack, path)

    def address(selector: str) -> str | None:
        link = found.css_first(selector)
        return link.attributes["href"] if link else None

    assert (up, previous, following) == (address(".trail a"), address("[rel=prev]"), address("[rel=next]"))


def test_the_page_of_a_film_leads_on_in_each_language(pack: Path) -> None:
    following = page(pack, "germs/washing.html").css("[rel=next]")

    assert {"fr": "check.quiz.fr.html", "ar": "check.quiz.ar.html"} == {
        link.attributes["lang"]: link.attributes["href"] for link in following
    }


def test_an_html_lesson_keeps_its_bytes_and_gets_links_at_its_end(pack: Path) -> None:
    html = read_entry(pack, "soap/why.html")

    assert html.startswith("<!DOCTYPE html><title>Pourquoi ?</title><body><p>Parce que.</p>")
    assert html.endswith("</body>")


def test_an_html_lesson_keeps_its_encoding(tmp_path: Path) -> None:
    folder = small_course(tmp_path / "source", {"course.yml": "title: Leçon\n", "1/b.md": "# Où\n"})
    html = "<html><head><meta charset=iso-8859-1><title>Été</title></head><body>Été</BODY></html>"
    (folder / "1" / "a.html").write_bytes(html.encode("latin-1"))

    pack = build_pack(folder, tmp_path / "small.zim").pack

    raw = bytes(Archive(pack).get_entry_by_path("1/a.html").get_item().content)
    before, _, after = raw.decode("latin-1").partition("<nav")
    assert (html.partition("</BODY>")[0], "</BODY></html>") == (before.strip(), after[-14:])
    assert {"Leçon", "Où"} == {link.text(strip=True) for link in LexborHTMLParser(raw.decode("latin-1")).css("nav a")}


def test_what_is_handed_out_stands_on_the_lesson(pack: Path) -> None:
    assert {"sheet": "sheet.html", "seen.csv": "seen.csv"} == links(pack, "germs/what.fr.html", ".beside")


def test_a_quiz_is_readable_without_its_script(pack: Path) -> None:
    questions = page(pack, "germs/check.quiz.fr.html").css(".question")

    assert ["1 Où vivent les microbes ?", "2 Qu’est-ce qui nettoie ?", "3 Que boit-on ?"] == [
        question.css_first("legend").text(strip=False).strip()  # type: ignore[union-attr]
        for question in questions
    ]
    assert ["radio", "radio", "checkbox", "checkbox", "checkbox", "text"] == [
        field.attributes["type"] for question in questions for field in question.css("input")
    ]
    answer = questions[0].css_first("details")
    assert answer is not None
    assert "Sur les mains – Oui, sur la peau." in " ".join(answer.text().split())
    assert "Les microbes sont partout." in answer.text()


def test_pages_have_no_script_of_their_own(pack: Path) -> None:
    found = page(pack, "germs/check.quiz.fr.html")

    assert [("../_pack/quiz.js", "")] == [(one.attributes.get("src"), one.text()) for one in found.css("script")]
    assert [] == [node.tag for node in found.css("*") if any(name.startswith("on") for name in node.attributes)]


def test_what_a_maker_writes_is_text_and_never_html(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>'\"&"
    text = json.dumps(evil)
    quiz = f"""\
title: {text}
introduction: {text}
questions:
  - question: {text}
    choices: [{{right: {text}, feedback: {text}}}, {{wrong: b}}]
    when_right: {text}
    explanation: {text}
  - {{question: {text}, answer: {text}}}
  - {{question: {text}, number: 1, unit: {text}}}
  - {{question: {text}, order: [{text}, b]}}
  - {{question: {text}, pairs: [[{text}, {text}], [a, b]]}}
  - gaps: {json.dumps(evil + "__" + evil + "__")}
"""
    course = (
        f"title: {text}\nsummary: {text}\naudience: {text}\nmodules:\n  - title: {text}\n    lessons: [q.quiz.yml]\n"
    )

    pack = build_pack(small_course(tmp_path / "s", {"course.yml": course, "q.quiz.yml": quiz}), tmp_path / "x.zim").pack

    assert ["../_pack/quiz.js".removeprefix("../")] == [
        script.attributes.get("src")
        for path in ("course.fr.html", "q.quiz.fr.html")
        for script in page(pack, path).css("script")
    ]
    key = json.loads(str(page(pack, "q.quiz.fr.html").css_first("#q1").attributes["data-key"]))  # type: ignore[union-attr]
    assert evil == key["feedback"]["1"] == key["whenRight"]


def test_a_course_gives_the_words_of_its_language(tmp_path: Path) -> None:
    files = {
        "course.yml": "title: Cours\nwords: {check: {fr: Voyons}}\n",
        "1/q.quiz.yml": "title: Q\nquestions: [{gaps: __a__}]\n",
    }

    pack = build_pack(small_course(tmp_path / "source", files), tmp_path / "small.zim").pack

    words = json.loads(str(page(pack, "1/q.quiz.fr.html").css_first("#quiz").attributes["data-words"]))  # type: ignore[union-attr]
    assert ("Voyons", "Juste") == (words["check"], words["right"])


# The course for programs


def test_the_course_for_programs_says_everything(pack: Path) -> None:
    course = read_course_of(pack, "clean-hands")

    assert (1, "clean-hands", "beginner", "CC0-1.0") == (course.format, course.id, course.level, course.licence)
    assert [
        ("germs/check.quiz:before", "germs/check.quiz", "before"),
        ("germs/what", "", ""),
        ("germs/washing", "", ""),
        ("germs/check.quiz:after", "germs/check.quiz", "after"),
    ] == [(step.id, step.quiz, step.role) for step in course.modules[0].steps]
    assert ["q1", "clean", "q3"] == [question.id for question in course.quizzes[0].questions]
    kinds = [question.kind for quiz in course.quizzes for question in quiz.questions]
    assert ["choice", "choice", "words", "number", "order", "pairs", "gaps", "choice"] == kinds


def test_every_page_and_file_that_it_names_is_in_the_pack(pack: Path) -> None:
    archive, course = Archive(pack), read_course_of(pack, "clean-hands")
    steps = [step for module in course.modules for step in module.steps]

    named = [*course.pages.values()]
    named += [path for step in steps for path in step.pages.values()]
    named += [attachment.path for step in steps for attachment in step.attachments]
    named += [question.picture for quiz in course.quizzes for question in quiz.questions if question.picture]

    assert [] == [path for path in named if not archive.has_entry_by_path(path)]


def test_writing_what_was_read_changes_nothing(pack: Path) -> None:
    raw = read_entry(pack, json_path("clean-hands")).encode()

    assert raw == write_course(read_course(raw, "the course"))


def course_of(steps: int = 0, questions: int = 0) -> bytes:
    """The JSON of a course that says little of each."""
    step: dict[str, object] = {"id": "s", "title": {}, "pages": {}}
    question: dict[str, object] = {"id": "q", "text": {}, "kind": "words", "answers": {}}
    quizzes = [{"id": "z", "title": {}, "questions": [question] * questions}]
    modules = [{"id": "m", "steps": [step] * steps}]
    course = {"format": 1, "id": "c", "title": {}, "pages": {}, "modules": modules, "quizzes": quizzes}
    return json.dumps(course).encode()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is no course that can be read"),
        (b"[" * 100_000, "is no course that can be read"),
        (b"[]", "is no course that can be read (Expected `object`, got `array`)"),
        (b'{"format": 1, "id": "a", "title": {}, "pages": {}, "modules": [{}]}', "`$.modules[0]`"),
        (b'{"quizzes": [{"id": "q", "title": {}, "questions": [{"kind": "essay"}]}]}', "Invalid value 'essay'"),
        (b'{"format": 2, "id": "a", "title": {}, "pages": {}, "modules": []}', "has format 2, and this program knows"),
        (b" " * (4 * 1024 * 1024 + 1), "is larger than 4 MiB"),
        (course_of(steps=2001), "has more than 2000 lessons and quizzes"),
        (course_of(questions=201), "Expected `array` of length <= 200"),
    ],
)  # fmt: skip
def test_what_is_no_course_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=r"^x\.json ") as caught:
        read_course(raw, "x.json")

    assert reason in str(caught.value)


def test_fields_of_later_versions_are_passed_over() -> None:
    raw = b'{"format": %d, "id": "a", "title": {}, "pages": {}, "modules": [], "colour": "red"}' % FORMAT

    assert "a" == read_course(raw, "x.json").id


# Documentation


def test_the_examples_of_the_documentation_are_read(tmp_path: Path) -> None:
    examples = re.findall(r"^```yaml\n(.*?)^```", FORMAT_PAGE, re.MULTILINE | re.DOTALL)

    course, quiz, words = (source_file(tmp_path, f"{number}.yml", text) for number, text in enumerate(examples))

    modules = read_course_yml(course, ("fr", "ar"), {}, {}).modules
    assert modules is not None
    assert [4, 3] == [len(module.steps) for module in modules]
    kinds = [question.kind for question in read_quiz(quiz, "q", ("fr", "en"), ())[0].questions]
    assert ["choice", "words", "gaps"] == kinds
    assert {"check", "right"} == set(read_course_yml(words, ("rn",), {"rn": "Isomo"}, {}).words)


def test_every_field_of_the_json_is_documented() -> None:
    import content_packs.courses.model as model

    rows = [line for line in FORMAT_PAGE.partition("## `_pack/course/ID.json`")[2].splitlines() if line.startswith("|")]
    documented = "\n".join(rows)

    structs = [each for each in vars(model).values() if isinstance(each, type) and hasattr(each, "__struct_fields__")]
    fields = {field for struct in structs for field in struct.__struct_fields__}
    assert [] == sorted(field for field in fields if f"`{field}`" not in documented)


def test_every_word_is_there_in_every_language_and_documented() -> None:
    languages = set(WORDS["answer"])

    assert {} == {name: languages ^ set(texts) for name, texts in WORDS.items() if languages ^ set(texts)}
    assert [] == [name for name in WORDS if f"`{name}`" not in FORMAT_PAGE.partition("## Words")[2].partition("## ")[0]]
