"""What is kept from one start for the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from ideascube.web.prepared import Prepared
from tests.support.box import running_box


def made(folder: Path, sources: bytes) -> list[str]:
    """Whether the piece was made."""
    calls: list[str] = []

    def make() -> bytes:
        calls.append("made")
        return b"piece of " + sources

    assert b"piece of " + sources == Prepared(folder).get("piece", sources, make)
    return calls


def test_a_piece_is_made_once_for_what_it_is_made_of(tmp_path: Path) -> None:
    assert ["made"] == made(tmp_path, b"one")
    assert [] == made(tmp_path, b"one")
    assert ["made"] == made(tmp_path, b"two")
    assert ["made"] == made(tmp_path, b"one")


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 200])
def test_a_damaged_piece_is_made_again(tmp_path: Path, damage: bytes) -> None:
    made(tmp_path, b"one")
    (tmp_path / "piece").write_bytes(damage)

    assert ["made"] == made(tmp_path, b"one")


def test_a_piece_that_cannot_be_kept_is_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    assert ["made"] == made(tmp_path / "file", b"one")
    assert ["made"] == made(tmp_path / "file", b"one")


def test_a_box_starts_from_what_it_kept_and_with_what_was_damaged(tmp_path: Path, small_packs: Path) -> None:
    for piece in ("words-fr", "pages"):
        with running_box(tmp_path, small_packs / "village.zim") as box:
            assert "Bibliothèque" in box.get("/library", Accept_Language="fr").text
        path = tmp_path / "cache" / "prepared" / piece
        path.write_bytes(path.read_bytes()[:-100])
    with running_box(tmp_path) as box:
        assert "Bibliothèque" in box.get("/library", Accept_Language="fr").text
