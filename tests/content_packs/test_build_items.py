"""Films, sounds, documents and described pictures: what is read, made, shown and found of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher
from selectolax.lexbor import LexborHTMLParser

from content_packs.build import BuildOptions, BuildReport, Progress, Step, build_pack
from content_packs.errors import BadInput, MissingProgram
from tests.content_packs.sources import (
    PACK_YML,
    needs_zimcheck,
    problems,
    read_entry,
    write_files,
    write_picture,
    zimcheck,
)
from tests.media.films import ffprobe, make_film, make_sound
from tests.media.pdfs import make_pdf as locked_pdf
from tests.support.documents import make_epub, make_pdf
from tests.support.shared import shared

WEBM = ("-c:v", "libvpx", "-c:a", "libopus")
SRT = "1\n00:00:01,000 --> 00:00:02,000\nDu <i>savon</i> et de l'eau\n\n2\n00:01:05,000 --> 00:01:06,000\nRincer\n"

MEDIA_YML = """\
song.mp3:
  title: {fr: Le chant, ar: أغنية}
  language: ar
well.jpg:
  title: Le puits
"""


def folder_of(folder: Path, files: dict[str, str] | None = None) -> Path:
    """A folder with a pack.yml, an illustration and text files."""
    write_picture(folder / "tap.png")
    return write_files(folder, {"pack.yml": PACK_YML.replace("images/tap.png", "tap.png"), **(files or {})})


def page(report: BuildReport, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(read_entry(report.pack, path))


def texts(html: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in html.css(selector)]


def found(report: BuildReport, word: str) -> list[str]:
    return list(Searcher(Archive(report.pack)).search(Query().set_query(word)).getResults(0, 9))


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    """A pack with an item of each kind, described as little as can be."""
    folder = tmp_path_factory.mktemp("everything")
    source = folder_of(
        folder / "source",
        {
            "washing.fr.srt": SRT,
            "washing.sw.txt": "Sabuni.\n\nMaji safi.\n",
            "media.yml": MEDIA_YML,
        },
    )
    make_film(source / "washing.webm", *WEBM, seconds=2, size="160x120")
    make_sound(source / "song.mp3", "-metadata", "artist=Amina", seconds=1)
    make_pdf(source / "books" / "guide.pdf", "Chlorine in a jerrycan", title="The guide", chapter="Drops")
    make_epub(source / "books" / "tale.epub", "A heron stood there", title="The tale", chapter="Dawn")
    write_picture(source / "well.jpg", (1000, 800))
    shutil.copy(shared("media/sample_doc_with_toc.pdf"), source / "books" / "sample.pdf")
    shutil.copy(shared("media/testdocument.epub"), source / "books" / "children.epub")
    return build_pack(source, folder / "out.zim")


def test_nothing_is_wrong_with_good_files(everything: BuildReport) -> None:
    assert () == everything.warnings
    assert [] == problems(everything.pack)


@needs_zimcheck
def test_zimcheck_finds_nothing(everything: BuildReport) -> None:
    assert 0 == zimcheck(everything.pack).returncode


def test_titles_come_from_yaml_else_from_the_file_else_from_its_name(everything: BuildReport) -> None:
    archive = Archive(everything.pack)

    assert ["Le chant", "The guide", "The tale", "washing", "Le puits"] == [
        archive.get_entry_by_path(path).title
        for path in ("song.html", "books/guide.html", "books/tale.html", "washing.html", "well.html")
    ]


def test_items_are_found_by_the_words_inside_them(everything: BuildReport) -> None:
    assert [["books/guide.html"], ["books/tale.html"], ["washing.html"], ["washing.html"]] == [
        found(everything, word) for word in ("jerrycan", "heron", "rincer", "sabuni")
    ]


def test_the_text_of_documents_is_kept_for_whoever_indexes_them_again(everything: BuildReport) -> None:
    archive = Archive(everything.pack)

    item = archive.get_entry_by_path("_pack/text/books/guide.html").get_item()

    assert ("text/plain", "Chlorine in a jerrycan") == (item.mimetype, bytes(item.content).decode().strip())
    assert not archive.has_entry_by_path("_pack/text/washing.html")


def test_items_are_suggested_by_their_titles(everything: BuildReport) -> None:
    suggestions = SuggestionSearcher(Archive(everything.pack)).suggest("the ta").getResults(0, 9)

    assert ["books/tale.html"] == list(suggestions)


def test_a_films_page_plays_it_and_tells_what_is_said_when(everything: BuildReport) -> None:
    film = page(everything, "washing.html")

    assert "washing.webm" == film.css_first("video source").attributes["src"]
    assert "_pack/posters/washing.webm.webp" == film.css_first("video").attributes["poster"]
    assert ["washing.fr.vtt"] == [node.attributes["src"] for node in film.css("track")]
    assert ["Français", "Kiswahili"] == texts(film, "summary")
    assert ["0:01 Du savon et de l'eau", "1:05 Rincer", "Sabuni.", "Maji safi."] == texts(film, "details p")
    assert ["washing.webm#t=1", "washing.webm#t=65"] == [
        node.attributes["href"] for node in film.css("details[lang=fr] a")
    ]
    assert "washing.webm" == film.css_first("a[download]").attributes["href"]


def test_srt_becomes_what_browsers_know(everything: BuildReport) -> None:
    archive = Archive(everything.pack)

    vtt = read_entry(everything.pack, "washing.fr.vtt")

    assert vtt.startswith("WEBVTT\n")
    assert "00:01:05.000 --> 00:01:06.000\nRincer" in vtt
    assert not archive.has_entry_by_path("washing.fr.srt")
    assert not archive.has_entry_by_path("washing.sw.txt")


def test_a_sounds_page_says_who_made_it(everything: BuildReport) -> None:
    sound = page(everything, "song.html")

    assert ["Le chant", "أغنية"] == texts(sound, "h1, h2")
    assert "song.mp3" == sound.css_first("audio source").attributes["src"]
    assert ["Amina"] == texts(sound, ".source")


def test_a_documents_page_has_cover_contents_and_the_file(everything: BuildReport) -> None:
    guide, tale = page(everything, "books/guide.html"), page(everything, "books/tale.html")

    assert "../_pack/posters/books/guide.pdf.webp" == guide.css_first("img.cover").attributes["src"]
    assert ["guide.pdf#page=1"] == [node.attributes["href"] for node in guide.css(".headings a")]
    assert (["Drops"], ["Dawn"]) == (texts(guide, ".headings li"), texts(tale, ".headings li"))
    assert "tale.epub" == tale.css_first("a.document").attributes["href"]


def test_a_pictures_page_shows_it_smaller_and_leads_to_it(everything: BuildReport) -> None:
    well = page(everything, "well.html")

    assert "well.jpg" == well.css_first("main a").attributes["href"]
    poster = str(well.css_first("img.picture").attributes["src"])
    content = bytes(Archive(everything.pack).get_entry_by_path(poster).get_item().content)
    assert content[8:12] == b"WEBP"


def test_the_contents_show_small_pictures(everything: BuildReport) -> None:
    contents = page(everything, "contents.fr.html")

    shown = {node.attributes["src"] for node in contents.css("img")}

    assert {f"_pack/thumbnails/{path}.webp" for path in ("washing.webm", "well.jpg", "books/guide.pdf")} <= shown


def test_an_item_without_any_word_of_its_maker_is_in_the_contents_of_each_language(everything: BuildReport) -> None:
    assert "washing.html" in [node.attributes["href"] for node in page(everything, "contents.ar.html").css("a")]


# Building again


def test_two_builds_make_the_same_of_media(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source", {"a.fr.srt": SRT})
    make_film(source / "a.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p", seconds=1)
    make_pdf(source / "b.pdf", "words")

    packs = [build_pack(source, tmp_path / f"{name}.zim").pack for name in ("one", "two")]

    first, second = (
        {
            path: bytes(Archive(pack).get_entry_by_path(path).get_item().content)
            for path in ("a.html", "b.html", "_pack/posters/a.mp4.webp", "_pack/thumbnails/b.pdf.webp")
        }
        for pack in packs
    )
    assert first == second


# Conversion


def test_what_phones_cannot_play_is_told_with_the_cure(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source")
    make_film(source / "old.avi", "-c:v", "mpeg4", "-c:a", "mp2", seconds=1)

    report = build_pack(source, tmp_path / "out.zim")

    (warning,) = report.warnings
    assert warning.startswith("old.avi: ")
    assert "--convert" in warning
    assert "old.avi" == page(report, "old.html").css_first("video source").attributes["src"]


def test_converted_films_play_everywhere_and_old_links_lead_to_them(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source", {"index.md": "# Début\n\n![](old.avi) [film](old.avi)\n"})
    make_film(source / "old.avi", "-c:v", "mpeg4", "-c:a", "mp2", seconds=1, size="800x600")
    states: list[Progress] = []

    report = build_pack(
        source, tmp_path / "out.zim", options=BuildOptions(convert=True, height=240), progress=states.append
    )

    assert () == report.warnings
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(Archive(report.pack).get_entry_by_path("old.mp4").get_item().content))
    streams = {stream["codec_type"]: stream for stream in ffprobe(film)["streams"]}
    assert ("h264", 240, "aac") == (
        streams["video"]["codec_name"],
        streams["video"]["height"],
        streams["audio"]["codec_name"],
    )
    assert ["old.mp4"] == [node.attributes["src"] for node in page(report, "index.html").css("source")]
    assert "old.mp4" == page(report, "index.html").css_first("main a[href='old.mp4']").attributes["href"]
    assert read_entry_bytes(report, "old.avi") == film.read_bytes()
    assert [] == problems(report.pack)
    converting = [state for state in states if state.step is Step.CONVERTING]
    assert converting
    assert converting[-1].done == converting[-1].total


def read_entry_bytes(report: BuildReport, path: str) -> bytes:
    entry = Archive(report.pack).get_entry_by_path(path)
    while entry.is_redirect:
        entry = entry.get_redirect_entry()
    return bytes(entry.get_item().content)


@pytest.mark.parametrize(
    ("name", "codecs"),
    [
        ("film.MP4", ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac")),
        ("film.mov", ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac")),
        ("film.webm", WEBM),
    ],
)
def test_no_film_says_where_it_was_recorded(tmp_path: Path, name: str, codecs: tuple[str, ...]) -> None:
    source = folder_of(tmp_path / "source")
    place = ("-metadata", "location=+48.8577+002.2950/", "-metadata", "title=Le puits")
    film = make_film(source / name, *codecs, *place, seconds=1)

    report = build_pack(source, tmp_path / "out.zim")

    made = tmp_path / f"made-{name}"
    made.write_bytes(read_entry_bytes(report, name))
    assert "48.8577" in str(ffprobe(film))
    assert "48.8577" not in str(ffprobe(made))
    assert [stream["codec_name"] for stream in ffprobe(film)["streams"]] == [
        stream["codec_name"] for stream in ffprobe(made)["streams"]
    ]
    assert ["Le puits"] == texts(page(report, "film.html"), "h1")
    assert not [warning for warning in report.warnings if "recorded" in warning]


def test_a_place_that_cannot_be_taken_away_is_told(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source")
    make_film(source / "film.mkv", *WEBM, "-metadata", "location=+48.8577+002.2950/", seconds=1)

    report = build_pack(source, tmp_path / "out.zim")

    assert (
        "film.mkv: it is not an MP4 file; it holds, or may hold, the place where it was recorded" in report.warnings[0]
    )


def test_webm_stays_as_it_is_when_films_are_converted(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source")
    film = make_film(source / "film.webm", *WEBM, seconds=1)

    report = build_pack(source, tmp_path / "out.zim", options=BuildOptions(convert=True))

    assert film.read_bytes() == read_entry_bytes(report, "film.webm")


# Files that are not what they seem


@pytest.mark.parametrize("name", ["film.webm", "song.mp3", "guide.pdf", "tale.epub"])
def test_what_is_not_what_its_name_says_is_told_and_offered_as_a_file(tmp_path: Path, name: str) -> None:
    source = folder_of(tmp_path / "source", {f"files/{name}": "only text\n" * 20})

    report = build_pack(source, tmp_path / "out.zim")

    (warning,) = report.warnings
    assert warning.startswith(f"files/{name}")
    assert warning.endswith("It is in the pack as a download only.")
    html = page(report, f"files/{name.rpartition('.')[0]}.html")
    assert ([], name) == (html.css("video, audio"), html.css_first("a.document").attributes["href"])
    assert b"only text\n" * 20 == read_entry_bytes(report, f"files/{name}")
    assert [] == problems(report.pack)


def test_a_film_that_is_cut_off_is_told(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source")
    whole = make_film(tmp_path / "whole.mp4", "-c:v", "libx264", seconds=2).read_bytes()
    (source / "cut.mp4").write_bytes(whole[: len(whole) // 2])

    report = build_pack(source, tmp_path / "out.zim")

    assert 1 == len(report.warnings)
    assert report.warnings[0].startswith("cut.mp4")


def test_a_silent_film_is_told_and_plays(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source")
    make_film(source / "silent.webm", "-c:v", "libvpx", seconds=1, sound=False)

    report = build_pack(source, tmp_path / "out.zim")

    assert 1 == len(report.warnings)
    assert "silent.webm" in report.warnings[0]
    assert page(report, "silent.html").css_first("video") is not None


def test_a_document_with_a_password_is_told_and_offered_as_a_file(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source")
    locked_pdf(source / "secret.pdf", ["hidden words"], password="open sesame")

    report = build_pack(source, tmp_path / "out.zim")

    (warning,) = report.warnings
    assert warning.startswith("secret.pdf")
    assert "password" in warning
    assert "secret.pdf" == page(report, "secret.html").css_first("a.document").attributes["href"]


def test_on_a_page_a_damaged_film_and_a_document_are_links_to_their_pages(tmp_path: Path) -> None:
    source = folder_of(
        tmp_path / "source",
        {"index.md": "![](film.webm) ![](guide.pdf)", "film.webm": "no film", "film.yml": "title: A <b>\n"},
    )
    make_pdf(source / "guide.pdf", "words", title="The guide")

    report = build_pack(source, tmp_path / "out.zim")

    main = page(report, "index.html").css_first("main")
    assert [("film.html", "A <b>"), ("guide.html", "The guide")] == [
        (link.attributes["href"], link.text()) for link in main.css("a")
    ]
    assert main.css_first("img, video") is None


def test_a_document_without_text_is_told_and_has_its_page(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source")
    make_pdf(source / "scan.pdf", "")

    report = build_pack(source, tmp_path / "out.zim")

    assert 1 == len(report.warnings)
    assert report.warnings[0].startswith("scan.pdf: ")
    assert page(report, "scan.html").css_first("img.cover") is not None


def test_a_book_without_contents_has_its_page(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source")
    make_epub(source / "tale.epub", "A heron stood there", chapter="")

    report = build_pack(source, tmp_path / "out.zim")

    assert ["tale.html"] == found(report, "heron")


def test_subtitles_in_an_old_encoding_are_read_and_broken_ones_told(tmp_path: Path) -> None:
    source = folder_of(tmp_path / "source", {"film.ar.srt": "nothing of the kind"})
    make_film(source / "film.webm", *WEBM, seconds=1)
    (source / "film.fr.srt").write_bytes("1\n00:00:01,000 --> 00:00:02,000\nÉté à l'école\n".encode("cp1252"))

    report = build_pack(source, tmp_path / "out.zim")

    assert "Été à l'école" in read_entry(report.pack, "film.fr.vtt")
    assert not Archive(report.pack).has_entry_by_path("film.ar.vtt")
    assert any(warning.startswith("film.ar.srt") for warning in report.warnings)


def test_subtitles_of_nothing_are_told(tmp_path: Path) -> None:
    source = folder_of(
        tmp_path / "source",
        {
            "film.fr.srt": SRT,
            "filn.ar.srt": SRT,
            "own.vtt": "WEBVTT\n",
            "page.html": "<title>Own</title><video src=film.webm><track src=own.vtt></video>",
        },
    )
    make_film(source / "film.webm", *WEBM, seconds=1)

    report = build_pack(source, tmp_path / "out.zim")

    assert ("filn.ar.srt has the name of no film or sound, so that nobody sees it: correct it.",) == report.warnings


def test_subtitles_and_transcript_without_a_language_are_in_the_items_own(tmp_path: Path) -> None:
    source = folder_of(
        tmp_path / "source",
        {"film.srt": SRT, "film.yml": "language: sw\n", "song.txt": "La la\n", "film.eng.vtt": "WEBVTT\n\n" + SRT},
    )
    make_film(source / "film.webm", *WEBM, seconds=1)
    make_sound(source / "song.mp3", seconds=1)

    report = build_pack(source, tmp_path / "out.zim")

    film, song = page(report, "film.html"), page(report, "song.html")
    assert ["en", "sw"] == [node.attributes["srclang"] for node in film.css("track")]
    assert ["fr"] == [node.attributes["lang"] for node in song.css("details")]


def test_without_ffmpeg_films_go_in_unseen_with_one_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = folder_of(tmp_path / "source")
    for name in ("one", "two"):
        make_film(source / f"{name}.webm", *WEBM, seconds=1)
    make_sound(source / "song.mp3", "-metadata", "title=The song", seconds=1)
    monkeypatch.setenv("PATH", str(tmp_path))

    report = build_pack(source, tmp_path / "out.zim")

    (warning,) = report.warnings
    assert "ffmpeg" in warning
    assert page(report, "one.html").css_first("video") is not None
    assert ["The song"] == texts(page(report, "song.html"), "h1")
    with pytest.raises(MissingProgram, match="ffmpeg"):
        build_pack(source, tmp_path / "converted.zim", options=BuildOptions(convert=True))


# Descriptions


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"media.yml": "none.mp4:\n  title: x\n"}, "media.yml, line 1: “none.mp4” is not in the folder of media.yml"),
        ({"media.yml": "a.txt:\n  title: x\n"}, "media.yml, line 1: “a.txt” is no film, sound, document or picture"),
        ({"media.yml": "b.pdf:\n  title: x\n  colour: red\n"}, "media.yml, line 3: “colour” is no field"),
        ({"media.yml": "b.pdf: text\n"}, "media.yml, line 1: “b.pdf” must hold lines of the form “field: value”."),
        ({"media.yml": "b.pdf:\n  language: fra\n"}, "media.yml, line 2: “language” is “fra”"),
        ({"media.yml": "b.pdf: {title: x}\n", "b.yml": "title: y\n"}, "b.pdf is described in b.yml and in a media.yml"),
        ({"media.yml": "b.pdf: &a {title: x}\nc.pdf: *a\n"}, "media.yml, line 2: this is not YAML"),
        ({"media.yml": "b.pdf: {title: x}\n" + "# long\n" * 50_000}, "media.yml is larger than 256 KiB"),
    ],
)
def test_a_wrong_description_is_one_sentence(tmp_path: Path, files: dict[str, str], said: str) -> None:
    source = folder_of(tmp_path / "source", files)
    make_pdf(source / "b.pdf", "words")

    with pytest.raises(BadInput) as caught:
        build_pack(source, tmp_path / "out.zim")

    assert said in str(caught.value)


def test_a_description_in_a_folder_above_serves(tmp_path: Path) -> None:
    source = folder_of(
        tmp_path / "source", {"media.yml": "books/b.pdf: {title: Le livre, creator: Amina, licence: CC0-1.0}\n"}
    )
    make_pdf(source / "books" / "b.pdf", "words", title="In the file")

    report = build_pack(source, tmp_path / "out.zim")

    book = page(report, "books/b.html")
    assert (["Le livre"], ["Amina · CC0-1.0"]) == (texts(book, "h1"), texts(book, ".source"))
