"""Versions are never changed and never lost unnoticed; drafts keep what was typed; there are bounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

import pytest

from content_packs.errors import BadInput
from ideascube.box_db.creation_drafts import MOST_OF_ONE, drop_drafts, load_drafts
from ideascube.box_db.creations import (
    MOST_VERSIONS,
    Conflict,
    Filter,
    Saved,
    change_state,
    erase,
    keep_draft,
    list_creations,
    load,
    load_draft,
    load_shown,
    load_version,
    new_creation,
    publish_due,
    save_version,
    versions,
)
from ideascube.box_db.database import box_database, transaction
from ideascube.creations.model import State, fields_of
from ideascube.creations.states import Deed
from tests.creations.making import AMINA, BASMA, do, fields, made, published


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Connection]:
    with box_database(tmp_path / "box.db") as connection:
        yield connection


def test_who_saves_on_what_is_not_the_newest_is_told_and_nothing_is_written(box: Connection):
    water = made(box)

    assert Saved(2) == save_version(box, water, 1, fields("Basma's"), BASMA)
    conflict = save_version(box, water, 1, fields("Amina's"), AMINA)
    assert isinstance(conflict, Conflict)
    assert ("Basma's", [2, 1]) == (conflict.newest.title, [each.number for each in versions(box, water)])


def test_a_form_that_is_sent_twice_makes_one_version(box: Connection):
    water = made(box)

    assert [Saved(2), Saved(2)] == [save_version(box, water, 1, fields("Again"), AMINA) for _ in range(2)]


def test_a_version_stays_as_it_was_and_can_be_returned_to(box: Connection):
    water = made(box, fields("First"))
    save_version(box, water, 1, fields("Second"), BASMA)

    first = load_version(box, water, 1)
    assert first is not None
    assert Saved(3) == save_version(box, water, 2, fields_of(first), AMINA)
    assert ["First", "Second", "First"] == [load_version(box, water, n).title for n in (1, 2, 3)]  # type: ignore[union-attr]
    assert [(3, 2, AMINA.id), (2, 1, BASMA.id), (1, 0, AMINA.id)] == [
        (each.number, each.based_on, each.person) for each in versions(box, water)
    ]


def test_who_publishes_what_was_changed_meanwhile_is_told(box: Connection):
    water = made(box, person=BASMA)
    save_version(box, water, 1, fields("Changed after it was read"), BASMA)

    assert isinstance(change_state(box, water, Deed.PUBLISH, 1), Conflict)
    assert load_shown(box, water) is None


def test_readers_see_the_published_version_while_a_newer_one_waits(box: Connection):
    water = published(box, fields("Old"))
    save_version(box, water, 1, fields("New"), BASMA)
    do(box, water, Deed.SUBMIT)

    shown, newest = load_shown(box, water), load(box, water)
    assert shown is not None
    assert newest is not None
    assert ("Old", "New", State.WAITING) == (shown.title, newest.title, newest.state)


def test_versions_are_bounded_and_the_first_and_the_published_stay(box: Connection):
    water = published(box, fields("0"))
    with transaction(box):
        for number in range(1, MOST_VERSIONS + 60):
            save_version(box, water, number, fields(str(number)), AMINA)
    do(box, water, Deed.PUBLISH)

    kept = [each.number for each in versions(box, water)]
    assert len(kept) <= MOST_VERSIONS
    assert (MOST_VERSIONS + 60, 1) == (kept[0], kept[-1])


def test_what_is_scheduled_follows_mediators_and_nobody_else(box: Connection):
    water = made(box, fields("Seen"), BASMA)
    do(box, water, Deed.SCHEDULE, publish_at=1)
    save_version(box, water, 1, fields("Unseen"), BASMA)

    assert [water] == publish_due(box)
    shown = load_shown(box, water)
    assert shown is not None
    assert "Seen" == shown.title
    assert [] == publish_due(box)


def test_a_mediators_change_of_what_is_scheduled_is_published(box: Connection):
    water = made(box)
    do(box, water, Deed.SCHEDULE, publish_at=1)
    save_version(box, water, 1, fields("Better"), AMINA)

    publish_due(box)
    now = load_shown(box, water)
    assert now is not None
    assert ("Better", State.PUBLISHED, None) == (now.title, now.state, now.publish_at)


def test_only_what_nobody_sees_can_be_erased(box: Connection):
    water = published(box)
    erase(box, water)
    assert load_shown(box, water) is not None

    do(box, water, Deed.WITHDRAW)
    erase(box, water)
    assert load(box, water) is None
    assert 0 == box.execute("SELECT count(*) FROM creation_version").fetchone()[0]


@pytest.mark.parametrize("said", [fields("x" * 10_000), fields(language="no such", texts={})])
def test_the_database_takes_nothing_beyond_its_bounds(box: Connection, said):
    water = made(box)

    with pytest.raises(BadInput):
        new_creation(box, said, AMINA)
    with pytest.raises(BadInput):
        save_version(box, water, 1, said, AMINA)
    with pytest.raises(BadInput):
        keep_draft(box, water, 1, "page", 1, 1, said)


def test_the_later_turn_of_an_open_page_is_kept_whichever_comes_first(box: Connection):
    water = made(box)

    assert keep_draft(box, water, 1, "page", 1, 2, fields("Later"))
    assert not keep_draft(box, water, 1, "page", 1, 1, fields("Earlier"))
    assert keep_draft(box, water, 2, "page", 1, 1, fields("Somebody else's"))
    draft = load_draft(box, water, 1)
    assert draft is not None
    assert "Later" == draft.fields.texts["en"].title
    assert not keep_draft(box, "nothing", 1, "page", 1, 1, fields())


def test_drafts_are_bounded_and_dropped_once_they_are_saved(box: Connection):
    water = made(box)
    for number in range(MOST_OF_ONE + 5):
        keep_draft(box, water, 1, f"page {number}", 1, 1, fields())

    assert MOST_OF_ONE == len(load_drafts(box, water, 1))
    drop_drafts(box, water, 1, f"page {MOST_OF_ONE}")
    assert MOST_OF_ONE - 1 == len(load_drafts(box, water, 1))
    drop_drafts(box, water, 1)
    assert load_draft(box, water, 1) is None


def test_lists_choose_by_what_is_asked(box: Connection):
    draft = made(box, fields("Étoile du matin", kind="story", language="fr"), BASMA)
    shown = published(box, fields("Water", tags=("water",)))

    def found(**wanted: object) -> set[str]:
        return {line.id for line in list_creations(box, Filter(**wanted)).lines}  # type: ignore[arg-type]

    assert {draft} == found(text="etoile") == found(owner=BASMA.id) == found(kind="story") == found(language="fr")
    assert {shown} == found(tag="water") == found(shown=True) == found(state=State.PUBLISHED)
    assert set() == found(text="' OR 1=1 --") == found(tag="%") == found(kind="{{7*7}}")
