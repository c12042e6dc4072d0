"""The rules of `pack check`, without any file: manifest, links, films, weight."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable
from io import BytesIO

import pytest
from PIL import Image

from content_packs.check.film_rules import NAMED, Films
from content_packs.check.link_rules import PackLinks
from content_packs.check.manifest_rules import licence_findings, manifest_findings
from content_packs.check.weight_rules import (
    LARGE_SIZE,
    PAGE_SIZE,
    PICTURE_SIZE,
    page_findings,
    picture_findings,
    share_findings,
)
from content_packs.finding import Finding
from content_packs.links import Link
from content_packs.manifest import Licence, Manifest, derive_manifest

METADATA = {
    "Title": "Eau", "Description": "L’eau", "LongDescription": "Tout", "Language": "fra,swh", "Creator": "A, B",
    "Publisher": "P", "Date": "2026-11-24", "License": "cc0-1.0", "Source": "https://example.org", "Name": "water",
    "Tags": "x;_category:course;_ftindex:yes",
}  # fmt: skip
DERIVED = derive_manifest("water", METADATA)
RIGHT = {
    "format": 1, "id": "water", "title": {"fr": "Eau", "sw": "Maji"}, "description": {"fr": "L’eau"},
    "long_description": {"fr": "Tout"}, "languages": ["fr", "sw"], "main": {"fr": "index.html"}, "kind": "course",
    "date": "2026-11-24", "licence": {"spdx": "CC0-1.0"}, "creators": ["A", "B"], "publisher": "P",
    "source": "https://example.org",
}  # fmt: skip


def said(findings: Iterable[Finding]) -> list[str]:
    return [finding.what for finding in findings]


def said_of(manifest: object) -> list[str]:
    raw = manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode()
    found = list(manifest_findings(raw, DERIVED, {"index.html"}.__contains__))
    assert {("warning", "M/Manifest")} >= {(finding.severity, finding.entry) for finding in found}
    return said(found)


def test_a_manifest_that_is_right_is_found_so() -> None:
    assert [] == said_of(RIGHT)
    assert [] == said_of({"format": 1, "id": "water", "title": {"fr": "Eau"}, "more": [1]})


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"id": "../water"}, "“id” is \"../water\", and must be a pack id"),
        ({"licence": {"spdx": "CC0-1.0", "url": 5}}, "“licence.url” is 5, and must be a text"),
        ({"licence": {"spdx": "MITT"}}, "“licence.spdx” is “MITT”, which SPDX does not know"),
        ({"languages": ["fra", "sw"]}, "“languages” has fra, whose usual code is fr"),
        ({"title": {"fra": "Eau"}}, "“title” has fra, whose usual code is fr"),
        ({"main": {"sw": "none.html"}}, "“main.sw” names none.html, and there is no such entry"),
        ({"size": 5}, "“size” stands in the ZIM, which cannot know it"),
        ({"hashes": {"sha256": "0" * 64}}, "“hashes” stands in the ZIM, which cannot know it"),
        ({"title": {"fr": "L’eau"}}, "“title” is “L’eau”, and the ZIM’s Title says “Eau”"),
        ({"languages": ["fr", "ar"]}, "“languages” is “fra,ara”, and the ZIM’s Language says “fra,swa”"),
        ({"licence": {"spdx": "MIT"}}, "“licence” is “MIT”, and the ZIM’s License says “CC0-1.0”"),
        ({"creators": ["A"]}, "“creators” is “A”, and the ZIM’s Creator says “A, B”"),
        ({"date": "2026-11-25"}, "“date” is “2026-11-25”, and the ZIM’s Date says “2026-11-24”"),
        ({"kind": "film"}, "“kind” is “film”, and the ZIM’s Tags says “course”"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_manifest_is_named(wrong: dict[str, object], what: str) -> None:
    assert any(what in each for each in said_of(RIGHT | wrong))


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"{", "the manifest is not JSON that can be read"),
        (b"[]", "a manifest must be a JSON object with the fields of docs/formats/pack.md"),
        (b"\xff", "the manifest is not JSON that can be read"),
        (b"[" * 100_000, "the manifest is not JSON that can be read"),
        (b" " * (1024 * 1024 + 1), "the manifest is larger than 1024 KiB"),
        (b'{"format": 2}', "the manifest is of format 2 and only 1 is known here"),
    ],
)
def test_what_is_no_manifest_is_one_finding(raw: bytes, what: str) -> None:
    [found] = said_of(raw)

    assert found.startswith(what)


def test_a_huge_manifest_gives_few_findings() -> None:
    assert 100 > len(said_of({"format": 1, "id": "x", "title": {"fr": "X"}, "tags": [5] * 200_000}))


def test_a_missing_licence_is_named() -> None:
    assert ["no licence is named, so nobody knows whether they may pass it on"] == said(
        licence_findings(Manifest(id="x", titles={"fr": "X"}))
    )
    assert [] == said(licence_findings(Manifest(id="x", titles={"fr": "X"}, licence=Licence(name="Ours"))))


@pytest.mark.parametrize("name", ["unknown", "Unknown", "-"])
def test_a_licence_that_says_that_nobody_knows_is_none(name: str) -> None:
    assert 1 == len(said(licence_findings(Manifest(id="x", titles={"fr": "X"}, licence=Licence(name=name)))))


def test_links_that_lead_nowhere_to_the_internet_or_have_no_address() -> None:
    links = [
        Link("b.html", loaded=False),
        Link("here.html", loaded=False),
        Link("b.html", loaded=False),
        Link("", loaded=False),
        Link("https://example.org/", loaded=False),
        Link("//example.org/x.js", loaded=True),
        Link("data:image/png;base64,xx", loaded=True),
    ]

    seen = PackLinks({"a/here.html"}.__contains__)
    seen.see("a/a.html", links)

    assert [
        "it links to b.html, and there is no a/b.html",
        "it has an empty link",
        "it loads //example.org/x.js from the internet, which a box does not have",
    ] == said(seen.findings())


@pytest.mark.parametrize(
    ("count", "others"),
    [
        (1, ""),
        (2, ", and so do 1.html"),
        (3, ", and so do 1.html, 2.html"),
        (4, ", and so do 1.html, 2.html and 1 more page"),
        (691, ", and so do 1.html, 2.html and 688 more pages"),
    ],
)
def test_a_file_that_many_pages_miss_is_one_finding(count: int, others: str) -> None:
    seen = PackLinks(set[str]().__contains__)
    for number in range(count):
        seen.see(f"{number}.html", [Link("x.png", loaded=True), Link("./x.png", loaded=False)])

    (finding,) = seen.findings()

    assert ("0.html", f"it links to x.png, and there is no x.png{others}") == (finding.entry, finding.what)


def films(*paths: str, pages: dict[str, str] | None = None) -> list[tuple[str | None, str]]:
    seen = Films()
    for path in paths:
        seen.see(path, "video/webm" if path.endswith(".webm") else "text/plain")
    for path, html in (pages or {}).items():
        seen.see_page(path, html)
    return [(finding.entry, finding.what) for finding in seen.findings()]


def test_a_film_without_subtitles_is_named() -> None:
    assert [("a.webm", "the film has no subtitles")] == films("a.webm", "b.vtt", "aa.vtt")


@pytest.mark.parametrize("subtitles", ["film/a.vtt", "film/a.fr.vtt", "film/a.en.srt", "film/subs/en.VTT"])
def test_a_film_with_subtitles_is_not(subtitles: str) -> None:
    assert [] == films("film/a.webm", subtitles)


def test_subtitles_in_a_folder_of_several_films_belong_to_the_one_of_their_name() -> None:
    assert [("film/b.webm", "the film has no subtitles")] == films("film/a.webm", "film/b.webm", "film/a.fr.vtt")


def test_a_film_that_a_page_shows_with_a_track_has_subtitles() -> None:
    page = "<video><source src='../f/a.webm#t=5'><source src='../f/a-small.webm'><track src='../s/french.vtt'></video>"
    bare = "<video src='../f/b.webm'></video><track>"

    assert [("f/b.webm", "the film has no subtitles")] == films(
        "f/a.webm", "f/a-small.webm", "f/b.webm", pages={"p/page.html": page, "p/bare.html": bare}
    )


def test_many_films_without_subtitles_are_counted() -> None:
    found = films(*(f"{number:04}.webm" for number in range(500)))

    assert NAMED + 1 == len(found)
    assert (None, f"{500 - NAMED} more films have no subtitles") == found[-1]


def png(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


def test_pictures_that_an_old_phone_cannot_show() -> None:
    assert [] == said(picture_findings("a.png", 50_000, png(4000, 3000)))
    assert ["the picture has over 48 million pixels, more than an old phone can show"] == said(
        picture_findings("a.png", 50_000, png(8000, 6000)[:200])
    )
    assert ["the picture has 5 MB, which is long to load"] == said(
        picture_findings("a.png", PICTURE_SIZE + 800_000, b"")
    )


@pytest.mark.parametrize("head", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"GIF89a" + b"\xff" * 20, b"\xff\xd8\xff"])
def test_a_picture_that_does_not_say_its_size_is_left_alone(head: bytes) -> None:
    assert [] == said(picture_findings("a.png", 100, head))


def test_a_picture_of_billions_of_pixels_is_named() -> None:
    header = b"IHDR" + struct.pack(">2I5B", 65_536, 65_536, 8, 2, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    head += struct.pack(">I", 100) + b"IDAT"

    assert 1 == len(said(picture_findings("a.png", 100, head)))


def test_pages_that_are_very_long() -> None:
    assert [] == said(page_findings("a.html", PAGE_SIZE))
    assert ["the page has 5 MB of text and marks, which stalls an old phone"] == said(
        page_findings("a.html", 5_000_000)
    )


def test_an_entry_that_takes_a_large_part_of_a_pack() -> None:
    large = LARGE_SIZE + 1

    assert ["it takes 210 MB of the 400 MB of the pack"] == said(share_findings("a.pdf", large, 400_000_000, "course"))
    assert [] == said(share_findings("a.pdf", large, 4_000_000_000, "course"))
    assert [] == said(share_findings("a.webm", large, 400_000_000, "film"))
    assert [] == said(share_findings("a.pdf", 1000, 1200, "course"))
