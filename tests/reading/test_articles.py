"""Which part of a page is its text, and where its links lead in quiet reading."""

from __future__ import annotations

import pytest

from content_packs.links import decode_html
from content_packs.zim.archive import ZimArchive
from content_packs.zim.reader import ZimEntry
from ideascube.reading.article_links import links_of
from ideascube.reading.articles import article_of, drop_title
from ideascube.reading.sanitising import clean_tree
from ideascube.reading.trees import html_tree
from tests.support.shared import shared


def quiet(html: str) -> str:
    return clean_tree(article_of(html_tree(html)).root, lambda element, attribute, address: address)


@pytest.mark.parametrize(
    "around",
    [
        "<nav>menu</nav>",
        "<header role=banner>menu</header>",
        "<footer>menu</footer>",
        "<aside>menu</aside>",
        "<div role=navigation>menu</div>",
        "<div class='a navbox'>menu</div>",
        "<span class=mw-editsection>menu</span>",
        "<div id=toc>menu</div>",
        "<p hidden>menu</p>",
        "<p style='color:red; display: none'>menu</p>",
    ],
)
def test_what_says_that_it_is_not_the_text_is_left_out(around: str) -> None:
    assert "<p>a</p> tail<p>b</p>" == quiet(f"<body><p>a</p>{around} tail<p>b</p></body>")


@pytest.mark.parametrize(
    "page",
    [
        "<div>menu</div><main><p>a</p></main>",
        "<div>menu</div><div role=main><p>a</p></div><article>b</article>",
        "<div>menu</div><article><p>a</p></article>",
        "<div>menu</div><div id=mw-content-text><p>a</p></div>",
    ],
)
def test_the_main_part_is_what_the_page_says(page: str) -> None:
    assert "<p>a</p>" in quiet(page)
    assert "menu" not in quiet(page)


def test_several_articles_are_all_read() -> None:
    assert "<p>a</p><p>b</p>" == quiet("<article><p>a</p></article><article><p>b</p></article>").replace(
        "<article>", ""
    ).replace("</article>", "")


def test_notes_of_a_section_belong_to_the_text() -> None:
    assert "source" in quiet("<article><p>a</p><footer>source</footer></article>")


def test_the_title_stands_above_once() -> None:
    article = article_of(html_tree("<html lang=fr dir=ltr><title>x</title><main><h1> Le  puits</h1><p>a</p></main>"))

    drop_title(article.root, article.title)

    assert ("Le puits", "fr", "ltr") == (article.title, article.lang, article.dir)
    assert "puits" not in clean_tree(article.root, lambda *_: None)


@pytest.mark.parametrize(
    ("path", "element", "attribute", "address", "leads"),
    [
        ("A/Well", "a", "href", "Rain#How", "/read/w/A/Rain#t-How"),
        ("A/Well", "a", "href", "../A/Rain?x=1", "/read/w/A/Rain"),
        ("A/Well", "img", "src", "../I/m/a b.png", "/content/w/I/m/a%20b.png"),
        (
            "A/Well",
            "a",
            "href",
            "//en.wikipedia.org/wiki/Well",
            "/box/external?url=%2F%2Fen.wikipedia.org%2Fwiki%2FWell",
        ),
        ("A/Well", "img", "src", "https://example.org/a.png", None),
        ("A/Well", "a", "href", "geo:1,2", None),
        ("Well", "a", "href", "../../up", None),
        ("Well", "a", "href", "/absolute", None),
        ("host/p%3Fq", "a", "href", "x%3Fy=1", "/read/w/host/x%3Fy=1"),
    ],
)
def test_links_of_an_article(path: str, element: str, attribute: str, address: str, leads: str | None) -> None:
    assert leads == links_of("w", path)(element, attribute, address)


@pytest.mark.parametrize(
    ("zim", "path", "words", "never"),
    [
        ("wikipedia_en_ray_charles.zim", "A/Ray_Charles", "American singer, songwriter", "mw-editsection"),
        ("withns/wikibooks_be_all_nopic_2017-02.zim", "", "", "navbox"),
        ("nons/small.zim", "main.html", "Test ZIM file", "<script"),
    ],
)
def test_real_articles(zim: str, path: str, words: str, never: str) -> None:
    archive = ZimArchive(shared(f"zim/good/{zim}"))
    found = archive.find(path or archive.main_path() or "")
    assert isinstance(found, ZimEntry)

    text = quiet(decode_html(archive.read(found)))

    assert words in text
    assert never not in text
    assert text.strip()
