"""The catalogue of a running box beyond what kiwix-serve has: paging as documented, validators, whatever is sent."""

from __future__ import annotations

import gzip
from xml.etree import ElementTree as ET

import pytest

from tests.kiwix.peers import ODD, PACKS, entries_by_id
from tests.support.box import Box, request

ENTRIES = "/catalog/v2/entries"
FEEDS = ["root.xml", "searchdescription.xml", "entries", "partial_entries", "categories", "languages"]


def number_of(box: Box, query: str) -> int:
    return len(entries_by_id(box.get(f"{ENTRIES}?{query}").body))


def test_pages_of_entries_make_up_the_whole(box: Box) -> None:
    pages = [entries_by_id(box.get(f"{ENTRIES}?count=4&start={start}").body) for start in (0, 4, 8, 12)]

    assert [len(page) for page in pages] == [4, 4, len(PACKS) - 8, 0]
    assert list(entries_by_id(box.get(f"{ENTRIES}?count=-1").body)) == [uuid for page in pages for uuid in page]


def test_count_0_gives_the_number_alone(box: Box) -> None:
    feed = box.get(f"{ENTRIES}?count=0").text

    assert f"<totalResults>{len(PACKS)}</totalResults>" in feed
    assert "<entry>" not in feed


def test_languages_may_be_a_list_and_of_two_letters(box: Box) -> None:
    assert number_of(box, "lang=bel,tum") == 3
    assert number_of(box, "lang=eng") == number_of(box, "lang=en") == 4
    assert number_of(box, "lang=swa") == number_of(box, "lang=fra") == number_of(box, "lang=fr") == 1
    assert number_of(box, "category=wikipedia,website") == 2


def test_an_acquisition_link_leads_to_the_file(box: Box) -> None:
    feed = box.get(f"{ENTRIES}?count=-1").body
    links = [link for entry in entries_by_id(feed).values() for link in entry.findall("link")]
    files = [link for link in links if link.get("type") == "application/x-zim"]

    assert len(files) == len(PACKS)
    for link in files:
        answer = box.get((link.get("href") or "").removeprefix(box.url).removesuffix(".meta4"))
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "application/x-zim"
        assert len(answer.body) == int(link.get("length") or 0)


def test_an_acquisition_link_has_the_address_by_which_the_box_is_reached(box: Box) -> None:
    feed = box.get(f"{ENTRIES}?q=odd", Host=f"box.lan:{box.port}").text

    assert f'href="http://box.lan:{box.port}/download/{ODD}.zim.meta4"' in feed


@pytest.mark.parametrize("feed", FEEDS)
def test_who_has_the_feed_gets_304(box: Box, feed: str) -> None:
    first = box.get(f"/catalog/v2/{feed}")
    again = box.get(f"/catalog/v2/{feed}", If_None_Match=first.headers["ETag"])
    zipped = box.get(f"/catalog/v2/{feed}", If_None_Match=first.headers["ETag"], Accept_Encoding="gzip")
    other = box.get(f"/catalog/v2/{feed}", If_None_Match='"another"')

    assert [answer.status for answer in (first, again, zipped, other)] == [200, 304, 304, 200]
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.body == b""


def test_every_worker_gives_a_feed_the_same_validator(box: Box) -> None:
    assert len({box.get(ENTRIES).headers["ETag"] for _ in range(20)}) == 1
    assert box.get(ENTRIES).headers["ETag"] != box.get(f"{ENTRIES}?count=1").headers["ETag"]


def test_a_feed_comes_compressed(box: Box) -> None:
    plain, zipped = box.get(ENTRIES), box.get(ENTRIES, Accept_Encoding="gzip")

    assert gzip.decompress(zipped.body) == plain.body
    assert len(zipped.body) < len(plain.body) / 4


def test_head_says_how_long_a_feed_is(box: Box) -> None:
    whole, head = box.get(ENTRIES), request(box.url + ENTRIES, "HEAD")

    assert head.status == 200
    assert head.body == b""
    assert head.headers["Content-Length"] == str(len(whole.body))


@pytest.mark.parametrize(
    "query",
    [
        "start=99999999999999999999999", "count=99999999999999999999999", "start=-5", "count=-99", "start=1e3",
        "start=%00", "start=%D9%A3", "count=1.5", "lang=%00", "lang=%ff", "lang=,,,", "lang=x_y-z,%20",
        "lang=" + "a" * 7000, "q=%ff%fe%00%01", "q=" + "a" * 7000, "q=((((", "q=%22%27*", "q=%3C/feed%3E", "tag=;;;",
        "tag=%ED%A0%80",
        "category=%3Cscript%3E", "maxsize=-1", "maxsize=99999999999999999999999", "name=%00", "&&&&===", "%ff=%ff", "%",
        "q=%EF%BF%BF", "notag=%0d%0aX:1", "lang=zh-Hant-TW", "lang=" + "-" * 300,
    ],
)  # fmt: skip
@pytest.mark.parametrize("feed", ["entries", "partial_entries"])
def test_whatever_is_asked_the_answer_is_a_feed(box: Box, feed: str, query: str) -> None:
    answer = box.get(f"/catalog/v2/{feed}?{query}")

    assert answer.status == 200
    assert ET.fromstring(answer.body).tag == "{http://www.w3.org/2005/Atom}feed"


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "entry/", "entry/%ff", "entry/%00", "entry/..", "entry/a/b", "illustration/%00/",
        "illustration/%ff?size=48", "illustration/example/?size=48", "illustration/odd_paths/?size=0",
        "illustration/odd_paths/?size=%ff",
        "illustration/odd_paths/?size=99999999999999999999999", "illustration/odd_paths/?size=-48", "entries/x",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_404_in_one_line(box: Box, path: str) -> None:
    answer = box.get(f"/catalog/v2/{path}")

    assert answer.status == 404
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_an_illustration_by_id_or_uuid_of_the_usual_size(box: Box) -> None:
    by_id = box.get(f"/catalog/v2/illustration/{ODD}")
    sized = box.get(f"/catalog/v2/illustration/{ODD}/?size=48")

    assert by_id.status == 200
    assert by_id.body == sized.body == box.get(f"/raw/{ODD}/meta/Illustration_48x48@1").body


def test_nothing_of_a_pack_runs_on_the_apps_origin(box: Box) -> None:
    for path in (f"/catalog/v2/illustration/{ODD}", f"/raw/{ODD}/content/a%20b.html", f"/download/{ODD}"):
        policy = box.get(path).headers["Content-Security-Policy"]
        assert policy.startswith("sandbox;")
        assert "allow-scripts" not in policy
