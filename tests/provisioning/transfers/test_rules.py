from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from provisioning.transfers import Limits, Wanted
from provisioning.transfers.answers import Asked, Given, understood
from provisioning.transfers.http_source import _next as redirected
from provisioning.transfers.journal import Origin, Progress, compact, head, line, read
from provisioning.transfers.mirrors import Mirrors
from provisioning.transfers.spans import Spans
from provisioning.transfers.trouble import Changed, Other, Passing, Trouble, Useless
from tests.provisioning.transfers.transferring import content_of, wanted

SPANS = st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 30)), max_size=30)


@given(SPANS)
def test_spans_hold_what_a_set_of_bytes_would(steps: list[tuple[bool, int, int]]) -> None:
    spans, expected = Spans(), set[int]()
    for adds, start, end in steps:
        (spans.add if adds else spans.remove)(start, end)
        expected = expected | set(range(start, end)) if adds else expected - set(range(start, end))

    listed = list(spans)
    assert expected == {byte for start, end in listed for byte in range(start, end)}
    assert all(one[1] < other[0] for one, other in pairwise(listed))
    assert len(expected) == len(spans)
    missing = set(range(35)) - expected
    assert missing == {byte for start, end in spans.gaps(35) for byte in range(start, end)}
    assert spans.gap(35) == spans.gaps(35)[0]
    assert all(spans.holds(a, b) == (set(range(a, b)) <= expected) for a in range(0, 32, 3) for b in range(a, 33, 4))


# ---- Answers

RANGE = {"Content-Range": "bytes 100-199/1000", "Content-Type": "application/octet-stream", "ETag": '"a"'}
ASKED = Asked(100, 200, 1000)


def test_the_part_that_was_asked_for_is_taken() -> None:
    assert Given(100, 200, 1000, '"a"') == understood(ASKED, 206, CIMultiDict(RANGE))


def test_the_whole_file_is_taken_where_nothing_of_it_is_here() -> None:
    headers = CIMultiDict({"Content-Length": "1000", "Last-Modified": "Tue, 24 Nov 2026 19:40:56 GMT"})

    expected = Given(0, 1000, 1000, "Tue, 24 Nov 2026 19:40:56 GMT")
    assert expected == understood(Asked(0, 500, 1000, is_first=True), 200, headers)


@pytest.mark.parametrize(
    ("expected", "asked", "status", "headers"),
    [
        (Useless, ASKED, 200, {"Content-Length": "1000"}),
        (Useless, Asked(0, 200, 1000), 200, {"Content-Length": "1000"}),
        (Changed, Asked(100, 200, 1000, is_conditional=True), 200, {"Content-Length": "1000"}),
        (Other, Asked(0, 200, 1000, is_first=True), 200, {"Content-Length": "999"}),
        (Other, ASKED, 206, RANGE | {"Content-Range": "bytes 100-199/1001"}),
        (Useless, ASKED, 206, RANGE | {"Content-Range": "bytes 101-199/1000"}),
        (Useless, ASKED, 206, RANGE | {"Content-Range": "bytes 100-99/1000"}),
        (Useless, ASKED, 206, RANGE | {"Content-Range": "bytes 100-1000/1000"}),
        (Useless, ASKED, 206, RANGE | {"Content-Range": "bytes 100-199/*"}),
        (Useless, ASKED, 206, RANGE | {"Content-Range": "bytes 100-199/" + "9" * 30}),
        (Useless, ASKED, 206, {"Content-Type": "multipart/byteranges; boundary=a"}),
        (Useless, ASKED, 206, RANGE | {"Content-Encoding": "gzip"}),
        (Useless, ASKED, 206, RANGE | {"Content-Type": "Text/HTML; charset=utf-8"}),
        (Useless, Asked(0, 200, 1000, is_first=True), 200, {"Content-Type": "text/html"}),
        (Other, ASKED, 416, {"Content-Range": "bytes */80"}),
        (Useless, ASKED, 416, {"Content-Range": "bytes */1000"}),
        (Useless, ASKED, 416, {}),
        (Useless, ASKED, 404, {}),
        (Useless, ASKED, 403, {}),
        (Useless, ASKED, 511, {}),
        (Passing, ASKED, 503, {}),
        (Passing, ASKED, 429, {}),
        (Useless, ASKED, 204, {}),
        (Useless, ASKED, 304, {}),
        (Other, Asked(0, 0, 0, about=1000 * 1024), 206, {"Content-Range": "bytes 0-99/9000000"}),
    ],
)
def test_whatever_else_a_server_answers_is_not_taken(
    expected: type[Trouble], asked: Asked, status: int, headers: dict[str, str]
) -> None:
    with pytest.raises(expected):
        understood(asked, status, CIMultiDict(headers))


def test_a_size_that_a_catalogue_rounded_is_near_the_true_one() -> None:
    headers = CIMultiDict({"Content-Range": "bytes 0-99/1000000"})

    assert 1_000_000 == understood(Asked(0, 0, 0, about=977 * 1024), 206, headers).size


@pytest.mark.parametrize(
    ("expected", "headers"),
    [
        ('"a-1"', {"ETag": '"a-1"'}),
        ("", {"ETag": 'W/"a-1"', "Last-Modified": "Tue, 24 Nov 2026 19:40:56 GMT"}),
        ("", {"ETag": "a"}),
        ("", {"ETag": '"' + "a" * 500 + '"'}),
        ("Tue, 24 Nov 2026 19:40:56 GMT", {"Last-Modified": "Tue, 24 Nov 2026 19:40:56 GMT"}),
        ("", {"Last-Modified": "yesterday"}),
        ("", {}),
    ],
)
def test_only_what_may_stand_in_if_range_is_remembered(expected: str, headers: dict[str, str]) -> None:
    given = understood(ASKED, 206, CIMultiDict({"Content-Range": "bytes 100-199/1000"} | headers))

    assert expected == given.validator


@pytest.mark.parametrize(
    ("expected", "location"),
    [
        ("https://a.example/b.zim", "b.zim"),
        ("https://b.example/b.zim?x=%2B", "//b.example/b.zim?x=%2B"),
        ("http://b.example/b.zim", "http://b.example/b.zim"),
    ],
)
def test_redirects_lead_where_they_say(expected: str, location: str) -> None:
    assert expected == redirected("https://a.example/a.zim", location, ASKED)


@pytest.mark.parametrize("location", ["", "file:///etc/passwd", "http://", "http://[", "ftp://a.example/", "x" * 9000])
def test_redirects_to_nowhere_are_not_followed(location: str) -> None:
    with pytest.raises(Useless, match="no address"):
        redirected("https://a.example/a.zim", location, ASKED)


def test_a_safe_connection_is_not_left_where_nothing_else_says_whose_file_it_is() -> None:
    with pytest.raises(Useless, match="unsafe"):
        redirected("https://a.example/a.zim", "http://a.example/a.zim", replace(ASKED, is_proved=False))


# ---- The journal

FILE = wanted(content_of(1000), "http://a.example/a.zim", length=100)


def lines(*rest: str, boot: str = "one") -> str:
    return head(FILE, 1000, boot) + "".join(rest)


def test_what_was_only_written_is_believed_until_the_machine_starts_anew() -> None:
    text = lines(line(written=[0, 300], of=0), line(flushed=[0, 100], of=0))

    same, other = read(text, FILE, "one"), read(text, FILE, "two")

    assert same is not None
    assert other is not None
    assert Spans([(0, 300)]) == same.present
    assert Spans([(0, 100)]) == other.present


def test_a_machine_that_does_not_say_when_it_started_believes_only_what_was_flushed() -> None:
    found = read(lines(line(written=[0, 300], of=0), boot=""), FILE, "")

    assert found is not None
    assert 0 == len(found.present)


def test_a_line_that_was_cut_off_spoils_no_other() -> None:
    text = lines(line(counted=[0, 100])) + line(counted=[100, 200])[:-5] + line(counted=[300, 400])

    found = read(text, FILE, "one")

    assert found is not None
    assert Spans([(0, 100), (300, 400)]) == found.counted


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "[]", '{"format":2}', '{"format":1,"wanted":{},"size":1000}', lines().replace("1000", "true")],
)
def test_a_journal_of_something_else_is_none(text: str) -> None:
    assert read(text, FILE, "one") is None


@pytest.mark.parametrize(
    "strange",
    [
        '{"counted":[0,1001]}',
        '{"counted":[5,5]}',
        '{"counted":[-5,5]}',
        '{"counted":[0,true]}',
        '{"counted":"all"}',
        '{"origin":["a"]}',
        '{"origin":[1,2,3]}',
        '{"flushed":[0]}',
        "[" * 100_000,
        "{}",
        "null",
    ],
)
def test_strange_lines_are_passed_over(strange: str) -> None:
    assert Progress(1000) == read(lines("\n" + strange), FILE, "one")


def test_a_journal_that_is_begun_anew_says_the_same() -> None:
    progress = Progress(1000, is_whole=True)
    progress.keep(0, 250, progress.origin(Origin("http://a", "http://b", '"1"')))
    progress.keep(300, 400, progress.origin(Origin("http://c")))
    progress.counted.add(0, 200)
    progress.others.append(Origin("http://d", "", '"2"'))

    assert progress == read(compact(FILE, progress, "one"), FILE, "two")


def test_with_other_sums_of_pieces_nothing_counts_and_all_is_there() -> None:
    other = wanted(content_of(1000), "http://a.example/a.zim", length=50)

    found = read(lines(line(counted=[0, 200])), other, "one")

    assert found is not None
    assert 0 == len(found.counted)
    assert Spans([(0, 200)]) == found.present


# ---- Mirrors

LIMITS = Limits(tries=3, pause=2.0)


def test_the_first_mirrors_are_tried_out_and_a_clearly_better_one_is_kept() -> None:
    mirrors = Mirrors(["a", "b", "c"])
    for rate in (100, 500, 110):
        mirror = mirrors.choose()
        assert mirror is not None
        mirror.measure(rate, 1.0)

    assert ["a", "b", "c"] == [mirror.address for mirror in mirrors.all if mirror.rate]
    assert mirrors.choose() is mirrors.all[1]


def test_of_mirrors_that_are_nearly_as_fast_the_first_one_is_kept() -> None:
    mirrors = Mirrors(["a", "b"])
    mirrors.all[0].measure(100, 1.0)
    mirrors.all[1].measure(110, 1.0)

    assert mirrors.choose() is mirrors.all[0]


def test_without_sums_of_pieces_one_mirror_is_kept_as_long_as_it_gives_anything() -> None:
    mirrors = Mirrors(["a", "b"], may_mix=False)
    mirrors.all[0].measure(100, 1.0)
    assert mirrors.choose() is mirrors.all[0]

    mirrors.all[0].measure(0, 1.0)

    assert mirrors.choose() is mirrors.all[1]


def test_the_line_is_gone_after_some_rounds_in_which_nothing_came() -> None:
    mirrors = Mirrors(["a", "b"])

    pauses = [mirrors.pause(0, LIMITS) for _ in range(6)]

    assert [0.0, 2.0, 0.0, 4.0, 0.0, None] == pauses


def test_what_came_ends_the_count() -> None:
    mirrors = Mirrors(["a"])
    pauses = [mirrors.pause(came, LIMITS) for came in (0, 0, 5, 0, 0, 0)]

    assert [2.0, 4.0, 0.0, 2.0, 4.0, None] == pauses


def test_a_mirror_whose_pieces_are_wrong_one_after_the_other_is_left() -> None:
    mirrors = Mirrors(["a", "b"])
    bad = mirrors.all[0]
    for is_right in (False, False, True, False, False):
        (bad.was_right if is_right else bad.was_wrong)()
    assert bad.is_usable

    bad.was_wrong()

    assert [mirrors.all[1]] == mirrors.usable


@pytest.mark.parametrize("key", ["", ".hidden", "a/b", "..", "a" * 101, "a b"])
def test_a_key_names_a_folder_and_nothing_else(key: str) -> None:
    with pytest.raises(ValueError, match="folder"):
        Wanted(key, 1, "", ())


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        ("a.zim", "https://a.example/x/a.zim?token=1"),
        ("é_.zim", "https://a.example/%C3%A9%20.zim"),
        ("passwd", "https://a.example/..%2F..%2Fetc%2Fpasswd"),
        ("key.zim", "https://a.example/"),
        ("bashrc", "https://a.example/.bashrc"),
        ("key.zim", "https://a.example/" + "a" * 300),
        ("key.delta", "https://a.example/" + "a" * 300 + ".delta"),
    ],
)
def test_a_file_gets_a_name_that_leads_nowhere(expected: str, given: str) -> None:
    assert expected == Wanted("key", 1, "", (given,)).file_name
