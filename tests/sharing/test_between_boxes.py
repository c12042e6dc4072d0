"""Creations between boxes: what is shared on one is on the other; what was changed on both is kept twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ideascube.box_db.box_facts import NAME, set_fact
from ideascube.box_db.creations import change_state, erase
from ideascube.box_db.made_here import take_back
from ideascube.box_db.sharing import Both, load_both, put_together
from ideascube.box_db.sharing_lists import count_beside
from ideascube.creations.merging import merge
from ideascube.creations.model import Consent, State, fields_of
from ideascube.creations.states import Deed
from ideascube.sharing.versions import box_of
from tests.creations.making import AMINA, fields
from tests.sharing.boxes import SharingBox, a_box, exchange, name_on


@pytest.fixture
def boxes(tmp_path: Path) -> tuple[SharingBox, SharingBox, SharingBox]:
    return a_box(tmp_path, "Agadez"), a_box(tmp_path, "Bria"), a_box(tmp_path, "Kakuma")


def test_what_is_shared_is_published_on_the_other_box_as_it_was_written(boxes: tuple[SharingBox, ...]) -> None:
    a, b, _ = boxes
    said = fields(
        tags=("water",), author="Mariam", source="Her mother", consent=Consent("given", "I asked all of them.")
    )
    creation = a.shared(said)

    exchange(a, b)

    here = b.here(name_on(a, creation))
    shown = b.shown(here)
    assert shown is not None
    assert (creation, 0, State.PUBLISHED) == (here, shown.owner, shown.state)
    assert (said.texts, said.body, said.tags, said.author) == (shown.texts, shown.body, shown.tags, shown.author)
    assert Consent("given", "Agadez") == shown.consent  # who asked whom stays on the box
    assert "Agadez" == b.row(name_on(a, creation)).box_name
    assert "I asked" not in "".join(path.read_text() for path in (a.data.outbox / "files").iterdir())


def test_what_a_box_without_a_name_made_is_known_by_its_number(boxes: tuple[SharingBox, ...]) -> None:
    a, b, _ = boxes
    a.do(set_fact, NAME, "")
    creation = a.shared(fields())

    exchange(a, b)

    assert box_of(name_on(a, creation)) == b.row(name_on(a, creation)).box_name


def test_only_what_was_chosen_and_may_be_seen_leaves_the_box(boxes: tuple[SharingBox, ...]) -> None:
    a, _, _ = boxes
    not_chosen = a.published()
    for_staff = a.published(fields(audience="staff"))
    consent_missing = a.published(fields(consent=Consent("missing")))

    tried = [a.share(for_staff), a.share(consent_missing)]
    a.pack()

    assert [False, False] == tried
    assert ["counters.box.json"] == [*a.parcels()]
    assert a.shown(not_chosen) is not None


def test_a_newer_version_follows_and_an_older_one_changes_nothing(boxes: tuple[SharingBox, ...]) -> None:
    a, b, c = boxes
    creation = a.shared()
    exchange(a, b)
    a.pack()
    old = a.parcels()[f"creation.{name_on(a, creation)}.json"]
    old_document = (a.data.root / old["files"][0]["path"]).read_bytes()
    a.change(creation, title="Cleaner water")

    exchange(a, b)
    exchange(a, c)
    (c.data.inbox / "files" / old["files"][0]["sha256"]).write_bytes(old_document)  # the old one, by a slow stick
    (c.data.inbox / "parcels" / f"{a.id}.creation.{old['id']}.json").write_text(json.dumps({**old, "accepted": True}))
    c.take_in()

    assert ("Cleaner water", 2) == (b.newest(creation).title, b.newest(creation).version)
    assert ("Cleaner water", 1) == (c.newest(creation).title, c.newest(creation).version)
    assert [*(c.data.inbox / "parcels").iterdir()] == []


def test_what_came_from_a_stick_waits_to_be_looked_at_until_it_is_accepted(boxes: tuple[SharingBox, ...]) -> None:
    a, b, _ = boxes
    creation = a.shared()

    exchange(a, b, accepted=False)
    waiting = b.newest(creation).state, b.shown(creation)
    exchange(a, b, accepted=True)

    assert (State.WAITING, None) == waiting
    assert State.PUBLISHED == b.newest(creation).state
    assert b.shown(creation) is not None


def test_what_both_changed_is_kept_twice_and_put_together_reaches_both(boxes: tuple[SharingBox, ...]) -> None:
    a, b, _ = boxes
    creation = a.shared(fields(body="<p>Boil it.</p><p>Let it cool.</p>"))
    exchange(a, b)
    assert b.share(creation)
    a.change(creation, body="<p>Boil it for a minute.</p><p>Let it cool.</p>")
    b.change(creation, body="<p>Boil it.</p><p>Let it cool under a cloth.</p>")

    exchange(a, b)
    exchange(b, a)

    assert [1, 1] == [len(box.others(creation)) for box in (a, b)]
    assert [True, False] == ["for a minute" in box.newest(creation).body for box in (a, b)]

    both: Both = a.do(load_both, creation)
    merged = merge(both.base, fields_of(both.newest), both.other.fields)
    a.do(put_together, both, merged.fields, AMINA)
    a.do(change_state, creation, Deed.PUBLISH, a.newest(creation).version)
    exchange(a, b)
    exchange(b, a)

    assert merged.is_whole
    assert "for a minute" in merged.fields.body
    assert "under a cloth" in merged.fields.body
    assert [merged.fields.body] * 2 == [box.newest(creation).body for box in (a, b)]
    assert [0, 0] == [len(box.others(creation)) for box in (a, b)]


def test_the_same_change_on_both_is_no_conflict(boxes: tuple[SharingBox, ...]) -> None:
    a, b, _ = boxes
    creation = a.shared()
    exchange(a, b)
    assert b.share(creation)
    a.change(creation, title="Cleaner water")
    b.change(creation, title="Cleaner water")

    exchange(a, b)
    exchange(b, a)

    assert [[], []] == [a.others(creation), b.others(creation)]


def test_taken_back_it_is_gone_elsewhere_but_what_was_changed_there_stays_for_mediators(
    boxes: tuple[SharingBox, ...],
) -> None:
    a, b, c = boxes
    creation = a.shared()
    exchange(a, b)
    exchange(a, c)
    c.change(creation, title="Water in Kakuma")
    a.share(creation, is_shared=False)

    exchange(a, b)
    exchange(a, c)

    assert b.row(name_on(a, creation)).creation is None
    assert (State.WITHDRAWN, None) == (c.newest(creation).state, c.shown(creation))
    assert "Water in Kakuma" == c.newest(creation).title
    assert a.shown(creation) is not None  # its own readers go on


def test_what_two_other_boxes_changed_is_theirs_to_put_together(boxes: tuple[SharingBox, ...]) -> None:
    a, b, c = boxes
    creation = a.shared()
    for box in (b, c):
        exchange(a, box)
    b.share(creation)
    a.change(creation, title="Water of Agadez")
    b.change(creation, title="Water of Bria")
    for sender, receiver in ((b, c), (a, c), (b, a)):
        exchange(sender, receiver)
    kept = len(c.others(creation))
    told = [box.do(count_beside) for box in (a, c)]

    both = a.do(load_both, creation)
    a.do(put_together, both, both.other.fields, AMINA)
    a.do(change_state, creation, Deed.PUBLISH, a.newest(creation).version)
    exchange(a, c)

    assert (1, [1, 0]) == (kept, told)
    assert (0, "Water of Bria", 2) == (len(c.others(creation)), c.newest(creation).title, c.newest(creation).version)


def test_taken_back_by_its_box_nothing_of_it_waits_to_be_put_together(boxes: tuple[SharingBox, ...]) -> None:
    a, b, _ = boxes
    creation = a.shared()
    exchange(a, b)
    a.change(creation, title="Water of Agadez")
    b.change(creation, title="Water of Bria")
    exchange(a, b)
    waiting = len(b.others(creation))
    a.share(creation, is_shared=False)
    exchange(a, b)

    assert [1, 0] == [waiting, len(b.others(creation))]
    assert "Water of Bria" == b.newest(creation).title


def test_shared_again_it_comes_back(boxes: tuple[SharingBox, ...]) -> None:
    a, b, _ = boxes
    creation = a.shared()
    exchange(a, b)
    a.share(creation, is_shared=False)
    exchange(a, b)
    a.share(creation)
    exchange(a, b)

    assert "Clean water" == b.newest(b.here(name_on(a, creation))).title


def test_what_readers_no_longer_see_is_withdrawn_from_the_others_too(boxes: tuple[SharingBox, ...]) -> None:
    a, b, _ = boxes
    creation, erased = a.shared(), a.shared(fields("Old water"))
    exchange(a, b)

    a.do(take_back, creation, AMINA)
    a.do(take_back, erased, AMINA)
    a.do(erase, erased)
    exchange(a, b)

    parcel = a.parcels()[f"creation.{name_on(a, erased)}.json"]
    assert ("withdrawn", [], {}) == (parcel["state"], parcel["files"], parcel["title"])
    assert [None, None] == [b.row(name_on(a, each)).creation for each in (creation, erased)]


def test_what_somebody_threw_away_here_does_not_come_back(boxes: tuple[SharingBox, ...]) -> None:
    a, b, _ = boxes
    creation = a.shared()
    exchange(a, b)
    b.do(take_back, creation, AMINA)
    b.do(erase, creation)

    a.change(creation, title="Cleaner water")
    exchange(a, b)

    assert b.row(name_on(a, creation)).creation is None


def test_what_a_mediator_took_from_readers_here_is_not_shown_again_by_a_newer_version(
    boxes: tuple[SharingBox, ...],
) -> None:
    a, b, _ = boxes
    creation = a.shared()
    exchange(a, b)
    b.do(take_back, creation, AMINA)

    a.change(creation, title="Cleaner water")
    exchange(a, b)

    assert ("Cleaner water", None) == (b.newest(creation).title, b.shown(creation))


def test_translations_stay_translations_of_each_other_whichever_comes_first(boxes: tuple[SharingBox, ...]) -> None:
    a, b, c = boxes
    original = a.published()
    translation = a.shared(fields("Eau propre", language="fr"), work=original)

    exchange(a, b)
    a.share(original)
    exchange(a, b)
    exchange(a, c)

    for box in (b, c):
        assert box.newest(original).work == box.newest(translation).work


def test_a_translation_made_elsewhere_comes_home_to_its_original(boxes: tuple[SharingBox, ...]) -> None:
    a, b, _ = boxes
    original = a.shared()
    exchange(a, b)
    translation = b.shared(fields("Eau propre", language="fr"), work=b.newest(original).work)

    exchange(b, a)

    assert original == a.newest(translation).work
