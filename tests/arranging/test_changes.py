"""What a mediator does to the home page, and what the next one is told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ideascube.arranging import changes
from ideascube.arranging.changes import Reason, RefusedError, page_of_box
from ideascube.arranging.differences import What, differences
from ideascube.arranging.model import (
    MOST_CARDS,
    MOST_SECTIONS,
    Arrangement,
    Fill,
    Look,
    Placed,
    Section,
    default_arrangement,
    from_json,
    to_json,
)

WATER = Placed("/packs/safe-water", "Safe water", "en")
FILM = Placed("/watch/washing-hands-film/washing-hands.mp4", "Washing hands", "en")


def arranged(*sections: Section) -> Arrangement:
    return Arrangement(
        sections or (Section("a", Fill.CHOSEN), Section("b", Fill.COURSES), Section("c", Fill.LANGUAGES))
    )


def ids(arrangement: Arrangement) -> str:
    return "".join(section.id for section in arrangement.sections)


def test_sections_move_and_stay_where_they_end():
    page = arranged()

    assert "bac" == ids(changes.move_section(page, "b", -1))
    assert "acb" == ids(changes.move_section(page, "b", 1))
    assert "abc" == ids(changes.move_section(page, "a", -1))
    assert "abc" == ids(changes.move_section(page, "c", 1))
    assert "ac" == ids(changes.remove_section(page, "b"))


def test_a_section_is_added_once_and_no_more_than_there_may_be():
    page = arranged(*(Section(f"s{number}", Fill.COURSES) for number in range(MOST_SECTIONS - 1)))
    once = changes.add_section(page, Section("new", Fill.CHOSEN))

    assert "new" == once.sections[-1].id
    assert once == changes.add_section(once, Section("new", Fill.CHOSEN))
    with pytest.raises(RefusedError) as refused:
        changes.add_section(once, Section("one-more", Fill.CHOSEN))
    assert Reason.SECTIONS == refused.value.reason


def test_cards_are_added_at_the_end_and_to_a_large_section_in_front():
    both = changes.add_card(changes.add_card(arranged(), "a", WATER), "a", FILM)
    large = changes.set_section(both, replace(both.sections[0], look=Look.LARGE))
    new = Placed("/items/abcdefghij", "Of today")

    assert (WATER, FILM) == both.sections[0].cards
    assert both == changes.add_card(both, "a", WATER)
    assert (new, WATER, FILM) == changes.add_card(large, "a", new).sections[0].cards
    assert (FILM, WATER) == changes.add_card(large, "a", FILM).sections[0].cards
    assert (FILM, WATER) == changes.move_card(both, "a", FILM.address, -1).sections[0].cards
    assert (FILM,) == changes.remove_card(both, "a", WATER.address).sections[0].cards


def test_there_is_a_bound_for_cards():
    page = arranged()
    for number in range(MOST_CARDS):
        page = changes.add_card(page, "a", Placed(f"/packs/{number}"))

    with pytest.raises(RefusedError) as refused:
        changes.add_card(page, "a", WATER)
    assert Reason.CARDS == refused.value.reason


@pytest.mark.parametrize("deed", [changes.remove_section, lambda page, name: changes.add_card(page, name, WATER)])
def test_what_somebody_else_removed_is_gone(deed):
    with pytest.raises(RefusedError) as refused:
        deed(arranged(), "nowhere")
    assert Reason.GONE == refused.value.reason


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/packs/safe-water", "/packs/safe-water"),
        (" http://10.0.0.1:8080/search?q=eau ", "/search?q=eau"),
        ("http://10.0.0.1:8080", "/"),
        ("/content/wiki/A/%C3%89cole", "/content/wiki/A/%C3%89cole"),
    ],
)
def test_an_address_is_taken_as_it_is_copied(typed: str, meant: str):
    assert meant == page_of_box(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "javascript:alert(1)",
        "//evil.example/",
        "/\\evil.example",
        "/staff/people",
        "safe water",
        "/a b",
        "/" + "a" * 700,
    ],
)
def test_what_is_no_page_of_the_box_is_refused(typed: str):
    with pytest.raises(RefusedError) as refused:
        page_of_box(typed)
    assert Reason.ADDRESS == refused.value.reason


def test_titles_are_one_line_within_bounds():
    section = Section("a", Fill.CHOSEN, titles={"fr": " L’eau\n{{ 7 * 7 }}\x00 ", "ar": "  "}, most=10_000)

    checked = changes.checked(section)

    assert {"fr": "L’eau {{ 7 * 7 }}"} == checked.titles
    assert MOST_CARDS == checked.most
    with pytest.raises(RefusedError):
        changes.checked(replace(section, titles={"fr": "x" * 81}))


def test_a_section_is_for_its_readers():
    page = arranged(Section("all", Fill.COURSES), Section("fr", Fill.COURSES, languages=("fr", "ar")))

    assert ["all", "fr"] == [section.id for section in page.for_language("ar")]
    assert ["all"] == [section.id for section in page.for_language("en")]


def test_who_comes_second_is_told_what_changed():
    before = arranged(
        Section("a", Fill.CHOSEN, cards=(WATER,)), Section("b", Fill.COURSES), Section("c", Fill.LANGUAGES)
    )
    after = changes.add_card(before, "a", FILM)
    after = changes.remove_card(after, "a", WATER.address)
    after = changes.remove_section(changes.move_section(after, "c", -1), "b")
    after = changes.add_section(after, Section("d", Fill.GO_ON))

    def told(now: Arrangement) -> list[tuple[What, str, str]]:
        return [(each.what, each.section.id, each.card) for each in differences(before, now)]

    assert [
        (What.CARD_ADDED, "a", "Washing hands"),
        (What.CARD_REMOVED, "a", "Safe water"),
        (What.ADDED, "d", ""),
        (What.REMOVED, "b", ""),
    ] == told(after)
    assert [(What.MOVED, "b", "")] == told(changes.move_section(before, "b", -1))


def test_the_default_survives_writing_and_what_is_no_arrangement_is_the_default():
    page = changes.add_card(changes.add_section(default_arrangement(), Section("mine", Fill.CHOSEN)), "mine", WATER)

    assert page == from_json(to_json(page))
    for damaged in ("", "{}", "[1]", '[{"id": "a"}]', "[" * 10_000, "null"):
        assert default_arrangement() == from_json(damaged)
    assert () == from_json('[{"id": "a", "fill": "of-a-later-program", "look": "covers"}]').sections


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from([-1, 1])), max_size=12))
def test_nothing_is_lost_by_moving(moves: list[tuple[str, int]]):
    page = arranged(*(Section(name, Fill.COURSES) for name in "abcd"))
    for name, step in moves:
        page = changes.move_section(page, name, step)

    assert "abcd" == "".join(sorted(ids(page)))
