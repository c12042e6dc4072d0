"""The renderer: pages of real and of hostile PDFs in packs, drawn by children that may end as they like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from ideascube.reading import pdf_renderer
from ideascube.reading.pdf_cache import PdfCache
from ideascube.reading.pdf_renderer import Renderer
from ideascube.reading.pdf_wanted import Answer, Wanted, decode_answer, decode_wanted, encode
from tests.media.bombs import zip_bomb
from tests.media.pdfs import make_many_pages, make_packed_pdf, make_pdf
from tests.support.pdf_packs import pack_of, wanted_from
from tests.support.shared import shared


@pytest.fixture
def renderer(tmp_path: Path) -> Renderer:
    return Renderer(PdfCache(tmp_path / "pdf", room=50_000_000))


def made(folder: Path, wanted: Wanted) -> set[str]:
    return {file.name for file in (folder / wanted.document).iterdir()}


def endless(out: Path) -> Path:
    """A page whose content unpacks to more than any bound."""
    return make_packed_pdf(out, zip_bomb(1500), "/FlateDecode")


def test_a_page_a_picture_and_the_outline_come_of_one_request(renderer: Renderer, tmp_path: Path):
    wanted = wanted_from(
        pack_of(tmp_path / "a.zim", shared("media/beyond-good-and-evil.pdf")), "beyond-good-and-evil.pdf", 9, 800
    )
    answer = renderer.answer(wanted)

    assert Answer() == answer
    assert {"outline.json", "9.json", "9-800.webp"} == made(tmp_path / "pdf", wanted)
    assert 192 == json.loads(wanted.outline_file(tmp_path / "pdf").read_bytes())["pages"]
    assert (800, 1200) == Image.open(wanted.picture_file(tmp_path / "pdf")).size


def test_what_is_there_is_not_made_again(renderer: Renderer, tmp_path: Path):
    wanted = wanted_from(pack_of(tmp_path / "a.zim", make_pdf(tmp_path / "a.pdf", ["one"])), "a.pdf", 1, 480)
    renderer.answer(wanted)
    picture = wanted.picture_file(tmp_path / "pdf")
    before = picture.stat().st_ino, picture.stat().st_mtime_ns
    renderer.answer(wanted)

    assert before == (picture.stat().st_ino, picture.stat().st_mtime_ns)


def test_a_pdf_that_its_pack_compresses_is_unpacked_once(renderer: Renderer, tmp_path: Path):
    pack = pack_of(tmp_path / "a.zim", make_pdf(tmp_path / "a.pdf", ["one", "two"]), mimetype="text/plain")
    first, second = (wanted_from(pack, "a.pdf", number, 480) for number in (1, 2))
    renderer.answer(first)
    copy = first.copy_file(tmp_path / "pdf").stat().st_ino
    renderer.answer(second)

    assert {"copy.pdf", "outline.json", "1.json", "1-480.webp", "2.json", "2-480.webp"} == made(
        tmp_path / "pdf", second
    )
    assert copy == second.copy_file(tmp_path / "pdf").stat().st_ino


def test_a_password_and_a_cut_off_file_are_refused_as_a_whole(renderer: Renderer, tmp_path: Path):
    locked = make_pdf(tmp_path / "locked.pdf", ["secret"], password="geheim")
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(b"%PDF-1.4\n")
    pack = pack_of(tmp_path / "a.zim", locked, cut)

    assert Answer("locked.pdf asks for a password: save a copy without one.", whole=True) == renderer.answer(
        wanted_from(pack, "locked.pdf")
    )
    assert Answer(
        "cut.pdf is no PDF that can be read: it is damaged, cut off or something else.", whole=True
    ) == renderer.answer(wanted_from(pack, "cut.pdf", 1, 800))


def test_a_page_that_is_damaged_costs_only_itself(renderer: Renderer, tmp_path: Path):
    damaged = make_pdf(tmp_path / "a.pdf", ["one", "two"])
    damaged.write_bytes(damaged.read_bytes().replace(b"/Kids [ 3 0 R", b"/Kids [ 1 0 R"))
    pack = pack_of(tmp_path / "a.zim", damaged)

    assert Answer() == renderer.answer(wanted_from(pack, "a.pdf"))
    assert Answer("Page 1 of a.pdf is damaged: go on to the next one, or open the file.") == renderer.answer(
        wanted_from(pack, "a.pdf", 1, 800)
    )
    assert Answer() == renderer.answer(wanted_from(pack, "a.pdf", 2, 800))


def test_a_page_beyond_the_last_is_none(renderer: Renderer, tmp_path: Path):
    pack = pack_of(tmp_path / "a.zim", make_pdf(tmp_path / "a.pdf", ["one"]))
    renderer.answer(wanted_from(pack, "a.pdf"))

    assert "a.pdf has 1 pages: there is no page 2." == renderer.answer(wanted_from(pack, "a.pdf", 2)).refusal


def test_ten_thousand_pages_are_no_trouble(renderer: Renderer, tmp_path: Path):
    pack = pack_of(tmp_path / "a.zim", make_many_pages(tmp_path / "a.pdf", 10_000))
    wanted = wanted_from(pack, "a.pdf", 9_999, 480)

    assert Answer() == renderer.answer(wanted)
    assert "page 9999" == json.loads(wanted.page_file(tmp_path / "pdf").read_bytes())["text"]


def test_a_page_that_unpacks_to_too_much_is_given_up_and_remembered(
    renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pdf_renderer, "SECONDS", 2)
    pack = pack_of(tmp_path / "a.zim", endless(tmp_path / "a.pdf"))
    renderer.answer(wanted_from(pack, "a.pdf"))
    first = renderer.answer(wanted_from(pack, "a.pdf", 1, 800))
    again = renderer.answer(wanted_from(pack, "a.pdf", 1, 480))

    assert "Page 1 of a.pdf takes too much time or memory to be drawn." == first.refusal == again.refusal


def test_after_three_such_pages_the_document_is_left_alone(
    renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pack = pack_of(tmp_path / "a.zim", make_pdf(tmp_path / "a.pdf", ["one", "two", "three", "four"]))
    renderer.answer(wanted_from(pack, "a.pdf", 4, 800))
    monkeypatch.setattr("ideascube.reading.pdf_drawing.draw", lambda *_: ending_badly())
    answers = [renderer.answer(wanted_from(pack, "a.pdf", page, 800)) for page in (1, 2, 3)]

    assert [False, False, True] == [answer.refusal.endswith("open the file itself.") for answer in answers]
    assert answers[2] == renderer.answer(wanted_from(pack, "a.pdf", 1, 1200))
    assert Answer() == renderer.answer(wanted_from(pack, "a.pdf", 4, 800))


def ending_badly() -> bytes:
    raise SystemExit(1)


def test_what_takes_long_ahead_is_left_for_who_asks(
    renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pack = pack_of(tmp_path / "a.zim", make_pdf(tmp_path / "a.pdf", ["one"]))
    wanted = wanted_from(pack, "a.pdf", 1, 800)
    monkeypatch.setattr("ideascube.reading.pdf_drawing.draw", lambda *_: ending_badly())
    renderer.draw_ahead(wanted)
    monkeypatch.undo()
    renderer.draw_ahead(wanted)

    assert not wanted.picture_file(tmp_path / "pdf").exists()
    assert Answer() == renderer.answer(wanted)


def test_a_pack_that_changed_is_not_read_as_the_old_one(renderer: Renderer, tmp_path: Path):
    pack = pack_of(tmp_path / "a.zim", make_pdf(tmp_path / "a.pdf", ["one"]))
    wanted = wanted_from(pack, "a.pdf", 1)
    pack.unlink()
    pack_of(pack, make_pdf(tmp_path / "a.pdf", ["another"]))

    assert "a.zim changed while it was read: open the page again." == renderer.answer(wanted).refusal
    assert not wanted.page_file(tmp_path / "pdf").exists()


def test_a_full_disk_costs_the_page_and_nothing_else(
    renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    pack = pack_of(tmp_path / "a.zim", make_pdf(tmp_path / "a.pdf", ["one"]))
    monkeypatch.setattr(PdfCache, "put", full)

    assert "The disk of this box is full" in renderer.answer(wanted_from(pack, "a.pdf", 1)).refusal
    monkeypatch.undo()
    assert Answer() == renderer.answer(wanted_from(pack, "a.pdf", 1))


def test_what_is_said_is_understood():
    wanted = Wanted("/packs/a.zim", "abc", 3, "a\n.pdf", 2, 800, "plain")
    answer = Answer("No.", whole=True)

    assert wanted == decode_wanted(encode(wanted))
    assert answer == decode_answer(encode(answer))
    assert 1 == encode(wanted).count(b"\n")
    with pytest.raises(ValueError, match="truncated"):
        decode_answer(b'["No')
