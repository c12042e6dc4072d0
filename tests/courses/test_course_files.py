"""What a folder may say of a course, and which line is named where it says something wrong."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from content_packs.build import build_pack
from content_packs.build.course.course_yml import read_course_yml
from content_packs.build.course.quiz_yml import read_quiz
from content_packs.courses.model import Course
from content_packs.errors import BadInput
from tests.courses.sources import quiz_yml, read_course_of, small_course, source_file

LESSON = {"a.fr.md": "# Leçon\n"}
COURSE = "title: Cours\nmodules:\n  - title: Un\n    lessons: [{}]\n"


def build(folder: Path, files: dict[str, str]) -> tuple[Course, tuple[str, ...]]:
    report = build_pack(small_course(folder / "source", files), folder / "small.zim")
    return read_course_of(report.pack, "small"), report.warnings


def error(folder: Path, files: dict[str, str]) -> str:
    with pytest.raises(BadInput) as caught:
        build_pack(small_course(folder / "source", files), folder / "small.zim")
    assert not (folder / "small.zim").exists()
    return str(caught.value)


def quiz_error(folder: Path, quiz: str) -> str:
    return error(folder, {"course.yml": COURSE.format("q.quiz.yml"), "q.quiz.yml": quiz})


# Folders as modules


def test_folders_are_modules_and_files_are_lessons_in_the_order_that_people_count_in(tmp_path: Path) -> None:
    files = {
        "course.yml": "title: Cours\n",
        "index.md": "# Accueil\n",
        "welcome.md": "# Bienvenue\n",
        "2-soap/2-foam.md": "# Mousse\n",
        "2-soap/10-dry.md": "# Sécher\n",
        "2-soap/after.quiz.yml": quiz_yml("  - {question: Un, number: 1}\n"),
        "2-soap/before.quiz.yml": quiz_yml("  - {question: Un, number: 1}\n"),
        "2-soap/3-foam.quiz.yml": quiz_yml("  - {question: Un, number: 1}\n"),
        "10-end/bye.md": "# Fin\n",
    }

    course, warnings = build(tmp_path, files)

    assert ["", "Soap", "End"] == [module.title.get("fr", "") for module in course.modules]
    assert ["module-1", "soap", "end"] == [module.id for module in course.modules]
    assert [
        "welcome",
        "soap/before.quiz:before",
        "soap/foam",
        "soap/foam.quiz",
        "soap/dry",
        "soap/after.quiz:after",
        "end/bye",
    ] == [step.id for module in course.modules for step in module.steps]
    assert () == warnings


def test_a_module_yml_gives_its_folder_a_title(tmp_path: Path) -> None:
    files = {
        "course.yml": "title: Cours\n",
        "1/module.yml": "id: one\ntitle: {fr: Un, en: One}\nsummary: Le premier\nminutes: 40\n",
        "1/a.md": "# A\n",
        "2/module.yml": "title: Deux\nlessons: [c.md, b.md]\n",
        "2/b.md": "# B\n",
        "2/c.md": "# C\n",
    }

    course, _ = build(tmp_path, files)

    assert [("one", {"fr": "Un", "en": "One"}), ("2", {"fr": "Deux"})] == [
        (one.id, one.title) for one in course.modules
    ]
    assert (40, {"fr": "Le premier"}) == (course.modules[0].minutes, course.modules[0].summary)
    assert ["2/c", "2/b"] == [step.id for step in course.modules[1].steps]


def test_a_pack_of_kind_course_needs_no_course_yml(tmp_path: Path) -> None:
    folder = small_course(tmp_path / "source", {"1-first/a.fr.md": "# Un\n", "1-first/a.en.md": "# One\n"})
    with (folder / "pack.yml").open("a") as file:
        file.write("kind: course\n")

    course = read_course_of(build_pack(folder, tmp_path / "small.zim").pack, "small")

    assert ({"fr": "Petit", "en": "Small"}, {"fr": "Un cours", "en": "A course"}) == (course.title, course.summary)
    assert {"fr": "1-first/a.fr.html", "en": "1-first/a.en.html"} == course.modules[0].steps[0].pages


def test_a_document_that_a_lesson_links_to_is_no_lesson(tmp_path: Path) -> None:
    files = {
        "course.yml": "title: Cours\n",
        "1/a.md": "# A\n\n[à imprimer](sheet.md) et [chant](song.mp3)\n",
        "1/sheet.md": "# Feuille\n",
        "1/song.mp3": "no sound at all",
    }

    course, _ = build(tmp_path, files)

    assert ["1/a", "1/sheet"] == [step.id for step in course.modules[0].steps]


def test_a_pack_may_hold_several_courses(tmp_path: Path) -> None:
    files = {
        "Mains propres/course.yml": "title: Mains\n",
        "Mains propres/1/a.md": "# A\n",
        "water/course.yml": "id: eau\ntitle: Eau\n",
        "water/1/a.md": "# A\n",
    }

    report = build_pack(small_course(tmp_path / "source", files), tmp_path / "small.zim")

    assert {"fr": "Mains propres/course.fr.html"} == read_course_of(report.pack, "mains_propres").pages
    assert {"fr": "water/course.fr.html"} == read_course_of(report.pack, "eau").pages


# Lists


def test_a_page_may_be_named_with_or_without_its_language_and_ending(tmp_path: Path) -> None:
    files = {f"{name}.fr.md": f"# {name}\n" for name in "abc"} | {"course.yml": COURSE.format("a.md, b.fr.md, c")}

    course, warnings = build(tmp_path, files)

    assert ["a", "b", "c"] == [step.id for step in course.modules[0].steps]
    assert () == warnings


def test_times_add_up_where_each_lesson_has_one(tmp_path: Path) -> None:
    lessons = COURSE.format("{file: a.md, minutes: 5}, q.quiz.yml, {file: b.md, minutes: 10}")
    quiz = quiz_yml("  - {question: Un, number: 1}\n")

    course, _ = build(tmp_path, LESSON | {"b.md": "# B\n", "course.yml": lessons, "q.quiz.yml": quiz})

    assert (15, 15) == (course.modules[0].minutes, course.minutes)


def test_a_title_of_a_lesson_goes_before_that_of_its_page(tmp_path: Path) -> None:
    course, _ = build(tmp_path, LESSON | {"course.yml": COURSE.format("{file: a.md, title: {fr: Autre, en: Other}}")})

    assert {"fr": "Autre", "en": "Other"} == course.modules[0].steps[0].title


def test_what_nobody_lists_is_a_warning(tmp_path: Path) -> None:
    files = LESSON | {
        "course.yml": COURSE.format("a.md"),
        "a.fr.md": "# Leçon\n\n[plus](more.md)\n",
        "more.md": "# Plus\n",
        "index.md": "# Accueil\n",
        "lost.md": "# Perdu\n",
        "lost.quiz.yml": quiz_yml("  - {question: Un, number: 1}\n"),
    }

    _, warnings = build(tmp_path, files)

    assert [
        "lost.md is in no module of the course (course.yml): list it there or move it.",
        "lost.quiz.yml is in no module of the course (course.yml): list it there or move it.",
    ] == list(warnings)


@pytest.mark.parametrize(
    ("lessons", "expected"),
    [
        ("b.md", "course.yml, line 4: b.md is listed, and there is no b.md: correct the name or add the file."),
        ("../../etc/passwd", "course.yml, line 4: ../../etc/passwd is listed, and there is no ../../etc/passwd:"),
        ("icon.png", "course.yml, line 4: icon.png is no page, film, sound, document or quiz: name one, or show it"),
        ("q.quiz.yml", "course.yml, line 4: q.quiz.yml is listed, and there is no q.quiz.yml: correct the name"),
        ("a.md, a.fr.md", "course.yml: there are two lessons or quizzes “a”: name each file once, and give one"),
        ("{file: a.md, id: A}", "course.yml, line 4: “id” may hold small letters a to z, digits, “-”, “_” and “.”."),
        ("{file: a.md, minutes: 0}", "course.yml, line 4: “minutes” must be a whole number of minutes from 1 on."),
        ("{title: A}", "course.yml, in what begins on line 4: “file” is missing: add a line “file: …”."),
        ("{file: a.md, attachments: [b.pdf]}", "course.yml, line 4: b.pdf is listed, and there is no b.pdf: correct"),
        ("{file: a.md, colour: red}", "course.yml, line 4: “colour” is no field that is known here: correct or"),
        ("[a.md]", "course.yml, line 4: “lessons” must hold lines of the form “field: value”."),
        ("", "course.yml: the course has no lessons: list files under modules, or put some into folders."),
    ],
)  # fmt: skip
def test_a_wrong_list_is_refused_with_its_line(tmp_path: Path, lessons: str, expected: str) -> None:
    assert error(tmp_path, LESSON | {"course.yml": COURSE.format(lessons)}).startswith(expected)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"c/course.yml": "summary: x\n"}, "c/course.yml: “title” is missing: add a line “title: …”."),
        ({"course.yml": "level: hard\n"}, "course.yml, line 1: “level” must be one of beginner, intermediate,"),
        ({"course.yml": "words: {hello: Salut}\n"}, "course.yml, line 1: “hello” is no field that is known here"),
        ({"course.yml": "words: {check: {sw: Angalia}}\n"}, "course.yml, line 1: “check” has a text in “sw”, which"),
        ({"course.yml": "modules:\n  - before: b.quiz.yml\n    title: Un\n"}, "course.yml, line 2: b.quiz.yml is"),
        ({"course.yml": "modules: a.md\n"}, "course.yml, line 1: “modules” must be a list"),
        ({"course.yml": "title: a: b\n"}, "course.yml, line 1: this is not YAML (mapping values are not allowed"),
        ({"course.yml": "title: {fr: Qui ?, en: Who}\n"}, "course.yml, line 1: this is not YAML (expected ',' or"),
        ({"course.yml": "a: &a [*a]\n"}, "course.yml, line 1: this is not YAML"),
        ({"course.yml": "x: " + "y" * 300_000}, "course.yml is larger than 256 KiB"),
        ({"course.yml": "", "c/course.yml": "title: C\n"}, "c/course.yml lies in the course of course.yml: put it"),
        ({"c/course.yml": "title: C\n", "C/course.yml": "title: D\n"}, "c/course.yml: the id “c” is that of"),
        ({"q.quiz.yml": quiz_yml("")}, "q.quiz.yml belongs to no course: add a course.yml to its folder or to one"),
        ({"course.yml": "", "q.quiz.fr.yml": "title: Quiz\n"}, "q.quiz.fr.yml"),
    ],
)  # fmt: skip
def test_a_wrong_course_is_refused_with_its_line(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    assert error(tmp_path, LESSON | files).startswith(expected)


# Quizzes


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("{question: Q}", "line 3: “question” has no answer: give it one of choices, answer, number, order, pairs,"),
        ("{question: Q, number: 1, answer: a}", "line 3: “question” has answer and number at once: give it one of"),
        ("{number: 1}", "in what begins on line 3: “question” is missing: add a line “question: …”."),
        ("{question: Q, choices: [{wrong: a}, {wrong: b}]}", "line 3: “choices” needs two choices or more, of which"),
        ("{question: Q, choices: [{right: a}]}", "line 3: “choices” needs two choices or more, of which at least one"),
        ("{question: Q, choices: [a, b]}", "line 3: “choices” must hold lines of the form “field: value”."),
        ("{question: Q, choices: [{right: a, wrong: b}]}", "line 3: “right” stands in a choice that must be either"),
        ("{question: Q, choices: [{feedback: a}]}", "line 3: “feedback” stands in a choice that must be either"),
        ("{question: Q, choices: [{right: a, colour: b}]}", "line 3: “colour” is no field that is known here"),
        ("{question: Q, picture: no.png, number: 1}", "line 3: “picture” names no.png, and there is no no.png:"),
        ("{question: Q, sound: ../../x.mp3, number: 1}", "line 3: “sound” names ../../x.mp3, and there is no"),
        ("{question: Q, number: many}", "line 3: “number” must be a number such as 12 or 0.5, not “many”."),
        ("{question: Q, number: 1e999}", "line 3: “number” must be a number such as 12 or 0.5, not “1e999”."),
        ("{question: Q, number: 1, within: -1}", "line 3: “within” must not be less than nothing: write how far off"),
        ("{question: Q, answer: []}", "line 3: “answer” is an empty list here: write what is right."),
        ("{question: Q, answer: '!'}", "line 3: “answer” has “!”, of which only letters and digits count: add some"),
        ("{question: Q, answer: a, exact: maybe}", "line 3: “exact” must be yes or no, not “maybe”."),
        ("{question: Q, answer: {sw: a}}", "line 3: “answer” has a text in “sw”, and the title has none in it: add"),
        ("{question: {en: Q}, answer: a}", "line 3: “question” has a text in “en”, and the title has none in it"),
        ("{question: Q, order: [a]}", "line 3: “order” needs at least 2 entries: add some."),
        ("{question: Q, order: [a, a]}", "line 3: “order” has “a” twice, so that nobody can tell which is meant."),
        ("{question: Q, order: a}", "line 3: “order” must be a list: begin each of its entries with “- ”."),
        ("{question: Q, pairs: [[a, b], [a, c]]}", "line 3: “pairs” has “a” twice, so that nobody can tell"),
        ("{question: Q, pairs: [[a, b], [c]]}", "line 3: “pairs” must hold two texts in each entry: write - [one, its"),
        ("{question: Q, pairs: [[a, b], [c, [d]]]}", "line 3: “pairs” must be a text here: write it in quotes"),
        ("{gaps: no gap}", "line 3: “gaps” needs words to fill in, each between two signs: write __one__ or"),
        ("{gaps: a __b}", "line 3: “gaps” needs words to fill in, each between two signs: write __one__ or __one|1__."),
        ("{gaps: a __b|__}", "line 3: “gaps” has “”, of which only letters and digits count: add some"),
        ("{id: Ü, gaps: a __b__}", "line 3: “id” may hold small letters a to z, digits, “-”, “_” and “.”."),
    ],
)  # fmt: skip
def test_a_wrong_question_is_refused_with_its_line(tmp_path: Path, question: str, expected: str) -> None:
    sentence = quiz_error(tmp_path, quiz_yml(f"  - {question}\n"))

    assert sentence.removeprefix("q.quiz.yml, ").startswith(expected)


@pytest.mark.parametrize(
    ("quiz", "expected"),
    [
        ("title: Q\n", "q.quiz.yml: “questions” is missing"),
        ("title: Q\nquestions: []\n", "q.quiz.yml, line 2: “questions” is empty: write a question"),
        ("questions:\n  - {question: Q, number: 1}\n", "q.quiz.yml: “title” is missing"),
        ("title: Q\npass: all\nquestions: []\n", "q.quiz.yml, line 2: “pass” must be a share of the questions"),
        ("title: Q\npass: 0\nquestions: []\n", "q.quiz.yml, line 2: “pass” must be a share of the questions between"),
        (quiz_yml("  - {id: a, gaps: __a__}\n  - {id: a, gaps: __a__}\n"), "q.quiz.yml, line 4: “id” is “a”, which"),
        ("- a\n", "q.quiz.yml must hold lines of the form “field: value”."),
    ],
)  # fmt: skip
def test_a_wrong_quiz_is_refused_with_its_line(tmp_path: Path, quiz: str, expected: str) -> None:
    assert quiz_error(tmp_path, quiz).startswith(expected)


def test_a_quiz_file_for_one_language_is_refused(tmp_path: Path) -> None:
    files = LESSON | {"course.yml": COURSE.format("a.md"), "q.fr.quiz.yml": quiz_yml("")}

    assert "call it q.quiz.yml and write texts as {fr: …}" in error(tmp_path, files)


def test_a_text_that_names_no_language_is_the_same_in_all(tmp_path: Path) -> None:
    quiz = "title: {fr: Calcul, en: Sums}\nquestions:\n  - {question: 1 + 1, choices: [{right: '2'}, {wrong: '3'}]}\n"

    course, _ = build(tmp_path, {"course.yml": COURSE.format("q.quiz.yml"), "q.quiz.yml": quiz})

    assert {"fr": "1 + 1", "en": "1 + 1"} == course.quizzes[0].questions[0].text


def test_a_translation_that_is_missing_is_named(tmp_path: Path) -> None:
    quiz = "title: {fr: Calcul, en: Sums}\nquestions:\n  - question: {fr: Combien}\n    number: 1\n"

    expected = "q.quiz.yml, line 3: “question” has no text in “en”, in which the title is given: add one."
    assert expected == quiz_error(tmp_path, quiz)


def test_what_is_to_be_put_in_order_is_never_shown_in_order(tmp_path: Path) -> None:
    orders = "".join(f"  - {{question: Q{n}, order: [a, b{', c' * (n % 2)}]}}\n" for n in range(40))
    quiz = quiz_yml(orders)

    course, _ = build(tmp_path, {"course.yml": COURSE.format("q.quiz.yml"), "q.quiz.yml": quiz})

    for question in course.quizzes[0].questions:
        assert question.kind == "order"
        assert sorted(question.shown) == [item.id for item in question.items] != list(question.shown)


def test_every_error_is_one_sentence(tmp_path: Path) -> None:
    sentence = error(tmp_path, LESSON | {"course.yml": COURSE.format("b.md")})

    assert re.fullmatch(r"[^\n]+\.", sentence)


def test_a_sound_that_a_quiz_plays_is_no_lesson(tmp_path: Path) -> None:
    files = {
        "course.yml": "title: Cours\n",
        "1/a.md": "# A\n",
        "1/q.quiz.yml": quiz_yml("  - {question: Un, number: 1, sound: one.mp3}\n"),
        "1/one.mp3": "no sound at all",
    }

    course, warnings = build(tmp_path, files)

    assert ["1/a", "1/q.quiz"] == [step.id for step in course.modules[0].steps]
    assert "1/one.mp3" == course.quizzes[0].questions[0].sound
    assert not any("is in no module" in warning for warning in warnings)


# Whatever somebody writes

_TEXTS = st.sampled_from(
    ["a", "b", "", "1", "-1", "1e9", "yes", "__a__", "__", "x: y", "?", "60%", "icon.png", "\u202e", "\U0001f600"]
)
_FIELDS = """
    title pass questions introduction question choices right wrong feedback answer exact number within unit order
    pairs gaps picture sound id several explanation when_right when_wrong modules lessons file before after
    attachments minutes level words check audience summary licence fr en sw
"""
_KEYS = st.sampled_from(_FIELDS.split())
_ANYTHING = st.recursive(
    _TEXTS | st.text(max_size=5) | st.none() | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)
_QUESTION = st.dictionaries(_KEYS, _ANYTHING, max_size=3).map(lambda more: {"question": "Q", **more})


@given(st.dictionaries(_KEYS, _ANYTHING, max_size=5), st.lists(_QUESTION | _ANYTHING, max_size=3))
def test_any_quiz_is_read_or_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, object], questions: list[object]
) -> None:
    text = yaml.safe_dump({"title": "T", **fields, "questions": questions}, allow_unicode=True)
    file = source_file(tmp_path_factory.getbasetemp(), "q.quiz.yml", text)

    try:
        quiz, _ = read_quiz(file, "q", ("fr", "en"), {"icon.png"})
    except BadInput as error:
        assert re.fullmatch(r"q\.quiz\.yml[^\n]+\.", str(error))
    else:
        assert quiz == msgspec.json.decode(msgspec.json.encode(quiz), type=type(quiz))


@given(st.dictionaries(_KEYS, _ANYTHING, max_size=6))
def test_any_course_is_read_or_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, object]
) -> None:
    file = source_file(tmp_path_factory.getbasetemp(), "course.yml", yaml.safe_dump(fields, allow_unicode=True))

    try:
        read_course_yml(file, ("fr", "en"), {}, {})
    except BadInput as error:
        assert re.fullmatch(r"course\.yml[^\n]+\.", str(error))


def test_what_html_among_markdown_shows_is_no_lesson_by_itself(tmp_path: Path) -> None:
    files = {
        "course.yml": "title: Cours\n",
        "1/a.fr.md": '# Un\n\n<video src="film.webm"></video>\n',
        "1/film.webm": "x",
    }

    course, _ = build(tmp_path, files)

    assert [["a"]] == [[step.id.rpartition("/")[2] for step in module.steps] for module in course.modules]
