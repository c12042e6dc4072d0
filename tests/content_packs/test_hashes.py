"""Sums of a pack's file, and which of its pieces are damaged."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from content_packs.errors import BrokenPack
from content_packs.manifest import Hashes, Manifest
from content_packs.manifest.hashes import PIECE, damaged_pieces, hash_file, verify_file
from content_packs.zim.checksum import has_checksum
from content_packs.zim.layout import ZIM_MAGIC

CONTENT = bytes(range(256)) * (PIECE * 5 // 2 // 256)  # two pieces and a half


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pack.zim"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def split(tmp_path: Path) -> Path:
    """The same bytes in parts that end within pieces."""
    for name, start, end in (("aa", 0, 1000), ("ab", 1000, PIECE + 5), ("ac", PIECE + 5, None)):
        (tmp_path / f"split.zim{name}").write_bytes(CONTENT[start:end])
    return tmp_path / "split.zimaa"


def test_size_and_sums(file: Path, split: Path) -> None:
    pieces = [hashlib.sha256(CONTENT[start : start + PIECE]).hexdigest() for start in range(0, len(CONTENT), PIECE)]
    expected = (len(CONTENT), Hashes(sha256=hashlib.sha256(CONTENT).hexdigest(), pieces=tuple(pieces)))

    assert expected == hash_file(file)
    assert expected == hash_file(split)
    assert 3 == len(pieces)


def test_progress_is_told_in_bytes(file: Path) -> None:
    told: list[tuple[int, int]] = []

    hash_file(file, lambda done, total: told.append((done, total)))

    assert [(PIECE, len(CONTENT)), (2 * PIECE, len(CONTENT)), (len(CONTENT), len(CONTENT))] == told


@pytest.mark.parametrize(
    ("content", "damaged"),
    [
        (CONTENT, []),
        (CONTENT[:5] + b"!" + CONTENT[6:], [0]),
        (b"!" + CONTENT[1:-1] + b"!", [0, 2]),
        (CONTENT[:-1], [2]),
        (CONTENT[:PIECE], [1, 2]),
        (CONTENT + bytes(PIECE), [2, 3]),
        (b"", [0, 1, 2]),
    ],
)
def test_damaged_pieces_are_numbered(file: Path, content: bytes, damaged: list[int]) -> None:
    _, hashes = hash_file(file)
    file.write_bytes(content)

    assert damaged == damaged_pieces(file, hashes)


def test_without_sums_of_pieces_all_of_them_are_damaged(file: Path) -> None:
    _, hashes = hash_file(file)

    assert [] == damaged_pieces(file, Hashes(sha256=hashes.sha256))
    assert [0, 1, 2] == damaged_pieces(file, Hashes(sha256="0" * 64))


def test_sums_that_contradict_each_other_make_all_of_it_damaged(file: Path) -> None:
    _, hashes = hash_file(file)

    assert [0, 1, 2] == damaged_pieces(file, Hashes(sha256="0" * 64, pieces=hashes.pieces))


def described(file: Path) -> Manifest:
    size, hashes = hash_file(file)
    return Manifest(id="x", titles={"fr": "X"}, size=size, hashes=hashes)


def test_a_file_is_what_its_manifest_says(file: Path) -> None:
    verify_file(file, described(file))
    verify_file(file, Manifest(id="x", titles={"fr": "X"}))


def test_a_manifest_that_lies_about_size_or_sums_is_one_sentence(file: Path) -> None:
    manifest = described(file)

    with pytest.raises(BrokenPack, match=r"has \d+ bytes, and its manifest says 5: copy or download it again\."):
        verify_file(file, replace(manifest, size=5))
    with pytest.raises(BrokenPack, match="is not what its manifest says: 3 of 3 MiB differ"):
        verify_file(file, replace(manifest, hashes=Hashes(sha256="0" * 64)))
    file.write_bytes(b"!" + CONTENT[1:])
    with pytest.raises(BrokenPack, match="is not what its manifest says: 1 of 3 MiB differ"):
        verify_file(file, manifest)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BrokenPack, match=r"gone\.zim cannot be opened"):
        hash_file(tmp_path / "gone.zim")


@pytest.mark.parametrize(("mimetypes", "expected"), [(80, True), (72, False)])
def test_a_zim_without_room_for_a_sum_in_its_header_has_none(tmp_path: Path, mimetypes: int, expected: bool) -> None:
    old = tmp_path / "old.zim"
    old.write_bytes(struct.pack("<IHH16sIIQQQQIIQ", ZIM_MAGIC, 5, 0, bytes(16), 0, 0, 0, 0, 0, mimetypes, 0, 0, 0))

    assert expected == has_checksum(old)
