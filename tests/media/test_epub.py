"""EPUBs: a real one, both versions, and those that lack something, are locked, damaged or hostile."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from content_packs.errors import BadInput
from content_packs.media.described import Heading
from content_packs.media.epub import read_epub
from content_packs.media.pictures import thumbnail
from tests.media.covers import cover
from tests.media.epubs import CONTAINER, METADATA, NAVIGATION, NCX, ONE, make_epub
from tests.support.shared import shared

NAV_ITEM = {"nav": ("nav.xhtml", "application/xhtml+xml", "nav")}
NCX_ITEM = {"ncx": ("toc.ncx", "application/x-dtbncx+xml", "")}
BOMB = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'boom'}'>" for n in range(12))


def test_a_real_book_is_read():
    read = read_epub(shared("media/testdocument.epub"))

    assert ("Cuisinart Rice Cooker CRC-800", ("Cuisnart",), "en") == (
        read.described.title,
        read.described.creators,
        read.described.language,
    )
    assert (Heading("Cuisinart Rice Cooker CRC-800", 1, "EPUB/chap_0001.xhtml"),) == read.contents
    assert "converted to EPUB format automatically" in read.text
    assert len(thumbnail(read.cover)) < 24_000


def test_what_a_book_says(tmp_path: Path):
    described = read_epub(make_epub(tmp_path / "a.epub")).described

    assert ("Water", ("Amina", "Joseph"), "fr", "2019-05", "About water.") == (
        described.title,
        described.creators,
        described.language,
        described.date,
        described.description,
    )
    assert ("CC-BY-4.0", "Us", ("water",), "Elements") == (
        described.licence,
        described.publisher,
        described.subjects,
        described.part_of,
    )


def test_text_is_what_a_reader_sees_in_reading_order(tmp_path: Path):
    """`<title/>` and `<script/>` end at once in XHTML, where an HTML parser would swallow the page."""
    one, two = read_epub(make_epub(tmp_path / "a.epub")).chapters

    assert "One\n\nClean water, café & sunlight.\nA new line\n\na\n\nb" == one.text
    assert ("OEBPS/text/two b.xhtml", "Two", "Two\n\nمطر") == (two.path, two.title, two.text)


def test_contents_of_version_3(tmp_path: Path):
    read = read_epub(make_epub(tmp_path / "a.epub", {"OEBPS/nav.xhtml": NAVIGATION}, NAV_ITEM))

    assert (
        Heading("First part", 1, "OEBPS/text/one.xhtml"),
        Heading("The well", 2, "OEBPS/text/one.xhtml#well"),
        Heading("Second part", 1, ""),
        Heading("Rain", 2, "OEBPS/text/two b.xhtml"),
    ) == read.contents
    assert ["First part", "Rain"] == [chapter.title for chapter in read.chapters]
    assert () == read.described.notes


def test_contents_of_version_2(tmp_path: Path):
    read = read_epub(make_epub(tmp_path / "a.epub", {"OEBPS/toc.ncx": NCX}, NCX_ITEM))

    assert (
        Heading("Premier", 1, "OEBPS/text/one.xhtml"),
        Heading("Le puits", 2, "OEBPS/text/one.xhtml#well"),
    ) == read.contents


def test_version_2_stands_in_where_that_of_version_3_is_missing_or_empty(tmp_path: Path):
    missing = make_epub(tmp_path / "a.epub", {"OEBPS/toc.ncx": NCX}, NAV_ITEM | NCX_ITEM)
    empty = make_epub(tmp_path / "b.epub", {"OEBPS/toc.ncx": NCX, "OEBPS/nav.xhtml": "<nav/>"}, NAV_ITEM | NCX_ITEM)

    assert ["Premier", "Le puits"] == [heading.title for heading in read_epub(missing).contents]
    assert ["Premier", "Le puits"] == [heading.title for heading in read_epub(empty).contents]


def test_without_contents_its_chapters_are_the_contents(tmp_path: Path):
    read = read_epub(make_epub(tmp_path / "a.epub"))

    assert (
        Heading("One", 1, "OEBPS/text/one.xhtml"),
        Heading("Two", 1, "OEBPS/text/two b.xhtml"),
    ) == read.contents
    assert ("it has no table of contents",) == read.described.notes


@pytest.mark.parametrize(
    ("properties", "key", "metadata", "page"),
    [
        ("cover-image", "x", METADATA, ONE),
        ("", "x", METADATA + '<meta name="cover" content="x"/>', ONE),
        ("", "the-cover", METADATA, ONE),
        ("", "x", METADATA, "<html><body><img src='../pictures/a%20b.png'/></body></html>"),
        (
            "",
            "x",
            METADATA,
            "<svg xmlns:xlink='http://www.w3.org/1999/xlink'><image xlink:href='../pictures/a b.png'/></svg>",
        ),
    ],
)
def test_the_cover_is_found(properties: str, key: str, metadata: str, page: str, tmp_path: Path):
    files = {"OEBPS/pictures/a b.png": cover(), "OEBPS/text/one.xhtml": page}
    items = {key: ("pictures/a%20b.png", "image/png", properties)}

    assert cover() == read_epub(make_epub(tmp_path / "a.epub", files, items, metadata)).cover


def test_a_book_without_cover_or_metadata_is_read(tmp_path: Path):
    read = read_epub(make_epub(tmp_path / "a.epub", metadata=""))

    assert (None, "", (), "") == (read.cover, read.described.title, read.described.creators, read.described.language)
    assert "sunlight" in read.text


def test_a_missing_chapter_is_passed_over(tmp_path: Path):
    made = make_epub(tmp_path / "a.epub", items={"one": ("gone.xhtml", "application/xhtml+xml", "")})

    assert ["OEBPS/text/two b.xhtml"] == [chapter.path for chapter in read_epub(made).chapters]


def test_capitals_in_names_do_not_matter(tmp_path: Path):
    made = make_epub(tmp_path / "a.epub", items={"one": ("Text/ONE.xhtml", "application/xhtml+xml", "")})

    assert "sunlight" in read_epub(made).text


def test_a_book_of_pictures_has_a_note(tmp_path: Path):
    empty = "<html><body><img src='a.png'/></body></html>"
    made = make_epub(tmp_path / "a.epub", {"OEBPS/text/one.xhtml": empty, "OEBPS/text/two b.xhtml": empty})

    assert "it has no text, so no search finds its words" in read_epub(made).described.notes


def encryption(algorithm: str) -> str:
    return f"<encryption><EncryptedData><EncryptionMethod Algorithm='{algorithm}'/></EncryptedData></encryption>"


def test_a_locked_book_is_refused(tmp_path: Path):
    locked = encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")

    with pytest.raises(BadInput, match=r"^a\.epub is locked by its seller \(DRM\)"):
        read_epub(make_epub(tmp_path / "a.epub", {"META-INF/encryption.xml": locked}))


def test_a_book_that_only_hides_its_fonts_is_read(tmp_path: Path):
    fonts = encryption("http://www.idpf.org/2008/embedding")

    assert "sunlight" in read_epub(make_epub(tmp_path / "a.epub", {"META-INF/encryption.xml": fonts})).text


@pytest.mark.parametrize("data", [b"", b"not a book", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_archive_is_refused(data: bytes, tmp_path: Path):
    (tmp_path / "a.epub").write_bytes(data)

    with pytest.raises(BadInput, match=r"^a\.epub is damaged, cut off or something else"):
        read_epub(tmp_path / "a.epub")


def test_an_archive_of_something_else_is_refused(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as archive:
        archive.writestr("photo.txt", "x")

    with pytest.raises(BadInput, match=r"^a\.epub is no EPUB that can be read"):
        read_epub(tmp_path / "a.epub")


def test_a_book_cut_off_anywhere_is_read_or_refused(tmp_path: Path):
    whole = make_epub(tmp_path / "a.epub").read_bytes()
    cut = tmp_path / "cut.epub"
    for length in range(0, len(whole), 61):
        cut.write_bytes(whole[:length])
        with pytest.raises(BadInput, match=r"^cut\.epub "):
            read_epub(cut)


def test_a_damaged_chapter_is_named(tmp_path: Path):
    made = make_epub(tmp_path / "a.epub")
    with zipfile.ZipFile(made) as archive:
        start = archive.getinfo("OEBPS/text/two b.xhtml").header_offset
    data = bytearray(made.read_bytes())
    data[start + 60 : start + 80] = bytes(20)
    made.write_bytes(data)

    with pytest.raises(BadInput, match=r"^a\.epub is damaged at 'OEBPS/text/two b\.xhtml'"):
        read_epub(made)


def test_an_archive_that_unpacks_to_gigabytes_is_refused(tmp_path: Path):
    make_epub(tmp_path / "a.epub", {"OEBPS/text/one.xhtml": bytes(40_000_000)})

    with pytest.raises(BadInput, match=r"^a\.epub unpacks to far more"):
        read_epub(tmp_path / "a.epub")


def test_many_chapters_share_one_bound(tmp_path: Path):
    items = {f"c{n}": (f"{n}.xhtml", "application/xhtml+xml", "") for n in range(8)}
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(8))
    made = make_epub(tmp_path / "a.epub", {f"OEBPS/{n}.xhtml": bytes(25_000_000) for n in range(8)}, items)
    with zipfile.ZipFile(made) as archive:
        package = archive.read("OEBPS/book.opf").decode().replace("<spine>", f"<spine>{refs}")
    made = make_epub(made, {f"OEBPS/{n}.xhtml": bytes(25_000_000) for n in range(8)} | {"OEBPS/book.opf": package})

    with pytest.raises(BadInput, match=r"^a\.epub unpacks to far more"):
        read_epub(made)


def test_entities_are_never_resolved(tmp_path: Path):
    bomb = f"<!DOCTYPE a [{BOMB}]><html><body>&e11;</body></html>"
    other = f"<!DOCTYPE a [<!ENTITY f SYSTEM '{tmp_path / 'secret'}'>]><html><body>&f; end</body></html>"
    package = f"<!DOCTYPE a [{BOMB}]><package a='&e11;'><manifest/></package>"
    (tmp_path / "secret").write_text("secret")
    read = read_epub(make_epub(tmp_path / "a.epub", {"OEBPS/text/one.xhtml": bomb, "OEBPS/text/two b.xhtml": other}))

    assert ["", "end"] == [chapter.text for chapter in read.chapters]
    with pytest.raises(BadInput, match="no EPUB"):
        read_epub(make_epub(tmp_path / "b.epub", {"META-INF/container.xml": package, "OEBPS/book.opf": package}))


def test_pages_nested_without_end_are_read_without_crashing(tmp_path: Path):
    deep = "<html><body>" + "<div>" * 100_000 + "deep"

    assert read_epub(make_epub(tmp_path / "a.epub", {"OEBPS/text/one.xhtml": deep})).chapters


def test_paths_cannot_leave_the_archive(tmp_path: Path):
    items = {"one": ("../../../../etc/passwd", "application/xhtml+xml", "")}
    container = CONTAINER.replace("OEBPS/book.opf", "../../OEBPS/book.opf")

    assert ["OEBPS/text/two b.xhtml"] == [
        chapter.path for chapter in read_epub(make_epub(tmp_path / "a", None, items)).chapters
    ]
    assert "sunlight" in read_epub(make_epub(tmp_path / "b", {"META-INF/container.xml": container})).text
