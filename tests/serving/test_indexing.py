"""A pack without an index, dropped into a box that runs: read at once, found a moment later."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.box import Box, eventually, running_box
from tests.support.shared import shared
from tests.support.zims import make_zim

TUMBUKA = "wikipedia_tum_all_nopic_2015-08"


FILMS: dict[str, tuple[str, str | bytes | Path]] = {
    "film.html": ("text/html", "<title>Clean water</title><video src=f.mp4><track src=en.vtt></video>"),
    "en.vtt": ("text/vtt", "WEBVTT\n\n00:05.000 --> 00:08.000\nBoil it for a minute.\n"),
}


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    package = shared(f"zim/good/packages/{TUMBUKA}.zip")
    with running_box(tmp_path_factory.mktemp("box")) as running:
        dropped = running.packs / f".{TUMBUKA}"
        with zipfile.ZipFile(package) as opened:
            dropped.write_bytes(opened.read(f"data/content/{TUMBUKA}.zim"))
        dropped.rename(running.packs / f"{TUMBUKA}.zim")
        running.wait_for(TUMBUKA)
        running.add(make_zim(dropped.parent.parent / "films.zim", FILMS))
        yield running


def results(box: Box, query: str) -> list[dict[str, str]]:
    """None where the searchers are busy, or just being started."""
    answer = box.get(f"/search?q={query}&format=json")
    found: list[dict[str, str]] = answer.json()["results"] if answer.status == 200 else []
    return found


def paths(box: Box, query: str) -> list[str]:
    return [result["url"].partition(f"{TUMBUKA}/")[2] for result in results(box, query)]


def test_it_is_found_by_its_words_once_it_is_indexed(box: Box):
    # A word of the text that is in no title, as it is written and without its accent.
    assert "A/Uko_chili_chalo_cha_Mala%C5%B5i.html" in eventually(lambda: paths(box, "kumafumilo"), within=30)
    assert paths(box, "bazengezgana") == eventually(lambda: paths(box, "BAZENGEZGANA")) != []


def test_its_titles_are_suggested_and_those_that_lead_to_another_page(box: Box):
    titles = eventually(lambda: [row["title"] for row in box.get("/suggest?q=ananas").json()], within=30)

    assert "Ananas comosus" in titles


def test_monitors_are_told_while_it_is_indexed_and_that_all_is_well_then(box: Box):
    eventually(lambda: box.get("/health").json()["indexing"] == [], within=30)

    assert "ok" == box.get("/health").json()["status"]


def test_what_is_said_in_a_film_of_any_pack_opens_it_there(box: Box):
    # Until it is indexed, pages with words that are written nearly so are found.
    eventually(lambda: "Clean water" in [each["title"] for each in results(box, "boil+minute")], within=30)
    found = results(box, "boil+minute")

    assert "Boil it for a minute." == found[0]["snippet"]
    assert found[0]["url"].endswith("/films/film.html#t=5")
