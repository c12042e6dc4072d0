"""How a web worker comes to pages: once for all who want the same, and without waiting for a renderer that is gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from content_packs.errors import BadInput, Busy
from content_packs.media.pdf_facts import PdfOutline
from ideascube.reading.pdf_client import PdfClient, Unreadable
from ideascube.reading.pdf_wanted import Answer, Wanted, decode_wanted, encode

WANTED = Wanted("/packs/a.zim", "abc", 3, "a.pdf", 2, 800)
OUTLINE = PdfOutline("A", "en", 2, ())


@asynccontextmanager
async def renderer(socket: Path, answer: Callable[[Wanted], bytes]) -> AsyncIterator[list[Wanted]]:
    """One that answers as `answer` says, and what it was asked."""
    asked: list[Wanted] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wanted = decode_wanted(await reader.readline())
        asked.append(wanted)
        await asyncio.sleep(0.05)
        writer.write(answer(wanted))
        writer.close()

    async with await asyncio.start_unix_server(serve, socket):
        yield asked


def making(cache: Path) -> Callable[[Wanted], bytes]:
    """Puts there what is wanted."""

    def make(wanted: Wanted) -> bytes:
        for file in wanted.files(cache):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(msgspec.json.encode(OUTLINE))
        return encode(Answer())

    return make


async def test_thirty_readers_of_one_page_have_it_drawn_once(tmp_path: Path):
    client = PdfClient(tmp_path / "socket", tmp_path / "pdf")
    async with renderer(tmp_path / "socket", making(tmp_path / "pdf")) as asked:
        pictures = await asyncio.gather(*(client.picture(WANTED) for _ in range(30)))
        await client.picture(WANTED)

    assert [WANTED] == asked
    assert 30 == len(pictures)


async def test_what_is_kept_is_read_without_a_renderer(tmp_path: Path):
    making(tmp_path / "pdf")(WANTED)

    assert OUTLINE == await PdfClient(tmp_path / "none", tmp_path / "pdf").outline(WANTED)


@pytest.mark.parametrize("left", [b"", bytes(9), b'{"title": "A", "pag'])
async def test_what_a_power_cut_left_half_written_is_made_again(left: bytes, tmp_path: Path):
    cache = tmp_path / "pdf"
    making(cache)(WANTED)
    WANTED.outline_file(cache).write_bytes(left)
    WANTED.picture_file(cache).write_bytes(bytes(len(left)))

    async with renderer(tmp_path / "socket", making(cache)):
        client = PdfClient(tmp_path / "socket", cache)

        assert OUTLINE == await client.outline(WANTED)
        WANTED.picture_file(cache).write_bytes(bytes(len(left)))
        assert msgspec.json.encode(OUTLINE) == await client.picture(WANTED)


@pytest.mark.parametrize(("whole", "kind"), [(True, Unreadable), (False, BadInput)])
async def test_a_refusal_is_the_sentence_of_the_renderer(whole: bool, kind: type[BadInput], tmp_path: Path):
    async with renderer(tmp_path / "socket", lambda _: encode(Answer("No page.", whole=whole))):
        with pytest.raises(kind, match=r"^No page\.$"):
            await PdfClient(tmp_path / "socket", tmp_path / "pdf").picture(WANTED)


@pytest.mark.parametrize("said", [b"", b'["No', encode(Answer())])
async def test_a_renderer_that_dies_or_makes_nothing_costs_a_try(said: bytes, tmp_path: Path):
    async with renderer(tmp_path / "socket", lambda _: said):
        with pytest.raises(Busy, match="Try again in a few seconds"):
            await PdfClient(tmp_path / "socket", tmp_path / "pdf").picture(WANTED)


async def test_without_a_renderer_nobody_waits(tmp_path: Path):
    with pytest.raises(Busy, match="Try again in a few seconds"):
        await PdfClient(tmp_path / "none", tmp_path / "pdf").picture(WANTED)


async def test_who_leaves_leaves_the_others_their_answer(tmp_path: Path):
    client = PdfClient(tmp_path / "socket", tmp_path / "pdf")
    async with renderer(tmp_path / "socket", making(tmp_path / "pdf")) as asked:
        leaving, staying = (asyncio.create_task(client.picture(WANTED)) for _ in range(2))
        await asyncio.sleep(0.02)
        leaving.cancel()

        assert msgspec.json.encode(OUTLINE) == await staying
        assert [WANTED] == asked
