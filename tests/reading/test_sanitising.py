"""What is left of a page of a pack that is to stand in a page of ours."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser as Html

from content_packs.errors import BadInput
from ideascube.reading.headings import ordered
from ideascube.reading.sanitising import LIMIT, anchor, clean, clean_tree
from ideascube.reading.sections import sections_of
from ideascube.reading.trees import html_tree

SMALL = "data:image/png;base64,iVBORw0KGgo="


def as_written(element: str, attribute: str, address: str) -> str | None:
    return address


def cleaned(html: str) -> str:
    return clean(html, as_written)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<style>p{background:url(http://x.example/)}</style>",
        "<svg><script>alert(1)</script></svg>",
        "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
        "<iframe src='http://x.example/'></iframe>",
        "<form action='http://x.example/'><input name=a><button>Go</button></form>",
        "<object data='x.swf'></object><embed src='x.swf'>",
        "<link rel=stylesheet href='http://x.example/a.css'><base href='http://x.example/'>",
        "<meta http-equiv=refresh content='0;url=http://x.example/'>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<template><img src=x onerror=alert(1)></template>",
    ],
)
def test_what_runs_or_loads_is_dropped(hostile: str) -> None:
    left = cleaned(f"<p>before</p>{hostile}<p>after</p>")

    assert "<p>before</p><p>after</p>" == left.replace("\n", "").replace("<math></math>", "")


@pytest.mark.parametrize(
    "attribute",
    [
        "onclick='alert(1)'",
        "style='background:url(http://x.example/)'",
        "class='top'",
        "srcset='http://x.example/a.png 2x'",
        "background='http://x.example/'",
        "formaction='http://x.example/'",
        "ping='http://x.example/'",
        "target='_top'",
    ],
)
def test_attributes_that_run_load_or_dress_are_dropped(attribute: str) -> None:
    assert "<p>x</p>" == cleaned(f"<p {attribute}>x</p>")
    assert '<img src="a.png">' == cleaned(f"<img src='a.png' {attribute}>")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JaVa\nScript:alert(1)",
        "&#106;avascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "data:image/svg+xml,<svg/>",
        "file:///etc/passwd",
        "mailto:a@example.org",
    ],
)
def test_addresses_lead_to_pages_alone(address: str) -> None:
    assert "<a>x</a>" == cleaned(f'<a href="{address}">x</a>')
    assert "<img>" == cleaned(f'<img src="{address}">')


def test_every_address_is_decided_by_who_asks() -> None:
    asked = []

    def links(element: str, attribute: str, address: str) -> str | None:
        asked.append((element, attribute, address))
        return f"/new/{address}" if element != "audio" else None

    left = clean(
        "<a href=b.html>b</a><img src=c.png><video poster=d.png src=e.webm><track src=f.vtt></video>"
        "<audio src=g.mp3></audio><q cite=h>i</q>",
        links,
    )

    assert [
        ("a", "href", "b.html"),
        ("audio", "src", "g.mp3"),
        ("img", "src", "c.png"),
        ("q", "cite", "h"),
        ("track", "src", "f.vtt"),
        ("video", "poster", "d.png"),
        ("video", "src", "e.webm"),
    ] == sorted(asked)
    assert '<a href="/new/b.html">b</a><img src="/new/c.png">' in left
    assert "<audio></audio>" in left


def test_whatever_decides_wrongly_lets_nothing_through() -> None:
    def fails(element: str, attribute: str, address: str) -> str | None:
        raise ZeroDivisionError

    assert "<a>x</a>" == clean("<a href=b.html>x</a>", fails)
    assert "<a>x</a>" == clean("<a href=b.html>x</a>", lambda *_: "javascript:alert(1)")


def test_small_pictures_written_into_the_page_stay() -> None:
    assert f'<img src="{SMALL}">' == cleaned(f"<img src='{SMALL}'>")
    assert "<img>" == cleaned(f"<img src='data:image/png;base64,{'A' * 20_000}'>")


def test_links_within_the_page_work_and_take_no_name_of_ours() -> None:
    left = cleaned("<p id=content><a href='#note'>1</a></p><p><a name=note>n</a></p>")

    assert f'<p id="{anchor("content")}"><a href="#{anchor("note")}">1</a></p>' in left
    assert f'<a name="{anchor("note")}">n</a>' in left


def test_structure_stays() -> None:
    written = (
        '<h2>T</h2><table><caption>c</caption><tbody><tr><th scope="col">a</th><td colspan="2">b</td></tr>'
        "</tbody></table>"
        '<figure><img src="a.png" alt="b" width="3" height="4"><figcaption>f</figcaption></figure>'
        '<p lang="ar" dir="rtl">م</p><ruby>漢<rt>kan</rt></ruby><ol start="3"><li value="4">x</li></ol>'
        "<math><mfrac><mn>1</mn><msup><mi>x</mi><mn>2</mn></msup></mfrac></math><details><summary>s</summary>d</details>"
    )

    assert written == cleaned(written)


@pytest.mark.parametrize(
    ("levels", "top", "found"),
    [
        ([1, 2, 3], 2, [2, 3, 4]),
        ([1, 4, 4, 2], 2, [2, 3, 3, 3]),
        ([3, 2, 1], 2, [2, 2, 2]),
        ([1, 2, 3, 4, 5, 6], 3, [3, 4, 5, 6, 6, 6]),
        ([], 2, []),
    ],
)
def test_headings_leave_no_level_out(levels: list[int], top: int, found: list[int]) -> None:
    assert found == ordered(levels, top)


def test_headings_stand_below_that_of_the_page() -> None:
    page = Html(cleaned("<h1>a</h1><h4>b</h4><h1>c</h1>"))

    assert ["h2", "h3", "h2"] == [node.tag for node in page.css("h1, h2, h3, h4")]


def test_a_page_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadInput, match="has more than 4 million letters"):
        cleaned("a" * (LIMIT + 1))
    with pytest.raises(BadInput, match="far more signs than words"):
        cleaned("&" * 200_000)


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<b><i></b>", "<table><tr><td>", "<a href=x>", "<p><b>", "<svg>", "<h1>", "<select>", "<math><mi>"],
)
def test_hostile_pages_come_to_an_end(piece: str) -> None:
    """In hours, were the time to grow with the square of the length or the depth."""
    cleaned(piece * (150_000 // len(piece)))


def test_contents_are_made_of_the_two_highest_levels() -> None:
    root = html_tree("<h2 id=a>A</h2><h3>B</h3><h5>never</h5><h2> </h2><h2>C</h2>")

    found = [(section.title, section.level, section.anchor) for section in sections_of(root)]

    assert [("A", 1, "t-a"), ("B", 2, "t-section-1"), ("C", 1, "t-section-2")] == found
    assert f'id="{anchor("section-2")}"' in clean_tree(root, as_written)
