"""Chapters as trees, whatever they are written in; and where their links lead."""

from __future__ import annotations

import pytest

from content_packs.media.epub_outline import Chapter, Outline
from content_packs.media.zip_place import FilePlace
from ideascube.reading.books import Book
from ideascube.reading.chapters import chapter_tree, said_of, words_and_pictures
from ideascube.reading.epub_links import links_of
from ideascube.reading.sanitising import clean_tree
from ideascube.reading.sources import Source
from tests.media.epubs import ONE

APP = "http://box:8080"


def shown(data: bytes, language: str = "") -> str:
    root = chapter_tree(data, language)
    return "" if root is None else clean_tree(root, lambda element, attribute, address: address)


def test_well_formed_pages_end_empty_elements_at_once() -> None:
    text = shown(ONE.encode())

    assert text.startswith("<h2>One</h2>")
    assert "Clean\N{NO-BREAK SPACE}water, café &amp; <i>sun</i>light.<br>" in text.replace(
        "&nbsp;", "\N{NO-BREAK SPACE}"
    )
    assert "never shown" not in text


def test_pages_that_are_not_well_formed_are_read_as_browsers_read_them() -> None:
    assert "<p>one<br>two</p><p>three</p>" == shown(b"<html><head><title/></head><body><p>one<br>two<p>three</body>")


@pytest.mark.parametrize(
    ("data", "language", "text"),
    [
        ("<?xml version='1.0' encoding='utf-8'?><p>café</p>".encode("latin-1"), "fr", "café"),
        ("<p>café</p>".encode("latin-1"), "fr", "café"),
        ("<?xml version='1.0' encoding='windows-1256'?><p>ماء</p>".encode("cp1256"), "ar", "ماء"),
        ("<p>ماء</p>".encode("cp1256"), "ar", "ماء"),
        ("<p>ماء</p>".encode("utf-16"), "", "ماء"),
        ("\ufeff<p>ماء</p>".encode(), "", "ماء"),
        ("<?xml version='1.0' encoding='nonsense'?><p>café</p>".encode(), "fr", "café"),
        ("<?xml version='1.0' encoding='base64'?><p>café</p>".encode(), "fr", "café"),
    ],
)
def test_letters_are_read_in_their_encoding(data: bytes, language: str, text: str) -> None:
    assert f"<p>{text}</p>" == shown(data, language)


def test_drawings_become_their_pictures_and_words() -> None:
    """Pages of fixed layout, and most covers, are SVG."""
    page = b"""<html xmlns="http://www.w3.org/1999/xhtml" xmlns:xlink="http://www.w3.org/1999/xlink"><body>
    <svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><image xlink:href="a.png"/>
    <text>Rain <tspan>falls</tspan></text></svg> after</body></html>"""

    assert '<div><img src="a.png" alt=""><p>Rain falls</p></div> after' == shown(page).strip()


def test_drawings_in_drawings_are_taken_apart_once() -> None:
    page = "<body>" + "<svg>" * 100 + "<text>x</text>" * 2 + "</svg>" * 100

    assert "<div><p>x</p><p>x</p></div>" == shown(page.encode())


def test_entities_are_never_resolved() -> None:
    bomb = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'boom'}'>" for n in range(12))

    assert "boom" not in shown(f"<!DOCTYPE a [{bomb}]><html><body><p>&e11;</p></body></html>".encode())
    assert "root:" not in shown(b"<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><p>&f;</p>")


def test_pages_without_anything_are_known() -> None:
    assert not words_and_pictures(chapter_tree(b"<html><body> <p/> </body></html>", ""))
    assert words_and_pictures(chapter_tree(b"<html><body><img src='a.png'/></body></html>", ""))
    assert chapter_tree(b"", "") is None


def test_a_chapter_says_how_it_runs() -> None:
    root = chapter_tree(b"<html lang='ara'><body dir='rtl'><p/></body></html>", "")

    assert ("ar", "rtl") == (said_of(root, "lang"), said_of(root, "dir"))
    assert ("", "") == tuple(said_of(chapter_tree(b"<p lang='!' dir='up'>x</p>", ""), name) for name in ("lang", "dir"))


def book() -> Book:
    place = FilePlace(0, 0, 0, False)
    chapters = (Chapter("OEBPS/one.xhtml"), Chapter("OEBPS/Text/Two b.xhtml"))
    files = {"OEBPS/one.xhtml": place, "OEBPS/Text/Two b.xhtml": place, "OEBPS/pictures/é.png": place}
    return Book("key", Outline("", (), "", "", "", chapters, (), files, "OEBPS/nav.xhtml"), Source("a.epub", 0))


@pytest.mark.parametrize(
    ("chapter", "element", "attribute", "address", "leads"),
    [
        (0, "a", "href", "Text/Two%20b.xhtml#n1", f"{APP}/read/p/b/a.epub?at=1#t-n1"),
        (0, "a", "href", "text/two%20B.xhtml", f"{APP}/read/p/b/a.epub?at=1"),
        (1, "a", "href", "../one.xhtml?x=1#a", f"{APP}/read/p/b/a.epub?at=0#t-a"),
        (0, "a", "href", "nav.xhtml", f"{APP}/read/p/b/a.epub?contents=1"),
        (0, "a", "href", "gone.xhtml", None),
        (0, "a", "href", "https://example.org/x?y=1", "/box/external?url=https%3A%2F%2Fexample.org%2Fx%3Fy%3D1"),
        (0, "a", "href", "//example.org", "/box/external?url=%2F%2Fexample.org"),
        (0, "a", "href", "mailto:a@example.org", None),
        (1, "img", "src", "../pictures/%C3%A9.png", "/read/p/b/a.epub?file=OEBPS%2Fpictures%2F%C3%A9.png"),
        (0, "a", "href", "pictures/é.png", "/read/p/b/a.epub?file=OEBPS%2Fpictures%2F%C3%A9.png"),
        (0, "img", "src", "https://example.org/a.png", None),
        (0, "img", "src", "../../../etc/passwd", None),
        (0, "img", "src", "one.xhtml", None),
    ],
)
def test_links_of_a_chapter(chapter: int, element: str, attribute: str, address: str, leads: str | None) -> None:
    assert leads == links_of(book(), chapter, APP, "p", "b/a.epub")(element, attribute, address)
