"""The outlines of books: made once, by a process apart, and kept in memory and on the disk within bounds."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from content_packs.errors import BadInput
from content_packs.zim.layout import ByteRange
from content_packs.zim.parts import PartedFile
from content_packs.zim.reader import StoredPlace
from ideascube.reading import outlines
from ideascube.reading.outlines import Outlines
from ideascube.reading.sources import Source
from tests.media.epubs import make_epub


def stored(book: Path) -> Source:
    size = book.stat().st_size
    return Source(book.name, size, StoredPlace(PartedFile([book]), ByteRange(0, size)))


async def test_many_who_ask_at_once_wait_for_one_answer(tmp_path: Path) -> None:
    kept = Outlines(tmp_path / "books")
    source = stored(make_epub(tmp_path / "a.epub"))

    answers = await asyncio.gather(*(kept.get("a", source) for _ in range(20)))

    assert {"Water"} == {outline.title for outline in answers}
    assert all(outline is answers[0] for outline in answers)
    assert 1 == len([*(tmp_path / "books").iterdir()])


async def test_a_book_that_lies_packed_is_given_as_bytes(tmp_path: Path) -> None:
    body = make_epub(tmp_path / "a.epub").read_bytes()

    assert "Water" == (await Outlines(tmp_path / "books").get("a", Source("a.epub", len(body), None, body))).title


async def test_what_was_kept_serves_the_next_start(tmp_path: Path) -> None:
    book = make_epub(tmp_path / "a.epub")
    source = stored(book)
    first = await Outlines(tmp_path / "books").get("a", source)
    book.unlink()

    assert first == await Outlines(tmp_path / "books").get("a", source)


@pytest.mark.parametrize("damage", [b"", b"{", b'{"title": 1}', b"[]"])
async def test_a_damaged_outline_is_made_again(damage: bytes, tmp_path: Path) -> None:
    source = stored(make_epub(tmp_path / "a.epub"))
    first = await Outlines(tmp_path / "books").get("a", source)
    next((tmp_path / "books").iterdir()).write_bytes(damage)

    assert first == await Outlines(tmp_path / "books").get("a", source)


async def test_a_broken_book_is_not_tried_again_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(b"PK nothing")
    kept = Outlines(tmp_path / "books")
    refusal = r"^a\.epub is damaged, cut off or something else"

    with pytest.raises(BadInput, match=refusal):
        await kept.get("a", stored(tmp_path / "a.epub"))
    make_epub(tmp_path / "a.epub")
    with pytest.raises(BadInput, match=refusal):
        await kept.get("a", stored(tmp_path / "a.epub"))
    assert "Water" == (await kept.get("a, changed", stored(tmp_path / "a.epub"))).title


async def test_a_book_of_more_than_any_book_has_is_refused(tmp_path: Path) -> None:
    names = {f"i{number}": (f"{'x' * 900}{number}.xhtml", "application/xhtml+xml", "") for number in range(3500)}
    book = make_epub(tmp_path / "a.epub", {f"OEBPS/{path}": "" for path, _, _ in names.values()}, names)

    with pytest.raises(BadInput, match=r"^a\.epub has more files, or files with longer names, than any book"):
        await Outlines(tmp_path / "books").get("a", stored(book))


async def test_the_oldest_outlines_go(tmp_path: Path) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    for number in range(outlines.KEPT + 5):
        path = folder / f"{number}.json"
        path.write_bytes(b"{}")
        os.utime(path, (number, number))

    await Outlines(folder).get("a", stored(make_epub(tmp_path / "a.epub")))

    left = {path.name for path in folder.iterdir()}
    assert outlines.KEPT == len(left)
    assert "5.json" not in left
    assert "6.json" in left


async def test_a_folder_that_cannot_be_written_to_costs_no_reader_anything(tmp_path: Path) -> None:
    (tmp_path / "books").write_bytes(b"a file")

    assert "Water" == (await Outlines(tmp_path / "books").get("a", stored(make_epub(tmp_path / "a.epub")))).title
