"""What the first page says, by who asks. Pure."""

from __future__ import annotations

from gettext import NullTranslations

import pytest

from ideascube.people.rights import RIGHTS, Person, Role
from ideascube.web.i18n import LANGUAGES, translations
from ideascube.workspace.sections import all_groups, current, groups_of
from ideascube.workspace.waiting import LITTLE_ROOM, Counts, Line, OfBox, lines_for, tools_for

WORDS: NullTranslations = translations("en")
MUCH = OfBox(free=LITTLE_ROOM)
ALL = Counts(returned=1, drafts=2, unsaved=1, sent=1, failed=3, to_review=4, flagged=1, overdue=1)


def person(role: Role) -> Person:
    return Person(1, "Amina", role)


def lines(role: Role, counts: Counts = ALL, box: OfBox = MUCH) -> list[Line]:
    return lines_for(person(role), counts, box, WORDS, lambda size: f"{size} bytes")


def test_who_has_nothing_to_do_is_told_nothing():
    assert [] == lines(Role.OPERATOR, Counts())


def test_a_mediator_sees_first_what_hurts_others_and_then_what_others_wait_for():
    shown = [line.text for line in lines(Role.MEDIATOR)]

    assert ["Learners flagged 1 page: look at it", "4 things wait for your answer"] == shown[:2]
    assert len(shown) == 8


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.CURATOR])
def test_who_may_not_review_sees_their_own_things_alone(role: Role):
    texts = [line.text for line in lines(role, box=OfBox(free=1, problems=5))]

    assert "1 thing came back to you with a word" == texts[0]
    assert 5 == len(texts)


def test_little_room_and_what_does_not_work_are_told_to_who_can_do_something():
    told = lines(Role.MEDIATOR, Counts(), OfBox(free=LITTLE_ROOM - 1, problems=2))

    assert ["/staff/problems", ""] == [line.address for line in told]
    assert all(line.is_bad for line in told)
    assert "1999999999 bytes" in told[1].text


@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        (Role.CONTRIBUTOR, ["/staff/write", "/staff/upload"]),
        (Role.CURATOR, ["/staff/courses", "/staff/write", "/staff/upload"]),
        (Role.MEDIATOR, ["/staff/write", "/staff/upload", "/staff/courses", "/staff/home"]),
        (Role.OPERATOR, ["/staff/write", "/staff/upload", "/staff/courses", "/staff/home"]),
    ],
)
def test_what_somebody_does_most_stands_first(role: Role, addresses: list[str]):
    assert addresses == [tool.address for tool in tools_for(person(role), WORDS)]


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_has_what_somebody_may_use_and_nothing_else(role: Role):
    menu = [section for group in groups_of(person(role), "en") for section in group.sections]
    everything = [section for group in all_groups("en") for section in group.sections]

    assert [section for section in everything if section.right in RIGHTS[role]] == menu
    assert all(groups.sections for groups in groups_of(person(role), "en"))


def test_a_page_belongs_to_the_nearest_section():
    groups = groups_of(person(Role.OPERATOR), "en")

    assert "/staff/review" == current(groups, "/staff/review/abcdefghij")
    assert "" == current(groups, "/staff/reviewers")
    assert "" == current(groups, "/staff")


def test_no_two_sections_share_an_address_or_a_name():
    for language in LANGUAGES:
        sections = [section for group in all_groups(language) for section in group.sections]
        assert len(sections) == len({section.address for section in sections})
    assert len(sections) == len({section.label for section in all_sections("en")})


def all_sections(language: str):
    return [section for group in all_groups(language) for section in group.sections]
