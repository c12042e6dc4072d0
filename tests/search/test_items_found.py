"""Films at the second at which words are said, documents by their own text, courses without what they hide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from content_packs.build import build_pack
from ideascube.search.client import SearchQuery
from ideascube.search.protocol import Result
from tests.courses.sources import course_folder
from tests.search.searching import Searchers, listening, searching_packs
from tests.support.documents import make_epub, make_pdf
from tests.support.indexing import Indexed
from tests.support.zims import make_zim

FRENCH = """\
1
00:00:01,000 --> 00:00:04,000
Mouille d’abord tes paumes.

2
00:00:04,500 --> 00:00:09,000
Prends ensuite une pincée de cendre,

3
00:01:05,000 --> 00:01:09,000
Secoue-les au-dessus de la bassine.

4
00:01:20,000 --> 00:01:22,000
Il faut se laver les mains.
"""
ARABIC = "1\n00:00:04,500 --> 00:00:09,000\nثم خذ قليلًا من الرماد\n\n2\n00:01:12,000 --> 00:01:13,000\nجففهما بمنديل\n"
LESSON = """\
# Le savon

Il emporte la saleté.

![](../germs/washing.webm)

[1:05](../germs/washing.webm#t=65) Essorage.
"""


@pytest.fixture(scope="module")
def searchers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searchers]:
    folder = tmp_path_factory.mktemp("items")
    source = course_folder(
        folder / "source", {"germs/washing.fr.srt": FRENCH, "germs/washing.ar.srt": ARABIC, "soap/soap.fr.md": LESSON}
    )
    make_pdf(source / "books" / "guide.pdf", "Put eleven drops of chlorine in a jerrycan", title="Water in camps")
    make_epub(source / "books" / "tale.epub", "An old heron stood in the reeds", title="Birds")
    with searching_packs(folder / "box", build_pack(source, folder / "clean-hands.zim").pack) as started:
        yield started


async def only(searchers: Searchers, text: str) -> Result:
    (result,) = (await searchers.client().search(SearchQuery(text))).results
    return result


def snippet(result: Result) -> str:
    return "".join(f"[{text}]" if marked else text for text, marked in result.snippet)


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("paumes", 1, "d’abord tes [paumes]. Prends ensuite"),
        ("pincee cendre", 4, "une [pincée] de [cendre],"),
        ("bassine", 65, "Secoue-les au-dessus de la [bassine]."),
        ("الرماد", 4, "قليلًا من [الرماد]"),
        ("بمنديل", 72, "[بمنديل]"),
    ],
)
async def test_a_film_is_found_at_the_second_at_which_the_words_are_said(
    searchers: Searchers, text: str, at: int, said: str
) -> None:
    found = await only(searchers, text)

    assert ("germs/washing.html", at) == (found.path, found.at)
    assert said in snippet(found)


async def test_a_film_that_is_asked_for_by_its_name_begins_at_its_beginning(searchers: Searchers) -> None:
    client = searchers.client()
    by_name = (await client.search(SearchQuery("se laver les mains"))).results[0]
    by_words = (await client.search(SearchQuery("il faut se laver"))).results[0]

    assert [("germs/washing.html", -1), ("germs/washing.html", 80)] == [
        (found.path, found.at) for found in (by_name, by_words)
    ]


def vtt(boil: str, wait: str) -> tuple[str, str]:
    return "text/vtt", f"WEBVTT\n\n00:05.000 --> 00:08.000\n{boil}\n\n00:09.500 --> 00:11.000\n{wait}\n"


async def test_films_of_other_makers_are_found_by_their_subtitles(tmp_path: Path) -> None:
    page = '<title>Safe water</title><video src="f.mp4"><track src="en.vtt"><track src="sw.vtt"></video>'
    entries = {
        "film.html": ("text/html", f"<html><body>{page}</body></html>"),
        "en.vtt": vtt("Boil the water", "and wait for an hour"),
        "sw.vtt": vtt("Chemsha maji", "kisha subiri saa moja"),
    }
    box = Indexed(tmp_path / "box")
    box.add(make_zim(tmp_path / "films.zim", entries))
    box.finish()
    with listening(tmp_path / "box") as searchers:
        searchers.start("packs", tmp_path / "box")
        boiled, waited, in_swahili = [await only(searchers, text) for text in ("boil", "hour wait", "kisha subiri")]

    assert [("film.html", 5), ("film.html", 9), ("film.html", 9)] == [
        (found.path, found.at) for found in (boiled, waited, in_swahili)
    ]
    assert "[Boil] the water and wait" in snippet(boiled)
    assert "[kisha] [subiri] saa moja" in snippet(in_swahili)


async def test_a_lesson_that_tells_when_something_is_shown_opens_its_film_there(searchers: Searchers) -> None:
    found = await only(searchers, "essorage")

    assert ("soap/soap.fr.html", 65) == (found.path, found.at)


@pytest.mark.parametrize(
    ("text", "path", "said"),
    [
        ("jerrycan", "books/guide.html", "drops of chlorine in a [jerrycan]"),
        ('"eleven drops"', "books/guide.html", "Put [eleven drops] of chlorine"),
        ("heron reeds", "books/tale.html", "An old [heron] stood in the [reeds]"),
    ],
)
async def test_a_document_is_quoted_beside_its_page(searchers: Searchers, text: str, path: str, said: str) -> None:
    found = await only(searchers, text)

    assert (path, -1) == (found.path, found.at)
    assert said in snippet(found)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("bactéries", "germs/what.fr.html"),
        ("poussière nettoie", "germs/check.quiz.fr.html"),
        ("لماذا نغسل أيدينا", "course.ar.html"),
        ("toutes questions", "soap/all.quiz.fr.html"),
    ],
)
async def test_lessons_questions_and_courses_are_found(searchers: Searchers, text: str, path: str) -> None:
    answer = await searchers.client().search(SearchQuery(text))

    found = [result.path for result in answer.results]
    assert path in found
    assert not [each for each in found if ".quiz.before." in each]  # the same questions are asked after it


@pytest.mark.parametrize("text", ["peau", "partout", "Bravo", "Relisez", "vingt", "نعم", "عشرين"])
async def test_what_is_right_in_a_quiz_is_neither_found_nor_shown(searchers: Searchers, text: str) -> None:
    answer = await searchers.client().search(SearchQuery(text))
    questions = await searchers.client().search(SearchQuery("questions secondes frotter", page_size=50))

    assert () == answer.results
    assert text not in "".join(map(snippet, questions.results))
