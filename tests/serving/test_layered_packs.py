"""A box that took two deltas in serves, page by page and search by search, what it serves of the flat new file."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from content_packs.delta import make_layer, write_delta
from content_packs.zim.archive import ZimArchive
from content_packs.zim.stack import open_stack
from tests.content_packs.test_layers import FIRST, SECOND, THIRD
from tests.support.box import Answer, Box, ideascube, running_box
from tests.support.versions import write_version

PATHS = sorted({*FIRST.entries, *SECOND.entries, *THIRD.entries, "", "nowhere"})
GONE = ["elephant", "hippopotamus", "school"]
WORDS = ["water", "flamingo", "crocodile", "soap", "boil", "again", *GONE]


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """With `stack`, which is FIRST and two layers, and `flat`, which is THIRD."""
    folder = tmp_path_factory.mktemp("layered")
    files = [write_version(folder / f"{number}.zim", each) for number, each in enumerate([SECOND, THIRD])]
    base = write_version(folder / "stack.zim", FIRST)
    flat = write_version(folder / "flat.zim", THIRD.dated("2026-03-01", Name="flat"))
    deltas = [folder / "1.delta", folder / "2.delta"]
    write_delta(ZimArchive(base), ZimArchive(files[0]), deltas[0])
    make_layer(ZimArchive(base), deltas[0], folder / "layer.zim")
    write_delta(open_stack(base, [folder / "layer.zim"]), ZimArchive(files[1]), deltas[1])
    for source in (base, *deltas, flat):
        done = ideascube("pack", "install", "--data", folder / "data", "--reserve", 0, source)
        assert done.returncode == 0, done.stderr
    with running_box(folder / "data") as started:
        started.wait_for("stack")
        started.wait_for("flat")
        yield started


def told(answer: Answer) -> tuple[int, str, str, bytes]:
    """What an answer says, under the name of either pack."""
    location = answer.headers.get("Location", "").replace("/stack/", "/flat/")
    body = answer.body.replace(b"/stack/", b"/flat/").replace(b'"pack": "stack"', b'"pack": "flat"')
    return answer.status, location, answer.headers.get("Content-Type", ""), body


@pytest.mark.parametrize("area", ["/content/{}/", "/raw/{}/content/"])
def test_every_address_answers_the_same(box: Box, area: str) -> None:
    flat = {path: told(box.content(area.format("flat") + quote(path))) for path in PATHS}

    assert flat == {path: told(box.content(area.format("stack") + quote(path))) for path in PATHS}
    assert {200, 302, 404} == {status for status, *_ in flat.values()}


def test_films_of_any_file_are_sent_in_ranges(box: Box) -> None:
    ranges = {
        path: box.content(f"/content/stack/{path}", Range="bytes=1000-1999") for path in ("renamed.webm", "second.webm")
    }
    contents = {path: SECOND.entries[path].content[1000:2000] for path in ranges}  # type: ignore[union-attr]

    assert contents == {path: answer.body for path, answer in ranges.items()}
    assert {206} == {answer.status for answer in ranges.values()}


@pytest.mark.parametrize("word", WORDS)
def test_searches_and_suggestions_find_the_same(box: Box, word: str) -> None:
    def found(pack: str) -> set[tuple[str, str]]:
        results = box.get(f"/search?q={word}&pack={pack}&format=json").json()["results"]
        return {(result["title"], result["url"].rpartition("/")[2]) for result in results}

    assert found("flat") == found("stack")
    assert bool(found("stack")) == (word not in GONE)
    # Of two packs with one title in one language, suggestions show the first only.
    suggested = [(line["title"], line["url"].rpartition("/")[2]) for line in box.get(f"/suggest?q={word}").json()]
    assert len(set(suggested)) == len(suggested)
    assert not suggested or word not in GONE


@pytest.mark.parametrize("name", ["Title", "Date", "Description", "Counter", "Illustration_48x48@1", "Layer"])
def test_metadata_are_those_of_the_new_file(box: Box, name: str) -> None:
    flat, stack = (told(box.content(f"/raw/{pack}/meta/{name}")) for pack in ("flat", "stack"))

    assert flat == stack


def test_the_download_is_the_base(box: Box) -> None:
    """A layer is no pack by itself, and what people save has to open."""
    answer = box.get("/download/stack")

    assert (200, b"ZIM\x04") == (answer.status, answer.body[:4])
