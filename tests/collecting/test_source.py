"""What a collection's pack is built from, built for real and read again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from content_packs.build.builder import build_pack
from content_packs.manifest.of_zim import manifest_of
from content_packs.zim.archive import ZimArchive
from content_packs.zim.reader import PackReader
from ideascube.collecting.cover import make_cover
from ideascube.collecting.folder import write_folder
from ideascube.collecting.model import About, Collection, Edition
from ideascube.collecting.source import COVER, Made, MadeFile, Wanted, source_files
from tests.support.shared import shared

HOSTILE = 'Ali: "{{7*7}}" <script>alert(1)</script> [x](javascript:1) — \x00#'


def made(work: str, language: str, title: str, **more: object) -> Made:
    facts = {"markdown": "", "author": "", "licence": "CC-BY-SA-4.0", "source": "", "day": "2026-11-24", **more}
    return Made(f"{work}-{language}", work, language, {language: About(title, f"{title}.")}, **facts)  # type: ignore[arg-type]


def wanted(*things: Made, **more: object) -> Wanted:
    texts = {"fr": About("Récits du camp", "Ce que nous avons fait"), "ar": About("حكايات المخيم", "ما صنعناه")}
    collection = Collection("abcdefghij", "recits-abcdefghij", "open", "fr", texts, "CC-BY-SA-4.0", "", 1, ())
    return Wanted(collection, Edition("abcdefghij", 2, "building", "2026-11-24", (), (), 0, ""), "Boîte 7", things)


def built(folder: Path, want: Wanted) -> PackReader:
    write_folder(folder / "source", source_files(want))
    make_cover(None, want.collection.pack, folder / "source" / COVER)
    out = folder / "made.zim"
    report = build_pack(folder / "source", out)
    assert () == report.warnings
    return ZimArchive(out)


@pytest.fixture(scope="module")
def film() -> Path:
    return shared("media/high_res_sample.mp4")


def text(reader: PackReader, path: str) -> str:
    return reader.read(reader.find(path), keep=False).decode()  # type: ignore[arg-type]


def test_articles_in_two_languages_and_a_film_become_one_pack(tmp_path: Path):
    sound = MadeFile("0123456789ab.mp3", shared("media/example.mp3"), is_item=True, title="La pluie")
    words = "Elle **tombe**.\n\n![Le son](../files/0123456789ab.mp3)"
    french = made("pluie", "fr", "La pluie", markdown=words, files=(sound,), author="Amina")
    arabic = made("pluie", "ar", "المطر", markdown="يهطل المطر.", author="أمينة")

    reader = built(tmp_path, wanted(french, arabic))
    manifest = manifest_of(reader, "x")
    page, index = text(reader, "made/pluie.fr.html"), text(reader, "index.ar.html")

    assert ("recits-abcdefghij", "2026-11-24.2", "Boîte 7") == (manifest.id, manifest.version, manifest.publisher)
    assert ("Boîte 7", "abcdefghij", 2) == (
        manifest.provenance.box, manifest.provenance.collection, manifest.provenance.edition,
    )  # fmt: skip
    assert "Amina, أمينة" == manifest.creator
    assert "<audio" in page and "Amina · CC-BY-SA-4.0 · 2026-11-24" in page
    assert "المطر" in index and "La pluie" not in index


@pytest.mark.parametrize("place", ["title", "author", "licence", "source", "summary"])
def test_what_people_wrote_is_shown_as_it_is_and_runs_nowhere(place: str, tmp_path: Path):
    about = About(HOSTILE if place == "title" else "X", HOSTILE if place == "summary" else "")
    hostile = replace(made("x", "fr", "X", markdown="Texte."), texts={"fr": about})
    if place not in ("title", "summary"):
        hostile = replace(hostile, **{place: HOSTILE})  # type: ignore[arg-type]

    reader = built(tmp_path, wanted(hostile))
    everything = text(reader, "made/x.fr.html") + text(reader, "index.fr.html") + text(reader, "contents.fr.html")

    assert "<script>alert" not in everything
    assert 'href="javascript' not in everything
    assert "{{7*7}}" in everything
