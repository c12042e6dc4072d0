"""The content of packs over HTTP: what a browser asks for and gets."""

from __future__ import annotations

import gzip
from html import unescape
from urllib.parse import quote

import pytest
import zstandard

from tests.support.box import Box

FILM = bytes(range(256)) * 8192


def test_an_entry_comes_byte_for_byte(village: Box) -> None:
    answer = village.content("/content/village/small.bin")

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.body == bytes(range(256)) * 4


def test_a_pack_opens_at_its_main_page(village: Box) -> None:
    assert village.content("/content/village/").headers["Location"] == "/content/village/index.html"
    assert village.content("/content/village").headers["Location"] == "/content/village/index.html"


def test_a_redirect_leads_to_its_target(village: Box) -> None:
    answer = village.content("/content/village/puits")

    assert answer.status == 302
    assert answer.headers["Location"] == "/content/village/well.html"


@pytest.mark.parametrize("path", ["quiet?tab=1&x=2", "100%.html", "ቡና/بئر.html"])
def test_paths_of_any_script_and_with_signs_of_addresses(village: Box, path: str) -> None:
    assert village.content(f"/content/village/{quote(path)}").status == 200


def test_a_question_mark_ends_the_path_and_its_escape_does_not(village: Box) -> None:
    assert village.content("/content/village/well.html?from=home").status == 200
    assert village.content("/content/village/quiet%3Ftab=1&x=2").status == 200
    assert village.content("/content/village/quiet?tab=1&x=2").status == 404


def test_head_tells_the_length_without_the_body(village: Box) -> None:
    whole = village.content("/content/village/well.html", Accept_Encoding="gzip")
    head = village.content("/content/village/well.html", "HEAD", Accept_Encoding="gzip")

    assert head.status == 200
    assert head.body == b""
    assert head.headers["Content-Length"] == str(len(whole.body))


class TestCodings:
    def test_gzip_and_zstd_unpack_to_the_same_page(self, village: Box) -> None:
        plain = village.content("/content/village/well.html").body
        zipped = village.content("/content/village/well.html", Accept_Encoding="gzip")
        squeezed = village.content("/content/village/well.html", Accept_Encoding="gzip, zstd")

        assert gzip.decompress(zipped.body) == plain
        assert zstandard.ZstdDecompressor().decompress(squeezed.body) == plain
        assert (zipped.headers["Content-Encoding"], squeezed.headers["Content-Encoding"]) == ("gzip", "zstd")

    def test_a_refused_coding_is_not_sent(self, village: Box) -> None:
        answer = village.content("/content/village/well.html", Accept_Encoding="gzip;q=0, zstd;q=0")

        assert answer.headers["Content-Encoding"] is None

    def test_pictures_are_not_compressed_again(self, village: Box) -> None:
        assert village.content("/content/village/small.bin", Accept_Encoding="gzip").headers["Content-Encoding"] is None


class TestValidators:
    def test_the_same_page_is_not_sent_twice(self, village: Box) -> None:
        etag = village.content("/content/village/well.html").headers["ETag"]
        answer = village.content("/content/village/well.html", If_None_Match=etag)

        assert answer.status == 304
        assert answer.body == b""
        assert answer.headers["ETag"] == etag

    def test_they_are_strong_and_differ_by_entry_coding_and_bar(self, village: Box) -> None:
        tags = [
            village.content("/content/village/well.html").headers["ETag"],
            village.content("/content/village/index.html").headers["ETag"],
            village.content("/content/village/well.html", Accept_Encoding="gzip").headers["ETag"],
            village.read("/content/village/well.html").headers["ETag"],
            village.read("/content/village/well.html", Accept_Language="fr").headers["ETag"],
        ]

        assert len(set(tags)) == len(tags)
        assert not any(tag.startswith("W/") for tag in tags)

    def test_a_film_has_one_too(self, village: Box) -> None:
        etag = village.content("/content/village/film.bin").headers["ETag"]

        assert village.content("/content/village/film.bin", If_None_Match=etag).status == 304


@pytest.mark.parametrize("path", ["film.bin", "small.bin", "well.html"])
class TestRanges:
    @pytest.fixture
    def whole(self, village: Box, path: str) -> bytes:
        return village.content(f"/content/village/{path}").body

    @pytest.mark.parametrize(
        ("asked", "start", "stop"), [("0-0", 0, 1), ("10-99", 10, 100), ("1000-", 1000, None), ("-100", -100, None)]
    )
    def test_one(self, village: Box, path: str, whole: bytes, asked: str, start: int, stop: int | None) -> None:
        answer = village.content(f"/content/village/{path}", Range=f"bytes={asked}")
        expected = whole[start:stop]
        first = len(whole) + start if start < 0 else start

        assert answer.status == 206
        assert answer.body == expected
        assert answer.headers["Content-Range"] == f"bytes {first}-{first + len(expected) - 1}/{len(whole)}"

    def test_several(self, village: Box, path: str, whole: bytes) -> None:
        answer = village.content(f"/content/village/{path}", Range="bytes=0-9,500-509")
        boundary = answer.headers["Content-Type"].removeprefix("multipart/byteranges; boundary=").encode()
        parts = answer.body.split(b"--" + boundary)[1:-1]

        assert answer.status == 206
        assert [part.split(b"\r\n\r\n", 1)[1][:-2] for part in parts] == [whole[0:10], whole[500:510]]

    def test_beyond_the_end(self, village: Box, path: str, whole: bytes) -> None:
        answer = village.content(f"/content/village/{path}", Range=f"bytes={len(whole)}-")

        assert answer.status == 416
        assert answer.headers["Content-Range"] == f"bytes */{len(whole)}"

    @pytest.mark.parametrize("nonsense", ["bytes=9-1", "bytes=a-b", "lines=1-2", "bytes=", "bytes=--1", "bytes=²-"])
    def test_nonsense_is_ignored(self, village: Box, path: str, whole: bytes, nonsense: str) -> None:
        answer = village.content(f"/content/village/{path}", Range=nonsense.encode().decode("latin-1"))

        assert (answer.status, answer.body) == (200, whole)

    def test_if_range(self, village: Box, path: str, whole: bytes) -> None:
        etag = village.content(f"/content/village/{path}", Range="bytes=0-0").headers["ETag"]
        same = village.content(f"/content/village/{path}", Range="bytes=0-9", If_Range=etag)
        other = village.content(f"/content/village/{path}", Range="bytes=0-9", If_Range='"other"')

        assert (same.status, same.body) == (206, whole[:10])
        assert (other.status, other.body) == (200, whole)


class TestTheBar:
    def test_is_on_front_pages_in_the_readers_language(self, village: Box) -> None:
        assert "Home" in village.read("/content/village/index.html").text
        assert "Accueil" in village.read("/content/village/index.html", Accept_Language="fr-FR,fr").text
        assert 'dir="rtl"' in village.read("/content/village/index.html", Accept_Language="ar").text

    def test_is_the_same_in_a_page_of_any_encoding(self, village: Box) -> None:
        page = village.read("/content/village/index.html", Accept_Language="ar").body
        bar = page[page.index(b"<ideascube-bar") : page.index(b"</ideascube-bar>")]

        assert bar.isascii()
        assert "الرئيسية" in unescape(bar.decode("ascii"))

    def test_leaves_the_page_itself_as_it_is(self, village: Box) -> None:
        page = village.read("/content/village/well.html").text
        start, end = page.index("<ideascube-bar"), page.index("</ideascube-bar>") + len("</ideascube-bar>")

        assert page[:start] + page[end:] == village.content("/content/village/well.html").text

    @pytest.mark.parametrize("path", ["frame.html", "style.css", "film.bin"])
    def test_is_on_nothing_else(self, village: Box, path: str) -> None:
        assert b"ideascube-bar" not in village.read(f"/content/village/{path}").body

    def test_is_not_in_frames_nor_in_what_scripts_fetch(self, village: Box) -> None:
        framed = village.read("/content/village/index.html", Sec_Fetch_Dest="iframe")
        fetched = village.content("/content/village/index.html", Accept="*/*")

        assert "ideascube-bar" not in framed.text
        assert "ideascube-bar" not in fetched.text

    def test_leads_home_to_the_app(self, village: Box) -> None:
        assert village.content("/box/").headers["Location"] == f"{village.url}/"
        assert village.content("/box/search?q=a").headers["Location"] == f"{village.url}/search?q=a"

    def test_links_to_the_internet_lead_to_an_explanation(self, village: Box) -> None:
        page = village.read("/content/village/links.html").text

        assert 'href="/box/external?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1%26c%3D2"' in page
        assert "href='well.html'" in page


def test_a_pack_may_run_scripts_and_reach_only_its_own_origin(village: Box) -> None:
    policy = village.read("/content/village/index.html").headers["Content-Security-Policy"]

    assert "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'" in policy
    assert "form-action 'self'" in policy


def test_health_names_the_bound_of_the_cache(village: Box) -> None:
    cache = village.get("/health").json()["cache"]

    assert 0 < cache["pages_limit_bytes"] < cache["limit_bytes"]
