"""The pictures of a card, as the box draws them."""

from __future__ import annotations

from ideascube.progress.pictures import COUNT, PICTURES, draw


def test_they_are_all_different_and_of_the_set() -> None:
    drawn = [draw() for _ in range(200)]

    assert {COUNT} == {len(set(pictures)) for pictures in drawn}
    assert set(PICTURES) == {name for pictures in drawn for name in pictures}
