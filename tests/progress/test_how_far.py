"""How far somebody is, in words and as a share."""

from __future__ import annotations

import pytest

from content_packs.items import Item
from ideascube.progress.how_far import HowFar, how_far
from ideascube.progress.places import Place, is_finished

PDF = Item(path="a.pdf", kind="document", title={}, mimetype="application/pdf")
EPUB = Item(path="a.epub", kind="book", title={}, mimetype="application/epub+zip")


def at(kind: str, at: float, of: float) -> Place:
    return Place(kind, "pack", "path", at, of)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "item", "expected"),
    [
        (at("film", 65.4, 3725), None, HowFar(65.4, 3725, "1:05 of 1:02:05")),
        (at("film", 65.4, 0), None, HowFar(65.4, 0, "1:05")),
        (at("book", 0, 11), EPUB, HowFar(1, 12, "Part 1 of 12")),
        (at("book", 2, 0), None, HowFar(3, 0, "")),
        (at("book", 3, 12), PDF, HowFar(3, 12, "Page 3 of 12")),
        (at("book", 3, 0), PDF, HowFar(3, 0, "Page 3")),
        (at("kept", 0, 0), None, HowFar()),
    ],
)
def test_it_is_said_in_words(place: Place, item: Item | None, expected: HowFar):
    assert expected == how_far(place, item, "en")


def test_a_film_is_over_before_its_last_names_a_book_at_its_last_place():
    assert [False, True, False] == [is_finished(at("film", *each)) for each in ((280, 300), (290, 300), (290, 0))]
    assert [False, True, False] == [is_finished(at("book", *each)) for each in ((10, 11), (11, 11), (3, 0))]
