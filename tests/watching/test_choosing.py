"""Which subtitles are on, where a player starts, what comes next."""

from __future__ import annotations

from typing import Any

import pytest

from content_packs.items import Item
from ideascube.items.wording import best_of, in_language
from ideascube.progress.places import Place
from ideascube.watching.choosing import Start, next_of, others_of, start_of, switched_on


def film(name: str, **facts: Any) -> Item:
    return Item(path=f"{name}.mp4", kind="film", title={"fr": name}, **facts)


def names(items: list[Item]) -> list[str]:
    return [item.path.removesuffix(".mp4") for item in items]


PACK = [
    film("a", part_of="Water"),
    film("b"),
    Item(path="guide.pdf", kind="document", title={}),
    film("c", part_of="Water"),
    Item(path="d.mp4", kind="audio", title={}),
]


class TestSubtitles:
    @pytest.mark.parametrize(
        ("subtitles", "spoken", "liked", "on"),
        [
            ("fr ar", "", "ar fr", "ar"),
            ("fr ar", "", "sw", ""),
            ("fr en", "en", "fr en", "fr"),
            ("fr en", "en", "en fr", ""),
            ("en", "fr", "fr en", ""),
            ("pt-BR fr", "", "pt", "pt-BR"),
            ("pt fr", "", "pt-br pt", "pt"),
            ("fr", "fr-CA", "fr", ""),
            ("", "", "fr", ""),
        ],
    )
    def test_the_visitors_own_are_on_unless_they_understand_the_film(
        self, subtitles: str, spoken: str, liked: str, on: str
    ) -> None:
        assert on == switched_on(subtitles.split(), spoken, liked.split())


class TestStart:
    @pytest.mark.parametrize(
        ("asked", "at", "start"),
        [
            ("", 0, Start(0)),
            ("", 9, Start(0)),
            ("", 205.7, Start(205, goes_on=True)),
            ("", 590, Start(0)),
            ("", 600, Start(0)),
            ("95", 205, Start(95)),
            ("95.5", 0, Start(95)),
            ("0", 205, Start(0)),
            ("-3", 205, Start(205, goes_on=True)),
            ("1:35", 0, Start(0)),
            ("9999999", 0, Start(0)),
            ("٩٥", 0, Start(0)),
        ],
    )
    def test_at_the_second_that_is_asked_for_else_where_one_stopped(self, asked: str, at: float, start: Start) -> None:
        assert start == start_of(asked, Place("film", "pack", "a.mp4", at, 600))

    @pytest.mark.parametrize(
        ("of", "at", "goes_on"), [(56, 45, True), (56, 52, False), (7200, 7130, True), (7200, 7141, False)]
    )
    def test_what_was_seen_to_its_last_seconds_starts_again(self, of: float, at: float, goes_on: bool) -> None:
        assert goes_on == start_of("", Place("film", "pack", "a.mp4", at, of)).goes_on

    def test_one_goes_on_where_the_length_is_not_known(self) -> None:
        assert Start(700, goes_on=True) == start_of("", Place("film", "pack", "a.mp4", 700, 0))

    def test_who_has_not_begun_starts_at_the_beginning(self) -> None:
        assert Start(0) == start_of("", None)


class TestNext:
    @pytest.mark.parametrize(("item", "following"), [(0, "c"), (1, "c"), (3, "d"), (4, None)])
    def test_is_the_next_of_its_series_else_of_the_pack(self, item: int, following: str | None) -> None:
        found = next_of(PACK, PACK[item])

        assert following == (names([found])[0] if found else None)

    def test_a_film_that_is_in_no_list_has_none(self) -> None:
        assert None is next_of(PACK, film("stranger"))
        assert None is next_of([], film("stranger"))

    def test_the_others_are_those_that_are_played_what_follows_first(self) -> None:
        assert ["d", "a"] == names(others_of(PACK, PACK[1]))
        assert ["b"] == names(others_of(PACK, PACK[4], most=2))[1:]

    def test_a_pack_of_very_many_takes_no_longer_for_each(self) -> None:
        """Time that grows with the square of their number would be a minute here."""
        many = [film(str(number)) for number in range(20_000)]

        assert ["15002", "15003"] == names(others_of(many, many[15_000], most=2))


class TestWording:
    def test_a_text_is_in_the_language_that_is_liked_best_else_in_any(self) -> None:
        texts = {"fr": "eau", "ar": "ماء"}

        assert [("ماء", "ar"), ("eau", "fr"), ("eau", "fr"), ("", "")] == [
            in_language(texts, ["sw", "ar"]),
            in_language(texts, ["fr-CA"]),
            in_language(texts, ["sw"]),
            in_language({}, ["fr"]),
        ]

    def test_the_exact_language_goes_before_its_sisters(self) -> None:
        assert "pt" == best_of(["pt-BR", "pt"], ["pt"])
        assert "pt-BR" == best_of(["pt", "pt-BR"], ["pt-br"])
