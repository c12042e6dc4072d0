"""What hostile files cannot do: crash the program, take its memory, hold it up."""

from __future__ import annotations

import ctypes
import sys
import time
import zlib
from pathlib import Path

import pytest

from content_packs.errors import BadInput
from content_packs.media.apart import read_apart
from content_packs.media.ffmpeg import output_of
from content_packs.media.pdf import read_pdf
from tests.media.bombs import zip_bomb
from tests.media.pdfs import make_packed_pdf

MEGABYTE = 1024 * 1024


def crash(path: Path) -> None:
    ctypes.string_at(0)


def take_memory(path: Path) -> int:
    return len(bytes(2000 * MEGABYTE))


def take_time(path: Path) -> None:
    time.sleep(600)


def refuse(path: Path) -> None:
    raise BadInput(f"{path.name} is bad.")


@pytest.mark.parametrize("work", [crash, take_memory, take_time])
def test_a_reader_that_crashes_or_takes_too_much_is_one_sentence(work):
    with pytest.raises(BadInput, match=r"^a\.pdf cannot be read in reasonable time and memory"):
        read_apart(Path("a.pdf"), work, seconds=1, memory=100 * MEGABYTE)


def test_a_refusal_comes_through_and_so_does_what_fits():
    with pytest.raises(BadInput, match=r"^a\.pdf is bad\.$"):
        read_apart(Path("a.pdf"), refuse, seconds=5, memory=100 * MEGABYTE)

    assert 50 * MEGABYTE == read_apart(Path("a"), lambda path: len(bytes(50 * MEGABYTE)), 5, 200 * MEGABYTE)


@pytest.mark.parametrize(
    "program", ["while True: print('x' * 1000)", "import time; time.sleep(600)", "print('x'); raise SystemExit(1)"]
)
def test_programs_that_print_without_end_wait_or_fail_give_nothing(program: str):
    assert output_of([sys.executable, "-c", program], seconds=1, limit=100_000) is None


def test_what_a_program_prints_is_given():
    assert b"x\n" == output_of([sys.executable, "-c", "print('x')"], seconds=10, limit=2)


@pytest.mark.parametrize("filters", ["/FlateDecode", "[/FlateDecode/FlateDecode]"])
def test_a_pdf_that_unpacks_to_gigabytes_is_read_or_refused(filters: str, tmp_path: Path):
    bomb = zip_bomb(4096)
    content = zlib.compress(bomb) if "[" in filters else bomb
    made = make_packed_pdf(tmp_path / "a.pdf", content, filters)

    assert made.stat().st_size < 8 * MEGABYTE
    try:
        assert 1 == read_pdf(made).described.pages
    except BadInput as refusal:
        assert str(refusal).startswith("a.pdf cannot be read in reasonable time and memory")
