"""PDFs: real ones, and those without text, with a password, damaged or hostile."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from content_packs.errors import BadInput
from content_packs.media.described import Heading
from content_packs.media.pdf import read_pdf
from content_packs.media.pdf_text import in_reading_order
from content_packs.media.pictures import thumbnail
from tests.media.pdfs import make_pdf
from tests.support.shared import program, shared

ARABIC = """<!doctype html><html lang="ar" dir="rtl"><title>دليل المياه</title>
<p>الماء النظيف مهم لصحة الأطفال، ويجب غليه قبل الشرب.<p dir="ltr">Faites bouillir 3 minutes."""


def test_a_book_is_read_whole():
    read = read_pdf(shared("media/beyond-good-and-evil.pdf"))

    assert ("Beyond Good and Evil", 192, 192, ()) == (
        read.described.title,
        read.described.pages,
        len(read.pages),
        read.described.notes,
    )
    assert "inscribe themselves upon the heart of humanity" in read.pages[5]  # divided at the end of a line
    assert Heading("Chapter I", 1, "page=9") in read.contents
    assert len(read.text) > 380_000


def test_contents_have_levels_and_any_script():
    contents = read_pdf(shared("media/sample_doc_with_toc.pdf")).contents

    assert Heading("هذا باللغة العربية (len=2)", 1, "page=3") in contents
    assert Heading("Subsection 1 (len=1)", 2, "page=8") in contents
    assert 10 == len(contents)


def test_the_first_page_is_drawn():
    picture = read_pdf(shared("media/beyond-good-and-evil.pdf")).picture

    with Image.open(BytesIO(picture)) as drawn:
        assert (640, 960) == drawn.size
        assert len(drawn.convert("L").getcolors()) > 10
    assert len(thumbnail(picture)) < 24_000


def test_what_a_document_says(tmp_path: Path):
    information = {"Title": "Guide", "Author": "Amina; Joseph", "Subject": "Water", "Keywords": "eau, puits"}
    made = make_pdf(tmp_path / "a.pdf", ["Habari", "Maji"], CreationDate="D:20181218132904-05'00'", **information)
    read = read_pdf(made)

    assert ("Guide", ("Amina", "Joseph"), "sw-TZ", "2018-12-18", "Water", ("eau", "puits"), 2) == (
        read.described.title,
        read.described.creators,
        read.described.language,
        read.described.date,
        read.described.description,
        read.described.subjects,
        read.described.pages,
    )
    assert ("Habari", "Maji") == read.pages
    assert (Heading("Habari", 1, "page=1"), Heading("Maji", 1, "page=2")) == read.contents


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Microsoft Word - Guide de santé", "Guide de santé"),
        ("Microsoft Word - a.doc", ""),
        ("Untitled", ""),
        ("x.indd", ""),
    ],
)
def test_what_programs_write_is_no_title(written: str, title: str, tmp_path: Path):
    assert title == read_pdf(make_pdf(tmp_path / "a.pdf", ["x"], Title=written)).described.title


def test_arabic_words_are_in_reading_order(tmp_path: Path):
    (tmp_path / "a.html").write_text(ARABIC, encoding="utf-8")
    subprocess.run(
        [program("chromium"), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'a.pdf'}", tmp_path / "a.html"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    read = read_pdf(tmp_path / "a.pdf")

    assert "الماء النظيف مهم لصحة الأطفال، ويجب غليه قبل الشرب" in read.text
    assert "Faites bouillir 3 minutes." in read.text
    assert ("دليل المياه", "ar") == (read.described.title, read.described.language)


def test_words_are_turned_round_by_where_their_letters_stand():
    left_to_right = [("א", 1.0), ("ל", 2.0), (" ", 3.0), ("a", 4.0), ("b", 5.0)]
    right_to_left = [("ל", 2.0), ("א", 1.0)]
    ligature = [("ر", 1.0), ("ل", 2.0), ("ا", 2.0), ("س", 3.0)]

    assert "לא ab" == in_reading_order(iter(left_to_right))
    assert "לא" == in_reading_order(iter(right_to_left))
    assert "سلار" == in_reading_order(iter(ligature))


def test_a_scan_has_no_text_and_a_note(tmp_path: Path):
    Image.new("RGB", (300, 400), "grey").save(tmp_path / "scan.pdf")
    read = read_pdf(tmp_path / "scan.pdf")

    assert ("", 1) == (read.text, read.described.pages)
    assert ("it has no text, so no search finds its words: if it was scanned, OCR adds them",) == read.described.notes
    assert read.picture


def test_one_empty_page_is_no_note(tmp_path: Path):
    assert () == read_pdf(make_pdf(tmp_path / "a.pdf", ["x", ""])).described.notes


def test_a_page_that_is_damaged_costs_only_itself(tmp_path: Path):
    made = make_pdf(tmp_path / "a.pdf", ["one", "two"])
    made.write_bytes(made.read_bytes().replace(b"/Kids [ 3 0 R", b"/Kids [ 1 0 R"))
    read = read_pdf(made)

    assert (2, ("", "two"), None) == (read.described.pages, read.pages, read.picture)


def test_a_password_is_asked_for_in_one_sentence(tmp_path: Path):
    with pytest.raises(BadInput, match=r"^a\.pdf asks for a password: save a copy without one\.$"):
        read_pdf(make_pdf(tmp_path / "a.pdf", ["secret"], password="geheim"))


def test_what_is_only_kept_from_being_copied_is_read(tmp_path: Path):
    assert "open" == read_pdf(make_pdf(tmp_path / "a.pdf", ["open"], password="")).text


@pytest.mark.parametrize("data", [b"", b"not a PDF", b"%PDF-1.4\n", bytes(range(256)) * 50])
def test_what_is_no_pdf_is_refused(data: bytes, tmp_path: Path):
    (tmp_path / "a.pdf").write_bytes(data)

    with pytest.raises(BadInput, match=r"^a\.pdf is no PDF that can be read"):
        read_pdf(tmp_path / "a.pdf")


def test_a_pdf_cut_off_anywhere_is_read_or_refused(tmp_path: Path):
    whole = make_pdf(tmp_path / "a.pdf", ["one", "two"]).read_bytes()
    cut = tmp_path / "cut.pdf"
    for length in range(100, len(whole), 97):
        cut.write_bytes(whole[:length])
        try:
            assert read_pdf(cut).described.pages <= 2
        except BadInput as refusal:
            assert str(refusal).startswith("cut.pdf ")


@pytest.mark.parametrize("box", ["0 0 9999 1", "0 0 1 9999", "0 0 0 0", "0 0 1e9 1e9", "-500 -500 100 100", "x"])
def test_a_page_of_any_size_gives_a_small_picture_or_none(box: str, tmp_path: Path):
    read = read_pdf(make_pdf(tmp_path / "a.pdf", ["words"], box=box))

    assert 1 == read.described.pages
    if read.picture:
        with Image.open(BytesIO(read.picture)) as drawn:
            assert drawn.width <= 640
            assert drawn.height <= 1280
