from __future__ import annotations

from collections.abc import Mapping

from content_packs.text import fold
from ideascube.search.asked import Effort, understand
from ideascube.search.expansion import texts
from ideascube.search.vocabulary import Near, Written
from ideascube.search.wordings import Text


class Words:
    """A pack that has these words, each in so many pages."""

    def __init__(self, near: Mapping[str, str] | None = None, **pages: int) -> None:
        self._written = [Written(form, fold(form).replace("'", ""), count) for form, count in pages.items()]
        self._near = near or {}

    def written(self, key: str) -> list[Written]:
        return [each for each in self._written if each.key == key]

    def beginning(self, prefix: str, limit: int) -> list[Written]:
        return [each for each in self._written if each.key.startswith(prefix)][:limit]

    def near(self, key: str, limit: int) -> list[Near]:
        return [Near(form, fold(form), 5, 1) for typed, form in self._near.items() if typed == key]


def found(typed: str, effort: Effort, words: Words) -> list[str]:
    return [text.text for text in texts(understand(typed), effort, words)]


def test_what_was_typed_is_asked_for_first_even_where_no_word_is_known() -> None:
    assert [Text("clean water", 1.0)] == texts(understand("clean water"), Effort.WORDS, Words())


def test_spellings_that_libzim_tells_apart_are_asked_for_as_the_pack_has_them() -> None:
    assert ["lodz", "łódź"] == found("lodz", Effort.WORDS, Words(łódź=3, łódka=1))
    assert ["كتاب", "کتاب"] == found("كتاب", Effort.WORDS, Words(کتاب=3))


def test_an_accent_is_none_of_these_since_libzim_drops_it() -> None:
    assert ["securite"] == found("securite", Effort.WORDS, Words(sécurité=3))


def test_an_unfinished_word_is_completed_but_only_the_last_one() -> None:
    assert ["clean wat", "clean water"] == found("clean wat", Effort.WORDS, Words(cleaning=4, clean=9, water=3))


def test_a_word_that_the_pack_has_is_not_taken_for_another() -> None:
    words = Words(near={"form": "from", "watr": "water"}, form=7)

    assert ["form water"] == found("form watr", Effort.NEAR, words)


def test_some_of_the_words_are_asked_for_without_the_commonest_first() -> None:
    words = Words(the=90, water=9, boils=1)

    asked = found("the water boils", Effort.ANY, words)

    assert ["water boils", "the boils", "the water", "boils", "water", "the"] == asked


def test_there_are_never_many() -> None:
    words = Words(**{f"wat{letter}": 1 for letter in "abcdefghij"})

    assert len(found("water wat", Effort.WORDS, words)) <= 8
