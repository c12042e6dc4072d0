"""Which words are counted and listed, without any pack."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_packs.text import Word
from ideascube.indexing.words.choosing import ListedWord, chosen_words, is_word
from ideascube.indexing.words.counting import WordCounts
from ideascube.indexing.words.reading import evenly
from ideascube.indexing.words.store import fair_share


def test_a_word_counts_once_for_each_text():
    counts = WordCounts(is_word)

    counts.add([Word("eau", "eau"), Word("eau", "l’eau"), Word("eau", "eau")])
    counts.add([Word("eau", "eau")])

    assert [("eau", "eau", 2), ("eau", "l’eau", 1)] == sorted(counts)


def test_what_is_rare_makes_room_and_what_is_frequent_stays():
    counts = WordCounts(is_word, limit=1000)

    for number in range(20_000):
        counts.add([Word("water", "water"), Word(f"w{number}", f"w{number}")])

    assert len(counts) <= 1000
    assert ("water", "water", 20_000) in set(counts)


def test_one_long_text_is_bounded_too():
    counts = WordCounts(is_word, limit=100)

    counts.add(Word(f"w{number}", f"w{number}") for number in range(5000))

    assert 75 == len(counts)


def test_what_is_no_word_makes_room_first():
    counts = WordCounts(is_word, limit=100)

    counts.add([Word("rare", "rare")])
    for number in range(200):
        counts.add([Word(str(number), str(number)), Word("2026", "2026")])

    assert "rare" in {key for key, _, _ in counts}


def test_forms_that_are_one_to_libzim_are_one_written_as_most_often():
    pages = [
        ("ecole", "ecole", 3),
        ("ecole", "école", 5),
        ("ecole", "l’école", 2),
        ("lodz", "łódź", 1),
        ("lodz", "lodz", 2),
    ]

    words = chosen_words(pages, [("ecole", "école", 1)], share=1.0)

    assert [
        ListedWord("ecole", "l’école", 2, 0),
        ListedWord("ecole", "école", 8, 1),
        ListedWord("lodz", "lodz", 2, 0),
        ListedWord("lodz", "łódź", 1, 0),
    ] == words


def test_a_sample_stands_for_the_whole_and_titles_weigh_more_than_texts():
    pages = [("common", "common", 50), ("rare", "rare", 1), ("both", "both", 2)]
    titles = [("named", "named", 1), ("both", "both", 1)]

    words = chosen_words(pages, titles, share=0.1, limit=3)

    assert [("both", 20, 1), ("common", 500, 0), ("named", 0, 1)] == [
        (each.key, each.pages, each.titles) for each in words
    ]


@pytest.mark.parametrize(
    "word", ["eau", "h2o", "covid19", "3d", "i18n", "вода", "ماء", "ውሃ", "पानी", "facade", "y", "dont", "清水"]
)
def test_words_are_listed(word: str):
    assert is_word(word)


@pytest.mark.parametrize(
    "word",
    [
        "2026",
        "٣",
        "1234567",
        "deadbeef01",
        "9f86d081884c7d65",
        "aaaaaaa",
        "x7k2m9q4z1",
        "a" * 41,
        "",
        "_",
    ],
)
def test_rubbish_is_not(word: str):
    assert not is_word(word)


@given(st.integers(1, 400), st.integers(1, 400))
def test_every_beginning_of_the_order_is_spread_evenly(count: int, taken: int):
    beginning = sorted(evenly(count)[:taken])

    gaps = [after - before for before, after in zip([-1, *beginning], [*beginning, count], strict=True)]
    assert sorted(set(evenly(count))) == list(range(count))
    assert max(gaps) <= 3 * count / (len(beginning) + 1) + 1


@given(st.lists(st.integers(0, 1000), max_size=20), st.integers(0, 5000))
def test_only_the_largest_packs_give_way(sizes: list[int], limit: int):
    share = fair_share(sizes, limit)

    left = [min(size, share) for size in sizes]
    assert sum(left) <= max(limit, 0) or sum(sizes) <= limit
    assert sum(left) == sum(sizes) or sum(left) > limit - len(sizes)
