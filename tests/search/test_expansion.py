from __future__ import annotations

from collections.abc import Mapping

from content_packs.text import fold
from ideascube.search.asked import Effort, understand
from ideascube.search.expansion import texts, title_texts
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


def test_some_words_are_few_texts_however_many_were_typed() -> None:
    typed = "one two three four five six seven eight nine ten"

    asked = found(typed, Effort.ANY, Words(**dict.fromkeys(typed.split(), 5)))

    assert len(asked) == len(set(asked)) <= 8


def test_words_that_the_pack_lacks_are_left_out_first() -> None:
    asked = found("water boils qqq", Effort.ANY, Words(water=9, boils=1))

    assert ["water boils", "qqq", "boils", "water"] == asked


def test_pairs_of_signs_tell_which_sign_is_wrong() -> None:
    pairs = ("河水", "水饮", "饮用", "必须", "须煮", "煮沸")

    assert (
        "河水 水饮 饮用 必须 须煮 煮沸" == found("河水饮用钱必须煮沸", Effort.NEAR, Words(**dict.fromkeys(pairs, 1)))[0]
    )


def test_where_all_pairs_are_known_the_rarest_sign_is_the_likeliest_to_be_wrong() -> None:
    asked = found("水饮用前", Effort.NEAR, Words(水饮=9, 饮用=1, 用前=8))

    assert ["用前", "水饮"] == asked[:2]


def test_a_lone_sign_cannot_be_wrong() -> None:
    assert [] == found("水", Effort.NEAR, Words(水=3))


def test_titles_are_completed_by_their_index_but_for_other_spellings() -> None:
    words = Words(łódź=3, lody=2, lodówka=1)

    assert ["lod", "łódź"] == [text.text for text in title_texts(understand("lod"), words)]
