"""A course in Debian's kiwix-serve: its pages, the search in them, suggestions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selectolax.lexbor import LexborHTMLParser

from content_packs.build import build_pack
from tests.courses.sources import course_folder
from tests.kiwix.peers import kiwix_serve
from tests.support.box import request


@pytest.fixture(scope="module")
def kiwix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("course")
    (folder / "packs").mkdir()
    build_pack(course_folder(folder / "source"), folder / "packs" / "clean-hands.zim")
    with kiwix_serve(folder / "packs") as address:
        yield address


@pytest.mark.parametrize(
    ("path", "mimetype"),
    [
        ("course.fr.html", "text/html"),
        ("germs/check.quiz.before.ar.html", "text/html"),
        ("germs/what.fr.html", "text/html"),
        ("soap/why.html", "text/html"),
        ("_pack/course/clean-hands.json", "application/json"),
        ("_pack/quiz.js", "text/javascript"),
        ("_pack/course.css", "text/css"),
        ("_pack/film.js", "text/javascript"),
    ],
)
def test_pages_and_what_they_need_are_served(kiwix: str, path: str, mimetype: str) -> None:
    answer = request(f"{kiwix}/raw/clean-hands/content/{path}")

    assert (200, mimetype) == (answer.status, str(answer.headers["Content-Type"]).partition(";")[0])


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("bact%C3%A9ries", "/germs/what.fr.html"),
        ("poussiere", "/germs/check.quiz.fr.html"),
        ("serviette", "/soap/all.quiz.fr.html"),
        ("%D8%A7%D9%84%D8%BA%D8%A8%D8%A7%D8%B1", "/germs/check.quiz.ar.html"),
    ],
)
def test_lessons_and_quizzes_are_found(kiwix: str, words: str, path: str) -> None:
    answer = request(f"{kiwix}/search?content=clean-hands&pattern={words}")

    found = [str(link.attributes["href"]) for link in LexborHTMLParser(answer.text).css(".results a")]
    assert any(address.endswith(path) for address in found), found


def test_what_is_right_in_a_quiz_is_not_found(kiwix: str) -> None:
    answer = request(f"{kiwix}/search?content=clean-hands&pattern=vingt")

    assert [] == LexborHTMLParser(answer.text).css(".results a")


def test_titles_are_suggested(kiwix: str) -> None:
    suggested = request(f"{kiwix}/suggest?content=clean-hands&term=toutes").json()

    assert "soap/all.quiz.fr.html" in [each.get("path") for each in suggested]
