"""What has to be known of a book to read it chapter by chapter, and single files of it by their places."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest

from content_packs.errors import BadInput
from content_packs.media.epub_outline import Chapter, Line, Outline, outline_of
from content_packs.media.zip_place import FilePlace, place_of, read_file
from content_packs.zim.layout import ByteRange
from content_packs.zim.parts import PartedFile
from content_packs.zim.window import Window
from tests.media.bombs import zip_bomb
from tests.media.epubs import METADATA, NAVIGATION, ONE, make_epub, package
from tests.support.shared import shared

NAV_ITEM = {"nav": ("nav.xhtml", "application/xhtml+xml", "nav")}


def outlined(book: Path) -> Outline:
    with book.open("rb") as file:
        return outline_of(file, book.name)


def text_at(book: Path, place: FilePlace) -> str:
    data = book.read_bytes()
    return read_file(lambda offset, length: data[offset : offset + length], place, 1_000_000).decode()


def test_a_real_book(tmp_path: Path) -> None:
    book = shared("media/testdocument.epub")

    outline = outlined(book)

    assert ("Cuisinart Rice Cooker CRC-800", "en", "ltr", "EPUB/images/cover.png") == (
        outline.title,
        outline.language,
        outline.direction,
        outline.cover,
    )
    assert ["EPUB/cover.xhtml", "EPUB/chap_0001.xhtml"] == [chapter.path for chapter in outline.chapters]
    assert "converted to EPUB format automatically" in text_at(book, outline.files["EPUB/chap_0001.xhtml"])


def test_contents_lead_to_numbers_of_chapters(tmp_path: Path) -> None:
    outline = outlined(make_epub(tmp_path / "a.epub", {"OEBPS/nav.xhtml": NAVIGATION}, NAV_ITEM))

    assert (
        Line("First part", 1, 0),
        Line("The well", 2, 0, "well"),
        Line("Second part", 1),
        Line("Rain", 2, 1),
    ) == outline.contents
    assert (
        Chapter("OEBPS/text/one.xhtml", "First part"),
        Chapter("OEBPS/text/two b.xhtml", "Rain"),
    ) == outline.chapters
    assert "OEBPS/nav.xhtml" == outline.navigation


def test_without_contents_chapters_name_themselves(tmp_path: Path) -> None:
    assert (Line("One", 1, 0), Line("Two", 1, 1)) == outlined(make_epub(tmp_path / "a.epub")).contents


@pytest.mark.parametrize(
    ("spine", "language", "direction"),
    [
        ("<spine>", "fra", "ltr"),
        ("<spine>", "ara", "rtl"),
        ('<spine page-progression-direction="rtl">', "fra", "rtl"),
        ('<spine page-progression-direction="default">', "fas", "rtl"),
        ("<spine>", "", ""),
    ],
)
def test_books_run_as_they_say_or_as_their_language_does(
    spine: str, language: str, direction: str, tmp_path: Path
) -> None:
    written = package({"one": ("text/one.xhtml", "application/xhtml+xml", "")}, METADATA)
    written = written.replace("<spine>", spine).replace("fra", language)

    assert direction == outlined(make_epub(tmp_path / "a.epub", {"OEBPS/book.opf": written})).direction


def test_the_outline_is_made_apart(tmp_path: Path) -> None:
    """The book lies in the middle of another file, as in a pack."""
    book = make_epub(tmp_path / "a.epub")
    whole = tmp_path / "whole"
    whole.write_bytes(b"before" + book.read_bytes() + b"after")

    assert {"outline": msgspec.json.decode(msgspec.json.encode(outlined(book)))} == told(book.stat().st_size, whole)
    assert {"refusal": "a.epub is damaged, cut off or something else: copy it again."} == told(100, whole)


def told(length: int, file: Path) -> object:
    command = [sys.executable, "-m", "content_packs.media.epub_apart", "a.epub", "6", str(length), str(file)]
    return msgspec.json.decode(subprocess.run(command, capture_output=True, timeout=60, check=True).stdout)


def test_ten_thousand_chapters(tmp_path: Path) -> None:
    items = {f"c{number}": ("text/one.xhtml", "application/xhtml+xml", "") for number in range(10)}
    items |= {f"d{number}": (f"{number}.xhtml", "application/xhtml+xml", "") for number in range(10_000)}
    refs = "".join(f'<itemref idref="{key}"/>' for key in items)
    written = package(items, METADATA).replace("<spine>", f"<spine>{refs}")

    outline = outlined(make_epub(tmp_path / "a.epub", {"OEBPS/book.opf": written}))

    assert 10_001 == len(outline.chapters), "what is named twice is read once"
    assert ["OEBPS/text/one.xhtml"] == [*outline.files], "those that are missing have no place"


def test_a_book_without_chapters_is_refused(tmp_path: Path) -> None:
    written = package({}, METADATA)

    with pytest.raises(BadInput, match=r"^a\.epub has no chapter that can be read"):
        outlined(make_epub(tmp_path / "a.epub", {"OEBPS/book.opf": written}))


def test_places_cannot_leave_the_archive(tmp_path: Path) -> None:
    items = {
        "one": ("../../../../etc/passwd", "application/xhtml+xml", ""),
        "two": ("/etc/passwd", "application/xhtml+xml", ""),
        "three": ("text/one.xhtml", "application/xhtml+xml", ""),
    }
    refs = "".join(f'<itemref idref="{key}"/>' for key in items)
    written = package(items, METADATA).replace("<spine>", f"<spine>{refs}")

    outline = outlined(make_epub(tmp_path / "a.epub", {"OEBPS/book.opf": written}))

    assert {"OEBPS/text/one.xhtml"} == set(outline.files)


def packed(content: bytes, method: int = zipfile.ZIP_DEFLATED) -> tuple[bytes, FilePlace]:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("a", content)
        place = place_of(archive.getinfo("a"))
    assert place is not None
    return made.getvalue(), place


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_file_is_read_by_its_place(method: int) -> None:
    data, place = packed(ONE.encode() * 5000, method)

    assert ONE.encode() * 5000 == read_file(lambda offset, length: data[offset : offset + length], place, 10_000_000)
    with pytest.raises(BadInput, match="more than 1 MB"):
        read_file(lambda offset, length: data[offset : offset + length], place, 1_000_000)


def test_a_bomb_is_unpacked_no_further_than_allowed() -> None:
    data, place = packed(b"")
    bomb = data[: place.offset + 31] + zip_bomb(1000)[2:]

    with pytest.raises(BadInput, match="more than 4 MB"):
        read_file(
            lambda offset, length: bomb[offset : offset + length], FilePlace(0, len(bomb) - 31, 1, True), 4_000_000
        )


def test_damaged_files_are_refused() -> None:
    data, place = packed(ONE.encode())

    def read_from(damaged: bytes) -> bytes:
        return read_file(lambda offset, length: damaged[offset : offset + length], place, 1_000_000)

    with pytest.raises(BadInput, match="damaged"):
        read_from(b"XX" + data[2:])
    with pytest.raises(BadInput, match="damaged"):
        read_from(data[:40] + bytes(100) + data[140:])
    with pytest.raises(BadInput, match="cut off"):
        read_file(lambda o, n: data[o : o + n], FilePlace(0, place.packed - 9, place.size, True), 1_000_000)


def test_a_window_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"0123456789")
    window = Window(PartedFile([tmp_path / "a"]), ByteRange(2, 5))

    assert b"23456" == window.read()
    assert 3 == window.seek(-2, io.SEEK_END)
    assert (b"56", b"") == (window.read(9), window.read(9))
    assert 1 == window.seek(1)
    assert 2 == window.seek(1, io.SEEK_CUR)
    with pytest.raises(ValueError, match="before the beginning"):
        window.seek(-1)
