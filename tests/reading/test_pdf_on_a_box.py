"""PDFs as a phone without scripts reads them, on a running box: every kind of page, picture and refusal."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser as Html

from tests.media.bombs import zip_bomb
from tests.media.pdfs import make_linked_pdf, make_packed_pdf, make_pdf
from tests.support.box import READER, Box, eventually, request, running_box
from tests.support.pdf_packs import pack_of
from tests.support.shared import shared
from tests.web.reading import texts

BOOK = "beyond-good-and-evil.pdf"
WEBP = "image/webp,*/*;q=0.8"


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    folder = tmp_path_factory.mktemp("papers")
    pack = pack_of(
        folder / "papers.zim",
        shared(f"media/{BOOK}"),
        make_linked_pdf(folder / "linked.pdf", ["/Dest[6 0 R/Fit]", "/A<</S/URI/URI(https://a.example/?b=1)>>"]),
        make_pdf(folder / "locked.pdf", ["secret"], password="geheim"),
        make_packed_pdf(folder / "bomb.pdf", zip_bomb(1500), "/FlateDecode"),
        make_pdf(folder / "long.pdf", [f"Part {number}" for number in range(1, 71)]),
        make_pdf(folder / "a ? b.pdf", ["odd"]),
    )
    with running_box(folder / "data", pack) as box:
        box.wait_for("papers")
        yield box


def read(box: Box, name: str, **headers: str) -> Html:
    return Html(box.content(f"/read/papers/{name}", **headers).body)


def test_the_way_in_notes_the_page_and_leads_to_it(box: Box):
    answer = box.get(f"/read/papers/{BOOK}?at=9", **READER)
    again = box.get(f"/read/papers/{BOOK}", Cookie=answer.headers["Set-Cookie"].split(";")[0])
    beyond = box.get(f"/read/papers/{BOOK}?at=999")

    assert (302, f"{box.content_url}/read/papers/{BOOK}?at=9") == (answer.status, answer.headers["Location"])
    assert f"{box.content_url}/read/papers/{BOOK}?at=9&again=1" == again.headers["Location"]
    assert f"{box.content_url}/read/papers/{BOOK}?at=192" == beyond.headers["Location"]


def test_a_script_on_the_pack_s_origin_can_have_the_page_noted_alone(box: Box):
    answer = box.get(f"/read/papers/{BOOK}?at=9&stay=1")

    assert (204, None) == (answer.status, answer.headers["Location"])
    assert answer.headers["Set-Cookie"].startswith("progress=")


def test_a_page_is_a_picture_its_words_and_the_way_on(box: Box):
    page = read(box, f"{BOOK}?at=9", Accept_Language="fr")
    picture = page.css_first("img.sheet").attributes
    app = f"{box.url}/read/papers/{BOOK}"

    assert ["Beyond Good and Evil"] == texts(page, "h1")
    assert picture["alt"].startswith("CHAPTER I Prejudices of Philosophers 1. The Will to Truth")
    assert ["480w", "800w", "1200w"] == picture["srcset"].replace(",", "").split()[1::2]
    assert ("432", "648") == (picture["width"], picture["height"])
    assert "already a long story; yet it seems as if it were hardly commenced" in texts(page, "details.words p")[0]
    assert [f"{app}?at=10"] == [link.attributes["href"] for link in page.css("a[rel=next]")]
    assert [f"{app}?at=8"] == [link.attributes["href"] for link in page.css("a[rel=prev]")]
    assert ["Chapter I"] == texts(page, ".contents [aria-current]")
    assert ("192", app) == (page.css_first("#at").attributes["max"], page.css_first("form.go-to").attributes["action"])
    assert f"/raw/papers/content/{BOOK}" == page.css_first(".original a").attributes["href"]


def test_first_and_last_page_have_one_way_on(box: Box):
    first, last = read(box, BOOK), read(box, f"{BOOK}?at=192")

    assert [0, 1] == [len(first.css(f"a[rel={way}]")) for way in ("prev", "next")]
    assert [1, 0] == [len(last.css(f"a[rel={way}]")) for way in ("prev", "next")]


def test_a_page_runs_nothing_of_others_and_frames_nothing(box: Box):
    answer = box.content(f"/read/papers/{BOOK}?at=9")
    policy = dict(each.strip().split(" ", 1) for each in answer.headers["Content-Security-Policy"].split(";"))
    page = Html(answer.body)

    assert ("'none'", f"'self' {box.url}", "'self'") == tuple(
        policy[name] for name in ("default-src", "script-src", "worker-src")
    )
    assert [] == page.css("[style], style, script:not([src]), [onclick]")
    assert len(answer.body) < 25_000


def test_links_of_a_page_stand_below_it(box: Box):
    links = {link.text().strip(): link.attributes["href"] for link in read(box, "linked.pdf").css("details.links a")}

    assert {"one"} == set(links)
    assert [f"{box.url}/read/papers/linked.pdf?at=2", "/box/external?url=https%3A%2F%2Fa.example%2F%3Fb%3D1"] == [
        link.attributes["href"] for link in read(box, "linked.pdf").css("details.links a")
    ]


def test_what_the_internet_has_is_explained_with_the_way_back_to_the_book(box: Box):
    came_from = f"{box.content_url}/read/papers/linked.pdf?at=1"
    answer = box.content("/box/external?url=https%3A%2F%2Fa.example%2F", Referer=came_from)

    assert f"{box.url}/external?url=https://a.example/&back=/read/papers/linked.pdf" == answer.headers["Location"]


def test_long_contents_have_a_page_of_their_own(box: Box):
    address = read(box, "long.pdf?at=3").css_first(".contents a").attributes["href"]
    contents = Html(box.content(address).body)

    assert "/read/papers/long.pdf?contents=1&at=3" == address
    assert 70 == len(contents.css(".lines a"))
    assert ["Part 3"] == texts(contents, ".lines [aria-current]")


@pytest.mark.parametrize(("accept", "kind"), [(WEBP, "image/webp"), ("image/*", "image/png"), ("", "image/png")])
def test_pictures_are_of_a_kind_that_the_browser_knows(box: Box, accept: str, kind: str):
    address = f"/read/papers/{BOOK}?image=9&width=480"
    answer = box.content(address, Accept=accept)
    again = box.content(address, Accept=accept, If_None_Match=answer.headers["ETag"])

    assert (200, kind, "Accept") == (answer.status, answer.headers["Content-Type"], answer.headers["Vary"])
    assert (304, b"") == (again.status, again.body)
    assert b"" == box.content(address, "HEAD", Accept=accept).body


@pytest.mark.parametrize("query", ["image=0", "image=-3", "image=x", "image=1&width=99999999", "image=1&width="])
def test_what_makes_no_sense_gets_the_nearest_picture(box: Box, query: str):
    assert 200 == box.content(f"/read/papers/linked.pdf?{query}").status


def test_thirty_phones_open_one_page(box: Box):
    address = f"/read/papers/{BOOK}?image=77&width=800"
    with ThreadPoolExecutor(30) as phones:
        answers = list(phones.map(lambda _: box.content(address, Accept=WEBP), range(30)))

    assert {200} == {answer.status for answer in answers}
    assert 1 == len({answer.body for answer in answers})


def test_a_locked_file_says_so_and_can_still_be_had(box: Box):
    answer = box.content("/read/papers/locked.pdf")
    page = Html(answer.body)

    assert 502 == answer.status
    assert ["locked.pdf asks for a password: save a copy without one."] == texts(page, ".notice .detail")
    assert 200 == box.content(page.css_first(".notice a").attributes["href"]).status
    assert (404, "locked.pdf asks for a password: save a copy without one.") == (
        (picture := box.content("/read/papers/locked.pdf?image=1")).status,
        picture.text,
    )


def test_a_bomb_costs_its_own_page_and_nobody_else_anything(box: Box):
    box.content(f"/read/papers/{BOOK}?at=5")
    with ThreadPoolExecutor(1) as other:
        bomb = other.submit(box.content, "/read/papers/bomb.pdf")
        meanwhile = [box.get("/health").status, box.content(f"/read/papers/{BOOK}?at=5").status]
        page = Html(bomb.result().body)

    assert [200, 200] == meanwhile
    assert ["Page 1 of bomb.pdf takes too much time or memory to be drawn."] == texts(page, ".notice .detail")
    assert "/raw/papers/content/bomb.pdf" == page.css_first(".notice a").attributes["href"]


def test_a_renderer_that_is_killed_is_replaced(box: Box):
    before = box.processes("renderer")[0]
    before.kill()

    eventually(lambda: [each.pid for each in box.processes("renderer")] not in ([], [before.pid]))
    eventually(lambda: box.content("/read/papers/long.pdf?image=60&width=480").status == 200)


def test_a_name_with_a_question_mark_is_found_again(box: Box):
    answer = box.get("/read/papers/a%20%3F%20b.pdf")
    page = Html(request(answer.headers["Location"]).body)

    assert 1 == len(page.css("img.sheet"))
    assert 200 == box.content(page.css_first("img.sheet").attributes["src"]).status
    assert urlsplit(answer.headers["Location"]).path == "/read/papers/a%20%3F%20b.pdf"


def test_pdf_js_is_kept_by_browsers_and_served_to_packs_alone(box: Box):
    library = read(box, BOOK).css_first(".paper").attributes["data-library"]
    worker = box.content(f"{library}pdf.worker.min.mjs", Accept_Encoding="gzip")
    plain = box.content(f"{library}pdf.worker.min.mjs")

    assert (200, "gzip", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable") == (
        worker.status, *(worker.headers[name] for name in ("Content-Encoding", "Content-Type", "Cache-Control")),
    )  # fmt: skip
    assert len(worker.body) < len(plain.body) / 3
    assert "application/wasm" == box.content(f"{library}wasm/openjpeg.wasm").headers["Content-Type"]
    assert 200 == box.content(f"{library}cmaps/UniJIS-UTF16-H.bcmap").status
    assert [404, 404, 404] == [
        box.content(f"{library}{path}").status for path in ("VERSION", "../../style.css", "..%2f..%2fstyle.css")
    ]
    assert 404 == box.get(f"{library}pdf.min.mjs").status


def test_a_search_leads_to_the_page_by_page_view(box: Box):
    """For programs it stays the file, as in the ZIM."""
    search = "/search?q=Oedipus%20Sphinx%20rendezvous"
    eventually(lambda: BOOK in box.get(search).text, within=40)
    found = {link.attributes["href"] for link in Html(box.get(search).body).css(".results h3 a")}

    assert f"/read/papers/{BOOK}" in found
    assert f"{box.content_url}/content/papers/{BOOK}" == box.get(f"{search}&format=json").json()["results"][0]["url"]
