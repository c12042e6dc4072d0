"""Single pages of PDFs: their pictures, words and links."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from content_packs.media.pdf import open_pdf
from content_packs.media.pdf_facts import PLAIN, WEBP, PdfLink
from content_packs.media.pdf_pages import draw, outline_of, page_of
from tests.media.pdfs import make_linked_pdf, make_pdf
from tests.support.shared import shared


def picture(path: Path, number: int = 1, width: int = 480, kind: str = WEBP) -> Image.Image:
    with open_pdf(path, path.name) as opened:
        return Image.open(BytesIO(draw(opened, number, width, kind)))


def as_pdf(drawn: Image.Image, path: Path) -> Path:
    drawn.save(path, resolution=100.0, quality=95)
    return path


def test_an_outline_says_what_a_whole_document_is():
    path = shared("media/sample_doc_with_toc.pdf")
    with open_pdf(path, path.name) as opened:
        outline = outline_of(opened)

    assert (12, 10) == (outline.pages, len(outline.contents))


@pytest.mark.parametrize(("kind", "form"), [(WEBP, "WEBP"), (PLAIN, "PNG")])
def test_a_page_of_a_book_is_drawn_as_wide_as_is_asked(kind: str, form: str):
    book = shared("media/beyond-good-and-evil.pdf")
    drawn = picture(book, 9, 800, kind)

    assert (form, (800, 1200)) == (drawn.format, drawn.size)
    with open_pdf(book, book.name) as opened:
        assert len(draw(opened, 9, 800, kind)) < 60_000


def test_a_photograph_is_sent_as_one(tmp_path: Path):
    photograph = Image.radial_gradient("L").resize((480, 640)).convert("RGB")
    photograph = Image.merge(
        "RGB", (photograph.getchannel(0), photograph.getchannel(1).transpose(1), photograph.getchannel(2))
    )
    path = as_pdf(photograph, tmp_path / "a.pdf")

    assert "JPEG" == picture(path, kind=PLAIN).format
    assert len(picture(path).getcolors(10**6)) > 100


def test_what_is_faint_stays(tmp_path: Path):
    page = Image.new("RGB", (480, 640), "white")
    ImageDraw.Draw(page).rectangle((100, 100, 200, 200), fill="#e4e4e4")
    path = as_pdf(page, tmp_path / "a.pdf")

    assert picture(path).getpixel((150, 150)) != picture(path).getpixel((20, 20))


@pytest.mark.parametrize("box", ["0 0 9999 1", "0 0 1 9999", "0 0 0 0", "0 0 1e9 1e9", "-500 -500 100 100", "x"])
def test_a_page_of_any_size_gives_a_picture_of_bounded_size(box: str, tmp_path: Path):
    drawn = picture(make_pdf(tmp_path / "a.pdf", ["words"], box=box))

    assert drawn.width <= 480
    assert drawn.height <= 1440


def test_links_lead_to_pages_and_websites_and_nowhere_else(tmp_path: Path):
    path = make_linked_pdf(
        tmp_path / "a.pdf",
        ["/Dest[6 0 R/Fit]", "/A<</S/URI/URI(https://a.example/?b=1)>>", "/A<</S/URI/URI(javascript:alert\\(1\\))>>",
         "/A<</S/Launch/F(evil.exe)>>", "/A<</S/JavaScript/JS(app.alert\\(1\\))>>"],
    )  # fmt: skip
    with open_pdf(path, path.name) as opened:
        page = page_of(opened, 1)

    assert (PdfLink("one", page=2), PdfLink("one", url="https://a.example/?b=1")) == page.links
    assert ("one", 595.0, 842.0) == (page.text, page.width, page.height)
