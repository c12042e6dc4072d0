"""Where files are cut: everything once, nothing too long, and films alike in each edition that has them."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provisioning.outgoing.cutting import cut_length, natural_cuts
from provisioning.outgoing.objects import object_name, object_size
from tests.support.outboxes import noise
from tests.support.zims import make_zim


def objects(path: Path, length: int) -> dict[str, int]:
    """The objects of the file: sizes by names."""
    content, cuts, start, found = path.read_bytes(), natural_cuts(path), 0, {}
    while start < len(content):
        piece = content[start : start + cut_length(cuts, len(content), start, length)]
        found[object_name(piece)] = len(piece)
        start += len(piece)
    return found


@given(
    st.sets(st.integers(0, 10_000), max_size=30), st.integers(1, 10_000), st.integers(1, 3_000)
)  # fmt: skip
def test_pieces_cover_a_file_and_are_never_too_long(places: set[int], size: int, length: int) -> None:
    cuts, start = array("Q", sorted(places)), 0

    while start < size:
        taken = cut_length(cuts, size, start, length)
        assert 0 < taken <= length
        start += taken

    assert size == start


@pytest.mark.parametrize("length", [32 * 1024, 256 * 1024, 1024 * 1024])
def test_an_edition_with_one_text_more_shares_its_films(tmp_path: Path, length: int) -> None:
    films = {f"{name}.webm": ("video/webm", noise(number, 1_500_000)) for number, name in enumerate("abc")}
    pictures = {"p.webp": ("image/webp", noise(7, 30_000))}
    text = "<html><head><title>{0}</title></head><body>{0} tells.</body></html>"
    first = make_zim(tmp_path / "1.zim", {"index.html": ("text/html", text.format("Musa")), **films, **pictures})
    second = make_zim(
        tmp_path / "2.zim",
        {
            "index.html": ("text/html", text.format("Musa and Halima")),
            "more.html": ("text/html", text.format("Halima")),
            "q.webp": ("image/webp", noise(8, 20_000)),
            **films,
            **pictures,
        },
    )

    before, after = objects(first, length), objects(second, length)

    new = sum(size for name, size in after.items() if name not in before)
    assert new < 0.1 * second.stat().st_size


def test_a_damaged_zim_is_sent_as_any_file(tmp_path: Path) -> None:
    broken = tmp_path / "broken.zim"
    broken.write_bytes(make_zim(tmp_path / "a.zim", {"a": ("text/plain", "text")}).read_bytes()[:90] + noise(1, 5_000))

    assert sum(objects(broken, 1_000).values()) == broken.stat().st_size


def test_objects_are_as_long_as_the_link_is_fast() -> None:
    rates = (0, 8_000, 16_000, 25_000, 240_000, 2_000_000)

    assert [32, 32, 32, 256, 256, 256] == [object_size(rate) // 1024 for rate in rates]
