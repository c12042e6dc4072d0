"""Packs without an index, and documents without one, are found by what the box indexes: real files, real processes."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from libzim.writer import Creator

from content_packs.delta import make_layer, write_delta
from content_packs.store.found import stamp_of
from content_packs.store.opening import open_pack
from content_packs.store.scan import describe_file
from content_packs.zim.archive import ZimArchive
from content_packs.zim.index_text import text_path
from ideascube.indexing.index_room import IndexRoom
from ideascube.indexing.side_build import SideBuild
from ideascube.indexing.side_index import SideIndex, SideIndexes, SideText
from ideascube.indexing.worklist import Wanted
from ideascube.search.film_times import sign_of
from ideascube.search.side_pages import pages_by_text
from tests.support.documents import make_epub, make_pdf
from tests.support.indexing import PLENTY, Indexed
from tests.support.shared import shared
from tests.support.zims import PIXEL, Entry, make_zim

TUMBUKA = "wikipedia_tum_all_nopic_2015-08"


def page(title: str, text: str) -> tuple[str, str]:
    return "text/html", f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>"


def bare_zim(path: Path, pages: dict[str, tuple[str, str]], redirects: dict[str, str] | None = None) -> Path:
    """A ZIM file without indexes."""
    with Creator(path).config_verbose(False).config_indexing(False, "eng") as creator:
        creator.add_illustration(48, PIXEL)
        for name in ("Title", "Description", "Creator", "Publisher"):
            creator.add_metadata(name, path.stem)
        for name, value in {"Language": "eng", "Name": path.stem, "Date": "2026-11-23"}.items():
            creator.add_metadata(name, value)
        for name, (mimetype, content) in pages.items():
            creator.add_item(Entry(name, mimetype, content))
        for source, target in (redirects or {}).items():
            creator.add_redirection(source, source, target, {})
    return path


@pytest.fixture(scope="module")
def tumbuka(tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """The real Wikipedia in Tumbuka, of 2015, indexed."""
    folder = tmp_path_factory.mktemp("tumbuka")
    with zipfile.ZipFile(shared(f"zim/good/packages/{TUMBUKA}.zip")) as package:
        (folder / f"{TUMBUKA}.zim").write_bytes(package.read(f"data/content/{TUMBUKA}.zim"))
    box = Indexed(folder / "box")
    box.add(folder / f"{TUMBUKA}.zim")
    box.finish()
    return box


class TestAnOldWikipedia:
    def test_it_is_indexed_whole(self, tumbuka: Indexed):
        side = tumbuka.state.sides[TUMBUKA]

        assert (True, 221, 221) == (side.complete, side.done, side.total)
        assert (frozenset(), ()) == (tumbuka.state.preparing, tumbuka.state.problems)

    @pytest.mark.parametrize("word", ["Mzuzu", "mzuzu", "MZUZU"])
    def test_pages_are_found_by_their_words(self, tumbuka: Indexed, word: str):
        assert "A/BaMalawi.html" in [found.path for found in tumbuka.by_text(TUMBUKA, word)]

    def test_accents_need_not_be_typed(self, tumbuka: Indexed):
        with_accent, without = (tumbuka.by_text(TUMBUKA, word) for word in ("Malaŵi", "malawi"))

        assert with_accent == without != []

    def test_titles_are_found_from_half_a_word(self, tumbuka: Indexed):
        assert "45 Aquarii" in [found.title for found in tumbuka.by_title(TUMBUKA, "aqua")]

    def test_another_title_leads_to_the_page(self, tumbuka: Indexed):
        found = [(each.path, each.title, each.matched) for each in tumbuka.by_title(TUMBUKA, "ananas")]

        assert [("A/Chinanazi.html", "Chinanazi", "Ananas comosus")] == found


def test_a_segment_that_cannot_be_opened_is_searched_once_it_is_whole_again(tmp_path: Path):
    box = Indexed(tmp_path / "box")
    box.add(bare_zim(tmp_path / "water.zim", {"a.html": page("Water", "Boil it.")}))
    box.finish()
    sides, [segment] = SideIndexes(box.data), box.segments("water")
    whole, complaints = segment.read_bytes(), list[object]()

    segment.write_bytes(whole[:100])
    cut = sides.of(box.record("water"), complaints.append)

    assert cut is not None
    assert ([], 0) == cut.fulltext("boil", 5)
    assert 1 == len(complaints)

    segment.write_bytes(whole)
    mended = sides.of(box.record("water"))

    assert mended is not None
    assert 1 == mended.fulltext("boil", 5)[1]


def test_an_index_in_which_nothing_is_can_be_opened_and_is_kept(tmp_path: Path):
    """Of a pack whose only document is damaged."""
    pages = {"a.html": page("Water", "Boil it."), "b.pdf": ("application/pdf", "nothing of the kind")}
    box = Indexed(tmp_path / "box")
    box.add(make_zim(tmp_path / "water.zim", pages))
    box.finish()
    complaints: list[object] = []

    assert SideIndexes(box.data).of(box.record("water"), complaints.append) is not None
    assert [] == complaints

    [made] = [path.stat().st_mtime_ns for path in box.segments("water")]
    box.begin()
    box.finish()

    assert [made] == [path.stat().st_mtime_ns for path in box.segments("water")]


SCRIPTS = {
    "lodz": page("Łódź", "Miasto w Polsce."),
    "eau": page("L’eau", "Œuvre de la rivière."),
    "thai": page("น้ำสะอาด", "ต้มน้ำก่อนดื่มทุกครั้ง"),
    "arabic": page("المياه", "يجب غلي مياه النَّهر قبل الشرب ٢٥"),
    "khmer": page("ទឹកស្អាត", "ត្រូវដាំទឹកឱ្យពុះ"),
}


def test_letters_of_all_scripts_are_folded_and_cut_alike_in_index_and_query(tmp_path: Path):
    box = Indexed(tmp_path / "box")
    box.add(bare_zim(tmp_path / "scripts.zim", SCRIPTS))
    box.finish()
    queries = {"lodz": "lodz", "eau": "oeuvre", "thai": "ก่อนดื่ม", "arabic": "النهر 25", "khmer": "ដាំទឹក"}

    found = {name: [each.path for each in box.by_text("scripts", query)] for name, query in queries.items()}

    assert {name: [name] for name in queries} == found
    assert ["lodz"] == [each.path for each in box.by_title("scripts", "lod")]


def test_pages_without_title_and_pages_that_are_no_pages(tmp_path: Path):
    untitled = {
        "a/one.html": ("text/html", "<html><body>Some gravel.</body></html>"),
        "x.js": ("text/javascript", "gravel"),
    }
    box = Indexed(tmp_path / "box")
    box.add(bare_zim(tmp_path / "odd.zim", untitled), bare_zim(tmp_path / "empty.zim", {}))
    box.finish()

    assert ["a/one.html"] == [each.path for each in box.by_text("odd", "gravel")]
    assert (True, 0) == (box.state.sides["empty"].complete, box.state.sides["empty"].total)
    assert 1 == len(box.segments("empty"))  # it says that there is nothing to do


def test_a_pack_with_an_index_and_no_documents_needs_none(tmp_path: Path):
    box = Indexed(tmp_path / "box")
    box.add(make_zim(tmp_path / "whole.zim", {"a.html": page("A", "Water")}))
    box.finish()

    assert {} == box.state.sides


VTT = """WEBVTT

00:05.000 --> 00:08.000
Boil the water.

01:23.500 --> 01:25.000
Then wait for an hour.
"""


FILM_PAGE = (
    "<html><head><title>Clean water</title></head><body>"
    '<video src="f.mp4"><track src="f/en.vtt"><track src="f/sw.vtt"></video></body></html>'
)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    """A pack of somebody else's, with an index of its pages, and documents that these lead to."""
    folder = tmp_path_factory.mktemp("documents")
    pdf = make_pdf(folder / "named.pdf", "How to dig a well", title="The book of wells")
    entries: dict[str, tuple[str, str | bytes | Path]] = {
        "index.html": ("text/html", '<a href="files/nameless.pdf"><b>All about</b> latrines</a><a href="a">b</a>'),
        "film.html": ("text/html", FILM_PAGE),
        "f/en.vtt": ("text/vtt", VTT),
        "f/sw.vtt": ("text/vtt", VTT.replace("Boil the water.", "Chemsha maji.")),
        "talk.mp3": ("audio/mpeg", b"no sound"),
        "talk.vtt": ("text/vtt", VTT.replace("Boil the water", "Drink milk")),
        "lost.vtt": ("text/vtt", VTT.replace("Boil the water", "Drink vinegar")),
        "files/named.pdf": ("application/pdf", pdf),
        "files/nameless.pdf": ("application/pdf", make_pdf(folder / "nameless.pdf", "Latrines stand apart")),
        "files/book.epub": ("application/epub+zip", make_epub(folder / "b.epub", "Filters of sand", title="Sand")),
        "files/damaged.pdf": ("application/pdf", pdf.read_bytes()[:200]),
        "ours.pdf": ("application/pdf", make_pdf(folder / "ours.pdf", "Indexed with its page already")),
        "ours.html": page("Ours", "already"),
        text_path("ours.html"): ("text/plain", "Indexed with its page already"),
    }  # fmt: skip
    box = Indexed(folder / "box")
    box.add(make_zim(folder / "docs.zim", entries))
    box.finish()
    return box


class TestDocuments:
    @pytest.mark.parametrize(
        ("words", "path", "title"),
        [
            ("dig well", "files/named.pdf", "The book of wells"),
            ("stand apart", "files/nameless.pdf", "All about latrines"),
            ("filters sand", "files/book.epub", "Sand"),
        ],
    )
    def test_they_are_found_by_their_text(self, documents: Indexed, words: str, path: str, title: str):
        assert [(path, title, -1)] == [(each.path, each.title, each.at) for each in documents.by_text("docs", words)]

    def test_they_are_found_by_their_title(self, documents: Indexed):
        found = [(each.path, each.matched) for each in documents.by_title("docs", "book of we")]

        assert [("files/named.pdf", "The book of wells")] == found

    def test_subtitles_lead_to_the_second_on_the_page_that_shows_the_film(self, documents: Indexed):
        found = documents.by_text("docs", "boil water")

        assert [("film.html", "Clean water", 5)] == [(each.path, each.title, each.at) for each in found]

    def test_several_languages_say_something_at_one_second(self, documents: Indexed):
        found = [documents.by_text("docs", words) for words in ("boil", "chemsha")]

        assert [[("film.html", 5)]] * 2 == [[(each.path, each.at) for each in places] for places in found]
        assert [83, 83] == [each.at for each in documents.by_text("docs", "an hour") if each.path == "film.html"]

    def test_without_a_page_they_lead_to_the_film_beside_them(self, documents: Indexed):
        assert [("talk.mp3", 5)] == [(each.path, each.at) for each in documents.by_text("docs", "milk")]

    @pytest.mark.parametrize("words", ["vinegar", "already"])
    def test_what_nothing_shows_or_the_pack_has_indexed_is_left_out(self, documents: Indexed, words: str):
        assert [] == documents.by_text("docs", words)

    def test_their_words_can_be_shown(self, documents: Indexed):
        places, _ = documents.side("docs").fulltext("chemsha", 5)

        found = [documents.side("docs").text(place) for place in places]
        assert [SideText("Clean water", f"{sign_of(5)}Chemsha maji.")] == found


def test_a_pack_of_layers_is_indexed_as_readers_see_it(tmp_path: Path):
    base, made = tmp_path / "base.zim", tmp_path / "made.zim"
    bare_zim(base, {"a.html": page("One", "gravel"), "b.html": page("Two", "sand"), "c.html": page("Three", "clay")})
    bare_zim(made, {"a.html": page("One", "pebbles"), "b.html": page("Two", "sand"), "d.html": page("Four", "loam")})
    write_delta(open_pack([base]), ZimArchive(made), tmp_path / "delta")
    layer = tmp_path / "layer.zim"
    make_layer(open_pack([base]), tmp_path / "delta", layer)
    box = Indexed(tmp_path / "box")
    box.add(base, layer)
    files = [box.data.packs / "base.zim", box.data.packs / "layer.zim"]
    record = replace(describe_file(base), id="stack", stamp=str(stamp_of(files)), layers=("layer.zim",))
    told: list[dict[str, object]] = []

    SideBuild(box.data, record, Wanted(True, True, False), IndexRoom(box.data.index, PLENTY), told.append).run()

    assert (True, 3) == (told[-1]["complete"], told[-1]["total"])
    side, reader = (
        SideIndex([ZimArchive(path) for path in box.data.index.rglob("*.zim")]),
        open_pack(files[:1], files[1:]),
    )
    found = {word: [each.path for each in pages_by_text(reader, side, word, 9)[0]] for word in WORDS}

    assert {"gravel": [], "sand": ["b.html"], "clay": [], "pebbles": ["a.html"], "loam": ["d.html"]} == found


WORDS = ("gravel", "sand", "clay", "pebbles", "loam")
