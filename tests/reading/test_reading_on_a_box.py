"""Books and articles as a phone without scripts reads them, on a running box: good ones, broken and hostile ones."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from selectolax.lexbor import LexborHTMLParser as Html

from tests.media.covers import cover
from tests.media.epubs import METADATA, NAVIGATION, TWO, make_epub, package
from tests.support.box import READER, Box, request, running_box
from tests.support.shared import shared
from tests.support.zims import make_zim
from tests.web.reading import texts

EPUB = "application/epub+zip"
NAV_ITEM = {"nav": ("nav.xhtml", "application/xhtml+xml", "nav")}
PICTURE_ITEM = {"cover": ("pictures/a%20b.png", "image/png", "cover-image")}
LOCK = "<encryption><EncryptedData><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/>"
HOSTILE = """<html xmlns="http://www.w3.org/1999/xhtml"><head><script src="https://evil.example/a.js"></script>
<link rel="stylesheet" href="https://evil.example/a.css"/></head><body onload="alert(1)"><p>words</p>
<script>alert(1)</script><img src="https://evil.example/a.png"/><img src="../pictures/a%20b.png" onerror="alert(1)"/>
<iframe src="https://evil.example/"></iframe><a href="javascript:alert(1)">js</a><form action="https://evil.example/"/>
<a href="two%20b.xhtml#n1">note</a></body></html>"""

PAGE = """<html lang=ar><title>ماء</title><nav>menu</nav><main><h1>ماء</h1><p>نص <a href='other.html#x'>x</a>
<img src='photo.png'><a href='https://example.org/'>net</a><script>alert(1)</script></main></html>"""


def spine_of(count: int) -> dict[str, str]:
    items = {f"c{number}": (f"text/{number}.xhtml", "application/xhtml+xml", "") for number in range(count)}
    refs = "".join(f'<itemref idref="{key}"/>' for key in items)
    opf = package(items, METADATA).replace("<spine>", f"<spine>{refs}")
    return {"OEBPS/book.opf": opf, "OEBPS/text/0.xhtml": TWO}


def book(
    folder: Path, name: str, files: dict[str, str | bytes], items: dict[str, tuple[str, str, str]] | None = None
) -> Path:
    return make_epub(folder / name, files, items)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("books")
    picture = {"OEBPS/pictures/a b.png": cover()}
    arabic = package(
        {
            "one": ("text/one.xhtml", "application/xhtml+xml", ""),
            "two": ("text/two%20b.xhtml", "application/xhtml+xml", ""),
        },
        METADATA.replace("fra", "ara"),
    )
    books = [
        make_epub(folder / "water.epub", {"OEBPS/nav.xhtml": NAVIGATION, **picture}, NAV_ITEM | PICTURE_ITEM),
        make_epub(folder / "hostile.epub", {"OEBPS/text/one.xhtml": HOSTILE, **picture}, PICTURE_ITEM),
        make_epub(folder / "arabic.epub", {"OEBPS/book.opf": arabic}),
        make_epub(folder / "locked.epub", {"META-INF/encryption.xml": LOCK}),
        make_epub(folder / "many.epub", dict(spine_of(10_000))),
        make_epub(folder / "bomb.epub", {"OEBPS/text/one.xhtml": bytes(10_000_000)}),
        make_epub(folder / "bomb-package.epub", {"OEBPS/book.opf": bytes(40_000_000)}),
        make_epub(folder / "endless.epub", {"OEBPS/text/one.xhtml": "<p " + "a b=' " * 300_000}),
    ]
    cut = folder / "cut.epub"
    cut.write_bytes(books[0].read_bytes()[:900])
    entries: dict[str, tuple[str, str | bytes | Path]] = {each.name: (EPUB, each) for each in (*books, cut)}
    entries["real ? book.epub"] = (EPUB, shared("media/testdocument.epub"))
    entries["packed.epub"] = (f"{EPUB};made-of=xhtml+xml", books[0])  # which libzim compresses
    entries["photo.png"] = ("image/png", cover())
    entries["page.html"] = ("text/html", PAGE)
    entries["other.html"] = ("text/html", "<title>Other</title>" + "".join(f"<h2>Part {n}</h2>" for n in range(4)))
    entries["long.html"] = ("text/html;frame", "<title>Long</title>" + "<p>x</p>" * 600_000)
    pack = make_zim(folder / "books.zim", entries, main="page.html", redirects={"old.epub": "water.epub"})
    with running_box(folder / "data", pack) as box:
        box.wait_for("books")
        yield box


def read(box: Box, name: str, **headers: str) -> Html:
    return Html(box.content(f"/read/books/{name}", **headers).body)


def test_a_chapter_in_its_frame(box: Box):
    answer = box.content("/read/books/water.epub?at=1")
    page = Html(answer.body)

    assert (200, "no-cache", "Ideascube") == (answer.status, answer.headers["Cache-Control"], answer.headers["Server"])
    assert ["Water"] == texts(page, "h1")
    assert ["Two"] == texts(page, ".text h2")
    assert "مطر" in texts(page, ".text")[0]
    assert ["Part 2 of 2"] == texts(page, ".share-done span")
    assert [f"{box.url}/read/books/water.epub?at=0"] == [each.attributes["href"] for each in page.css(".turn a")]
    assert ["First part", "The well", "Second part", "Rain"] == texts(page, ".contents li")
    assert ["Rain"] == texts(page, ".contents [aria-current]")


def test_a_book_that_the_pack_compressed_is_read_too(box: Box):
    page = read(box, "packed.epub?at=0")
    picture = box.content(page.css_first(".cover img").attributes["src"] or "", Range="bytes=10-19")

    assert ["One"] == texts(page, ".text h2")
    assert (206, cover()[10:20]) == (picture.status, picture.body)


def test_the_first_page_has_the_cover_and_who_wrote_it(box: Box):
    page = read(box, "water.epub")
    picture = page.css_first(".cover img").attributes["src"] or ""
    file = box.content(picture)

    assert ["Amina, Joseph"] == texts(page, ".lead")
    assert (200, "image/png", cover()) == (file.status, file.headers["Content-Type"], file.body)
    assert file.headers["Content-Security-Policy"].startswith("sandbox")
    assert 304 == box.content(picture, If_None_Match=file.headers["ETag"]).status
    assert cover()[10:20] == box.content(picture, Range="bytes=10-19").body
    assert ("200", b"") == (str(box.content(picture, "HEAD").status), box.content(picture, "HEAD").body)


def test_a_page_asked_for_again_is_not_sent_again(box: Box):
    first = box.content("/read/books/water.epub?at=1")

    assert 304 == box.content("/read/books/water.epub?at=1", If_None_Match=first.headers["ETag"]).status
    assert b"" == box.content("/read/books/water.epub?at=1", "HEAD").body


def test_the_way_in_notes_the_chapter_and_leads_to_it(box: Box):
    answer = box.get("/read/books/water.epub?at=1", **READER)
    again = box.get("/read/books/water.epub", Cookie=answer.headers["Set-Cookie"].split(";")[0])
    back = read(box, "water.epub?at=1&again=1")

    assert (302, f"{box.content_url}/read/books/water.epub?at=1") == (answer.status, answer.headers["Location"])
    assert f"{box.content_url}/read/books/water.epub?at=1&again=1" == again.headers["Location"]
    assert f"{box.url}/read/books/water.epub?at=0" == back.css_first(".notice a").attributes["href"]
    assert None is request(f"{box.url}/read/books/water.epub?at=1", "HEAD", READER).headers["Set-Cookie"]
    assert None is box.get("/read/books/water.epub?at=1", Accept="image/*").headers["Set-Cookie"], "a picture in a pack"


@pytest.mark.parametrize(
    ("asked", "leads"),
    [("", 0), ("?at=7", 1), ("?at=-1", 0), ("?at=%D9%A1", 0), ("?at=999999999999999999", 0), ("?at=", 0)],
)
def test_places_that_are_not_there_lead_to_one_that_is(box: Box, asked: str, leads: int):
    assert (
        f"{box.content_url}/read/books/water.epub?at={leads}"
        == box.get(f"/read/books/water.epub{asked}").headers["Location"]
    )
    assert 200 == box.content(f"/read/books/water.epub{asked}").status


def test_what_a_hostile_book_runs_or_loads_is_not_there(box: Box):
    answer = box.content("/read/books/hostile.epub?at=0")
    page = Html(answer.body)
    policy = answer.headers["Content-Security-Policy"]

    assert ["words"] == texts(page, ".text > p")
    assert b"evil.example" not in answer.body
    assert b"alert(1)" not in answer.body
    assert f"{box.url}/read/books/hostile.epub?at=1#t-n1" in answer.text
    assert [] == page.css(".text script, .text iframe, .text form, .text link")
    assert f"default-src 'none'; script-src {box.url}; style-src {box.url};" in policy
    assert "form-action 'none'" in policy


def test_a_book_runs_as_its_language_does(box: Box):
    page = read(box, "arabic.epub?at=0")

    assert ("rtl", "rtl") == (page.css_first(".text").attributes["dir"], page.css_first(".turn").attributes["dir"])
    assert "ar" == page.css_first(".text").attributes["lang"]


def test_ten_thousand_chapters_of_which_all_but_one_are_missing(box: Box):
    first = read(box, "many.epub?at=0")
    missing = box.content("/read/books/many.epub?at=9998")

    assert ["Two"] == texts(first, ".text h2")
    assert ["Part 1 of 10,000"] == texts(first, ".share-done span")
    assert 200 == missing.status
    assert ["This part can't be shown"] == texts(Html(missing.body), ".text h2")
    assert f"{box.url}/read/books/many.epub?at=9999" in missing.text, "the next one opens"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("locked.epub", "locked.epub is locked by its seller (DRM)"),
        ("cut.epub", "cut.epub is damaged, cut off or something else"),
        ("bomb-package.epub", "bomb-package.epub unpacks to far more"),
    ],
)
def test_a_book_that_cannot_be_opened_says_why_and_offers_the_file(box: Box, name: str, sentence: str):
    answer = box.content(f"/read/books/{name}?at=0")
    page = Html(answer.body)

    assert (502, ["This book can't be opened here"]) == (answer.status, texts(page, ".text h2"))
    assert sentence in texts(page, ".detail")[0]
    assert f"{box.url}/save/books/{name}" in answer.text
    assert (302, None) == (box.get(f"/read/books/{name}").status, box.get(f"/read/books/{name}").headers["Set-Cookie"])
    assert 404 == box.content(f"/read/books/{name}?file=x.png").status


def test_a_chapter_that_unpacks_to_too_much_says_so(box: Box):
    page = read(box, "bomb.epub?at=0")

    assert ["This part can't be shown"] == texts(page, ".text h2")
    assert ["مطر"] == [text for text in texts(read(box, "bomb.epub?at=1"), ".text p") if text]


def test_a_chapter_of_one_endless_tag_holds_up_nobody(box: Box):
    with ThreadPoolExecutor(4) as pool:
        answers = [*pool.map(lambda _: box.content("/read/books/endless.epub?at=0"), range(4))]

    assert {200} == {answer.status for answer in answers}
    assert ["There is nothing on this page."] == texts(Html(answers[0].body), ".nothing")
    assert 200 == box.get("/health").status


def test_thirty_phones_open_a_book_at_once(box: Box):
    name = quote("real ? book.epub")
    with ThreadPoolExecutor(30) as pool:
        answers = [*pool.map(lambda _: box.content(f"/read/books/{name}?at=1"), range(30))]

    assert {200} == {answer.status for answer in answers}
    assert "converted to EPUB format automatically" in answers[0].text
    assert [] == [process for process in box.processes() if "epub_apart" in " ".join(process.cmdline())]
    assert list((box.data / "cache" / "books").glob("*.json"))


@pytest.mark.parametrize(
    "file",
    ["../../../../etc/passwd", "/etc/passwd", "OEBPS/book.opf", "OEBPS/text/one.xhtml", "mimetype", "%00", "%ff", ""],
)
def test_files_that_are_none_to_be_shown_are_not_given(box: Box, file: str):
    assert 404 == box.content(f"/read/books/water.epub?file={file}").status


def test_long_contents_have_a_page_of_their_own(box: Box):
    page = read(box, "water.epub?contents=1&at=1")

    assert ["First part", "The well", "Second part", "Rain"] == texts(page, ".contents li")
    assert [f"{box.url}/read/books/water.epub?at=1"] == [
        each.attributes["href"] for each in page.css(".contents > p a")
    ]


def test_a_former_path_leads_to_the_book(box: Box):
    assert "/read/books/water.epub?at=1" == box.content("/read/books/old.epub?at=1").headers["Location"]
    assert "/read/books/water.epub?at=1" == box.get("/read/books/old.epub?at=1").headers["Location"]


def test_what_is_nothing_to_read_is_shown_as_it_is(box: Box):
    assert "/content/books/photo.png" == box.content("/read/books/photo.png").headers["Location"]
    assert 404 == box.content("/read/books/nowhere").status
    assert 404 == box.content("/read/nowhere/a").status
    assert 404 == box.get("/read/books/%00%ff").status


def test_an_article_is_read_quietly(box: Box):
    page = read(box, "page.html", Accept_Language="fr")
    text = page.css_first(".text")

    assert ["ماء"] == texts(page, "h1")
    assert ("ar", "rtl") == (text.attributes["lang"], text.attributes["dir"])
    assert "menu" not in text.text()
    assert [] == page.css(".text h2, .text script")
    assert ["/read/books/other.html#t-x", "/box/external?url=https%3A%2F%2Fexample.org%2F"] == [
        each.attributes["href"] for each in page.css(".text a")
    ]
    assert ["/content/books/photo.png"] == [each.attributes["src"] for each in page.css(".text img")]
    assert "/content/books/page.html" in [each.attributes["href"] for each in page.css(".end a")]
    assert ["Part 0", "Part 1", "Part 2", "Part 3"] == texts(read(box, "other.html"), ".contents li")
    assert f"{box.content_url}/read/books/page.html" == box.get("/read/books/page.html").headers["Location"]


def test_an_article_that_is_too_long_is_left_as_it_is(box: Box):
    page = read(box, "long.html")

    assert ["This page can't be shown quietly"] == texts(page, ".text h2")
    assert "/content/books/long.html" in [each.attributes["href"] for each in page.css(".end a")]


def test_letters_and_paper_are_kept_in_a_cookie(box: Box):
    answer = box.content("/read/books/water.epub?at=1&letters=4")
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    chosen = read(box, "water.epub?at=1", Cookie=cookie)
    both = box.content("/read/books/page.html?paper=cream", Cookie=cookie)

    assert (302, "/read/books/water.epub?at=1") == (answer.status, answer.headers["Location"])
    assert "letters-4 paper-phone lines-2" == chosen.css_first("html").attributes["class"]
    assert ["4", "Like the phone", "Normal"] == texts(chosen, ".looks [aria-current]")
    assert "reading=letters-4.paper-cream.lines-2" == both.headers["Set-Cookie"].split(";")[0]


@pytest.mark.parametrize(
    "cookie", ["reading=", "reading=letters-9", "reading=x", "reading=<script>", "reading=letters"]
)
def test_a_cookie_that_is_none_changes_nothing(box: Box, cookie: str):
    assert (
        "letters-2 paper-phone lines-2" == read(box, "water.epub", Cookie=cookie).css_first("html").attributes["class"]
    )
