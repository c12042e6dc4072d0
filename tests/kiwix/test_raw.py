"""`/raw` and `/random` beyond what kiwix-serve has: validators, ranges, the packs' origin, hostile addresses."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.kiwix.peers import ODD, wait_for
from tests.support.box import Box, request, running_box
from tests.support.zims import make_zim

MIB = 1024 * 1024
DATA = bytes(range(256)) * 2000
ADDRESS = f"/raw/{ODD}/content/data"


def test_head_says_how_long_it_is(box: Box) -> None:
    head = request(box.url + ADDRESS, "HEAD")

    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(DATA))
    assert head.headers["Content-Type"] == "application/octet-stream;x=1"


@pytest.mark.parametrize("path", ["content/data", "content/style.css", "meta/Title", "meta/Illustration_48x48@1"])
def test_who_has_it_gets_304(box: Box, path: str) -> None:
    first = box.get(f"/raw/{ODD}/{path}")
    again = box.get(f"/raw/{ODD}/{path}", If_None_Match=f'"x", {first.headers["ETag"]}')

    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert not first.headers["ETag"].startswith("W/")


def test_entries_have_validators_of_their_own(box: Box) -> None:
    paths = ["content/data", "content/style.css", "meta/Title", "meta/Language"]

    assert len({box.get(f"/raw/{ODD}/{path}").headers["ETag"] for path in paths}) == 4


def test_ranges(box: Box) -> None:
    etag = box.get(ADDRESS).headers["ETag"]

    assert box.get(ADDRESS, Range="bytes=300-309").body == DATA[300:310]
    assert box.get(ADDRESS, Range="bytes=300-309", If_Range=etag).status == 206
    assert box.get(ADDRESS, Range="bytes=300-309", If_Range='"old"').body == DATA
    several = box.get(ADDRESS, Range="bytes=0-3,-4")
    assert several.status == 206
    assert several.headers["Content-Type"].startswith("multipart/byteranges")
    assert DATA[:4] in several.body and DATA[-4:] in several.body
    past_the_end = box.get(ADDRESS, Range=f"bytes={len(DATA)}-")
    assert past_the_end.status == 416
    assert past_the_end.headers["Content-Range"] == f"bytes */{len(DATA)}"


def test_the_packs_origin_has_raw_too_under_the_packs_policy(box: Box) -> None:
    answer = box.content(ADDRESS)

    assert (answer.status, answer.body) == (200, DATA)
    assert "sandbox" not in answer.headers["Content-Security-Policy"]
    assert box.content(f"/raw/{ODD}/meta/Language").body == b"swa,fra"
    assert box.content(f"/raw/{ODD}/content/to%3Fquery").headers["Location"] == (
        f"/raw/{ODD}/content/example.org/page%3Fid=1&x=2"
    )


@pytest.mark.parametrize(
    "tail",
    ["", "/", "/a%20b.html", "/example.org/page%3Fid=1&x=2", "/x?y=%201&z", "/%E1%89%A1%E1%8A%93/", "/%ff", "/a%2Fb"],
)
def test_content_on_the_apps_origin_leads_to_the_packs_letter_by_letter(box: Box, tail: str) -> None:
    answer = box.get(f"/content/{ODD}{tail}")

    assert answer.status == 302
    assert answer.headers["Location"] == f"{box.content_url}/content/{ODD}{tail}"


def test_with_hosts_of_their_own_packs_are_read_on_these_only(small_packs: Path, tmp_path: Path) -> None:
    names = ("--domain", "box.lan", "--content-domain", "packs.lan")
    with running_box(tmp_path / "data", small_packs / "village.zim", options=names) as box:
        address = "/raw/village/content/style.css"
        wait_for(box, address, host="box.lan")
        own, other = (box.get(address, Host=f"{name}.packs.lan") for name in ("village", "other"))

    assert own.status == 200
    assert other.status == 302
    assert other.headers["Location"] == f"http://village.packs.lan{address}"


@pytest.mark.parametrize("mimetype", ["text/html\r\nX-Evil: 1", "text/ht\0ml", "café/été", "x" * 300, " "])
def test_a_mimetype_that_is_none_harms_nobody(tmp_path: Path, mimetype: str) -> None:
    pack = make_zim(tmp_path / "hostile.zim", {"page": (mimetype, "hello"), "film": (mimetype, bytes(MIB))})
    with running_box(tmp_path / "data", pack) as box:
        wait_for(box, "/raw/hostile/meta/Title")
        answers = [box.get("/raw/hostile/content/page"), box.content("/content/hostile/page")]
        film = box.get("/raw/hostile/content/film")

    assert [(answer.status, answer.body) for answer in answers] == [(200, b"hello")] * 2
    assert (film.status, film.body) == (200, bytes(MIB))
    assert all(answer.headers["X-Evil"] is None for answer in (*answers, film))


def test_content_of_no_pack_is_a_404(box: Box) -> None:
    assert box.get("/content/nothing/x").status == 404


def test_random_is_never_kept(box: Box) -> None:
    answer = box.get("/random?content=wikipedia_en_ray_charles")

    assert answer.headers["Cache-Control"] == "no-store"
    assert box.content(answer.headers["Location"].removeprefix(box.content_url)).status == 200


def test_random_leads_to_many_pages(box: Box) -> None:
    leads = {box.get("/random?content=wikipedia_en_ray_charles").headers["Location"] for _ in range(20)}

    assert len(leads) > 1


@pytest.mark.parametrize(
    "start", [f"/raw/{ODD}/content/", f"/raw/{ODD}/meta/", "/raw/", f"/content/{ODD}/", "/download/"]
)
@pytest.mark.parametrize(
    "path",
    [
        b"../../../../etc/passwd", b"..%2f..%2f..%2fetc%2fpasswd", b"%2e%2e/%2e%2e/etc/passwd", b"%00", b"data%00",
        b"%ff%fe", b"%ed%a0%80", b"%zz", b"%", b"\xff\xfe", b"caf\xc3\xa9", b"a%0d%0aSet-Cookie:x=1", b"a%0ab",
        b"?" * 300, b"%25" * 1000, b"a" * 7000, b"/" * 3000, b"\\..\\..\\x", b"a" * 100_000,
    ],
)  # fmt: skip
def test_a_hostile_address_is_answered_and_harms_nobody(box: Box, start: str, path: bytes) -> None:
    answer = sent(box, start.encode() + path)
    status = int(answer.split(b" ", 2)[1])

    assert status in (302, 400, 404, 414)
    assert b"Set-Cookie" not in answer.partition(b"\r\n\r\n")[0].replace(path, b"")
    assert b"root:" not in answer
    assert b"Traceback" not in answer
    assert box.get(f"/raw/{ODD}/content/style.css").body == b"p{}"


def sent(box: Box, target: bytes) -> bytes:
    """The answer to a request written by hand, which no client would write."""
    with socket.create_connection(("127.0.0.1", box.port), timeout=20) as connection:
        connection.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        pieces = []
        try:
            while piece := connection.recv(65536):
                pieces.append(piece)
        except ConnectionResetError:
            assert pieces, "the box hung up without a word"
    return b"".join(pieces)


def test_a_proxys_way_to_write_an_address(box: Box) -> None:
    answer = sent(box, f"http://box.example/raw/{ODD}/content/style.css".encode())

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"p{}")
