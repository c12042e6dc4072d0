"""Two versions whose common one is not kept any more: what differs is asked, and no paragraph of either goes."""

from __future__ import annotations

from ideascube.creations.model import Words
from ideascube.sharing.assumed_base import assumed_base
from ideascube.writing.conflicts import decided, questions
from tests.creations.making import fields

MINE = fields(
    "Clean water", "<p>Boil it.</p><p>Let it cool.</p>", licence="CC-BY-4.0", source="Mariam", tags=("water", "health")
)
THEIRS = fields(
    "Good water", "<p>Boil it.</p><p>Keep it covered.</p>", licence="CC0-1.0", source="Mariam", tags=("water", "food")
)


def test_what_differs_is_asked_and_what_is_the_same_is_not():
    asked = questions(assumed_base(MINE, THEIRS), MINE, THEIRS)

    assert {"title.en", "licence"} == {each.what for each in asked}


def test_nothing_of_either_is_taken_for_removed():
    base = assumed_base(MINE, THEIRS)
    whole = decided(base, MINE, THEIRS, lambda name: "theirs")

    assert {"water", "health", "food"} == set(whole.tags)
    assert [True] * 3 == [words in whole.body for words in ("Boil it.", "Let it cool.", "Keep it covered.")]
    assert 1 == whole.body.count("Boil it.")
    assert ({"en": Words("Good water", "In short.")}, "CC0-1.0", "Mariam") == (whole.texts, whole.licence, whole.source)
