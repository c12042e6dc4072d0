"""What a plan does about each pack, and why not. Everything is asked of `plan` itself, which touches nothing."""

from __future__ import annotations

from typing import Any

import pytest

from provisioning.offers import Offer
from provisioning.planning import (
    Allowance,
    Do,
    Errand,
    Holding,
    Hours,
    Link,
    Metered,
    Plan,
    Rulings,
    Space,
    Want,
    Window,
    Wishes,
    Withdrawal,
    plan,
)
from provisioning.planning.keys import delta_key, key_of
from tests.provisioning.planning.making import MB, ROOMY, delta, holding, identity, offer


def planned(
    *things: Holding | Offer, wants: tuple[Want, ...] = (), wishes: dict[str, Any] | None = None, **given: Any
) -> Plan:
    """The plan with these packs here and on offer."""
    here = [each for each in things if isinstance(each, Holding)]
    offers = [each for each in things if isinstance(each, Offer)]
    return plan(Wishes(packs=wants, **(wishes or {})), here, offers, **{"space": ROOMY, **given})


def deeds(made: Plan) -> list[tuple[Do, str]]:
    return [(step.do, step.id) for step in made.steps]


def reasons(made: Plan) -> dict[str, str]:
    return {each.id: each.code for each in made.left_out}


# What is wanted


def test_a_pack_that_is_wanted_and_not_here_is_fetched():
    made = planned(offer("wells"), offer("jars"), wants=(Want("wells", line=3),))

    assert [(Do.PACK, "wells")] == deeds(made)
    assert "It is wanted by box.yml, line 3, and not here." == made.steps[0].why


def test_packs_are_picked_by_pattern_language_and_kind():
    offers = (offer("wells_fr"), offer("wells_ar", languages=("ar",)), offer("film", kind="film", languages=("ar",)))

    assert ["wells_ar", "wells_fr"] == [step.id for step in planned(*offers, wants=(Want("wells_*"),)).steps]
    assert ["wells_ar", "film"] == [step.id for step in planned(*offers, wants=(Want(languages=("ar",)),)).steps]
    assert ["film"] == [step.id for step in planned(*offers, wants=(Want(kinds=("film", "audio")),)).steps]
    assert ["film"] == [
        step.id for step in planned(*offers, wants=(Want("*", languages=("ar",), kinds=("film",)),)).steps
    ]


def test_what_no_catalogue_offers_is_told_with_the_line():
    made = planned(offer("wells"), wants=(Want("wels", line=7), Want("jars_*", line=8)))

    assert {"wels": "unknown", "jars_*": "unknown"} == reasons(made)
    assert made.left_out[1].why.startswith("box.yml, line 7: no catalogue offers it.")


def test_without_wishes_only_what_is_here_is_kept_up_to_date():
    made = planned(holding("wells"), offer("wells"), offer("jars"))

    assert [(Do.PACK, "wells")] == deeds(made)
    assert "Version 2026-10-01 is to come in place of 2026-09-01." == made.steps[0].why


def test_updates_of_what_no_entry_names_can_be_switched_off():
    made = planned(holding("wells"), offer("wells"), wishes={"updates": False})

    assert [] == deeds(made)
    assert {"wells": "updates"} == reasons(made)


def test_what_is_absent_leaves_unless_it_was_made_here():
    made = planned(
        holding("wells"), holding("ours", is_own=True), offer("wells"), wants=(Want("*", absent=True, line=2),)
    )

    assert [(Do.REMOVE, "wells")] == deeds(made)
    assert {"ours": "own"} == reasons(made)


def test_the_most_particular_entry_decides():
    offers = (offer("wells_maxi"), offer("wells_mini"), offer("jars_maxi"))
    wants = (Want("*", priority=7), Want("*_maxi", absent=True), Want("jars_maxi", priority=2))

    made = planned(*offers, wants=wants)

    assert [("jars_maxi", 2), ("wells_mini", 7)] == [(step.id, step.priority) for step in made.steps]


def test_a_pack_that_was_renamed_is_found_by_its_old_name():
    signed = offer("wells", aliases=("puits",))

    assert [(Do.PACK, "wells")] == deeds(planned(signed, wants=(Want("puits"),)))
    assert [(Do.PACK, "wells")] == deeds(
        planned(offer("wells"), wants=(Want("puits"),), rulings=Rulings(aliases={"puits": "wells"}))
    )
    assert [(Do.PACK, "puits")] == deeds(planned(holding("puits"), signed))


def test_an_unsigned_catalogue_cannot_give_its_pack_the_name_of_another():
    made = planned(holding("wells"), offer("evil", catalogue="web", aliases=("wells",)))

    assert [] == deeds(made)
    assert {"wells": "current"} == reasons(made)


@pytest.mark.parametrize("name", ["evil", "zevil"])  # before and after the pack in the alphabet
@pytest.mark.parametrize("aliases", [{}, {"wells": "evil"}, {"wells": "zevil"}])
def test_another_organisation_cannot_give_its_pack_the_name_of_one_that_is_offered(name: str, aliases: dict[str, str]):
    theirs = offer("wells", "2026-01-01")
    evil = offer(name, "2026-10-01", catalogue="other", is_signed=True, aliases=("wells",))

    made = planned(evil, theirs, wants=(Want("wells"),), rulings=Rulings(aliases=aliases))

    assert [("wells", "hub")] == [(step.id, step.offer.catalogue) for step in made.steps]


def test_a_file_that_kiwix_dates_is_the_pack_without_a_date():
    here = holding("wiki_fr_maxi_2026-09", name="wiki_fr")
    new = offer("wiki_fr_maxi", catalogue="kiwix", name="wiki_fr")

    assert [(Do.PACK, "wiki_fr_maxi_2026-09")] == deeds(planned(here, new))
    assert [(Do.PACK, "wiki_fr_maxi_2026-09")] == deeds(
        planned(here, offer("wiki_fr_maxi_2026-10", catalogue="kiwix", name="wiki_fr"))
    )


# Which version


def test_signed_goes_before_unsigned_then_the_newest_then_the_cheapest():
    signed = offer("wells", "2026-08-01")
    newer = offer("wells", "2026-10-01", catalogue="web")
    cheap = offer("wells", "2026-10-01", size=10, catalogue="near")

    assert ["hub"] == [step.offer.catalogue for step in planned(newer, signed, cheap, wants=(Want("wells"),)).steps]
    assert ["near"] == [step.offer.catalogue for step in planned(newer, cheap, wants=(Want("wells"),)).steps]


def test_an_older_version_is_refused():
    made = planned(holding("wells", "2026-09-01"), offer("wells", "2026-08-01"))

    assert [] == deeds(made)
    assert "2026-08-01 of hub is older than 2026-09-01, which is here." == made.left_out[0].why


def test_a_pinned_version_is_fetched_even_if_it_is_older_and_kept():
    old, new = offer("wells", "2026-08-01", catalogue="old"), offer("wells", "2026-10-01")
    wants = (Want("wells", version="2026-08"),)

    made = planned(holding("wells"), old, new, wants=wants)

    assert [("2026-08-01", True)] == [(step.offer.manifest.date, step.is_older) for step in made.steps]
    assert {"wells": "current"} == reasons(planned(holding("wells", "2026-08-01"), old, new, wants=wants))
    assert {"wells": "pinned"} == reasons(planned(holding("wells"), new, wants=wants))


def test_what_came_signed_is_not_replaced_by_what_is_not_unless_a_person_names_it():
    here = holding("wells", catalogue="hub", is_signed=True)
    unsigned = offer("wells", catalogue="web")

    assert {"wells": "unsigned"} == reasons(planned(here, unsigned))
    assert [(Do.PACK, "wells")] == deeds(planned(here, unsigned, wants=(Want("wells", catalogue="web"),)))


def test_what_one_organisation_signed_another_one_does_not_replace_unless_a_person_names_it():
    here = holding("wells", catalogue="hub", is_signed=True)
    other = offer("wells", catalogue="other", is_signed=True)
    both = Rulings(signing=frozenset({"hub", "other"}))

    assert {"wells": "catalogue"} == reasons(planned(here, other, rulings=both))
    assert [(Do.PACK, "wells")] == deeds(planned(here, other, rulings=Rulings(signing=frozenset({"other"}))))
    assert [(Do.PACK, "wells")] == deeds(planned(here, other, rulings=both, wants=(Want("wells", catalogue="other"),)))


@pytest.mark.parametrize(
    ("rulings", "code"),
    [
        (Rulings(held_back=frozenset({("hub", "wells")})), "held-back"),
        (Rulings(refused=frozenset({("hub", "wells")})), "refused"),
        (Rulings(withdrawn=(Withdrawal("hub", "wells"),)), "withdrawn"),
    ],
)
def test_what_was_decided_keeps_a_pack_out(rulings: Rulings, code: str):
    made = planned(offer("wells"), wants=(Want("wells"),), rulings=rulings)

    assert [] == deeds(made)
    assert {"wells": code} == reasons(made)


def test_what_its_catalogue_withdraws_leaves_and_newer_versions_stay():
    rulings = Rulings(withdrawn=(Withdrawal("hub", "wells", "2026-09-01"),))

    assert [(Do.REMOVE, "wells")] == deeds(planned(holding("wells", catalogue="hub"), rulings=rulings))
    assert [] == deeds(planned(holding("wells", "2026-09-02", catalogue="hub"), rulings=rulings))
    assert [] == deeds(planned(holding("wells"), rulings=rulings))
    assert [] == deeds(planned(holding("wells", catalogue="hub", is_own=True), rulings=rulings))


def test_what_one_catalogue_withdrew_comes_from_another_one_if_it_is_wanted():
    here, other = holding("wells", catalogue="hub"), offer("wells", catalogue="web")

    made = planned(here, other, wants=(Want("wells"),), rulings=Rulings(withdrawn=(Withdrawal("hub", "wells"),)))

    assert [(Do.REMOVE, "wells"), (Do.PACK, "wells")] == deeds(made)


def test_another_edition_of_the_same_day_is_news_and_an_earlier_one_is_not():
    here = holding("ours", "2026-09-01", catalogue="hub", edition=2, version="2026-09-01 2")

    later = offer("ours", "2026-09-01", edition=3, version="2026-09-01 3")
    earlier = offer("ours", "2026-09-01", edition=1, version="2026-09-01 1")

    assert [(Do.PACK, "ours")] == deeds(planned(here, later))
    assert [] == deeds(planned(here, earlier))


def test_what_a_person_went_back_from_is_not_installed_again():
    new = offer("wells", uuid="1" * 32)

    made = planned(holding("wells"), new, rulings=Rulings(done=frozenset({key_of(new)})))

    assert {"wells": "done"} == reasons(made)


def test_only_catalogues_that_box_yml_names_count():
    made = planned(offer("wells", catalogue="web"), wants=(Want("wells"),), wishes={"catalogues": ("hub",)})

    assert {"wells": "catalogue"} == reasons(made)


# How it gets here


def test_a_delta_is_preferred_where_its_base_is_here_and_it_is_smaller():
    new = offer("wells", deltas=(delta(1, 500), delta(2, 300)))

    made = planned(holding("wells", identities=(identity(1),)), new)

    assert [(Do.DELTA, "wells", 500)] == [(step.do, step.id, step.bytes) for step in made.steps]
    assert "Version 2026-10-01 is to come in place of 2026-09-01, by 500 B of changes." == made.steps[0].why
    assert [(Do.PACK, "wells")] == deeds(planned(holding("wells", identities=(identity(3),)), new))


def test_a_delta_that_is_larger_than_what_is_missing_of_the_whole_is_not_fetched():
    new = offer("wells", size=MB, deltas=(delta(1, 500_000),))
    here = holding("wells", identities=(identity(1),))

    made = planned(here, new, arrived={key_of(new): 900_000})

    assert [(Do.PACK, 100_000)] == [(step.do, step.bytes) for step in made.steps]


def test_deltas_lead_on_from_one_another_and_what_arrived_of_them_counts():
    first, second, direct = delta(1, 300, result=2), delta(2, 200), delta(1, 600)
    new = offer("wells", deltas=(second, direct, first))

    made = planned(holding("wells", identities=(identity(1),)), new, arrived={delta_key(new, first): 100})

    assert [(first, second)] == [step.deltas for step in made.steps]
    assert [400] == [step.bytes for step in made.steps]


def test_deltas_that_lead_in_a_circle_end_the_search():
    new = offer("wells", deltas=(delta(1, 10, result=2), delta(2, 10, result=1)))

    made = planned(holding("wells", identities=(identity(1),)), new)

    assert [(Do.PACK, "wells")] == deeds(made)


def test_a_pack_of_many_layers_becomes_one_file_after_all_else():
    made = planned(holding("wells", layers=(1,) * 5), offer("jars"), wants=(Want("jars"),))

    assert [(Do.PACK, "jars"), (Do.FLATTEN, "wells")] == deeds(made)


# In which order


def test_small_and_precious_first_films_last():
    here = holding("wells", identities=(identity(1),))
    offers = (
        offer("film", size=10, kind="film"),
        offer("large", size=9 * MB),
        offer("small", size=MB),
        offer("wells", deltas=(delta(1, 900_000),)),
    )
    errands = (
        Errand(Do.CATALOGUE, "kiwix", "Kiwix", 10),
        Errand(Do.SEND, "outbox", "What was made here", 5 * MB),
        Errand(Do.TRUST, "hub", "Hub", 9000),
    )

    made = planned(here, *offers, wants=(Want("*"),), errands=errands)

    assert ["hub", "outbox", "kiwix", "wells", "small", "large", "film"] == [step.id for step in made.steps]


def test_an_operators_priority_goes_before_size_and_kind():
    offers = (offer("film", size=9 * MB, kind="film"), offer("small"))

    made = planned(*offers, wants=(Want("film", priority=1), Want("small")))

    assert ["film", "small"] == [step.id for step in made.steps]


# What may be used


def test_a_budget_goes_to_small_things_and_the_large_one_gets_a_share_of_it():
    offers = (offer("a", size=6 * MB), offer("b", size=6 * MB), offer("large", size=900 * MB))

    made = planned(*offers, wants=(Want("*"),), allowance=Allowance(left=8 * MB))

    assert {"a": 6 * MB, "large": 2 * MB} == {step.id: step.bytes for step in made.steps}
    assert {"b": "budget"} == reasons(made)


def test_a_large_thing_of_high_priority_does_not_hold_up_small_ones():
    offers = (offer("small", size=MB), offer("film", size=900 * MB, kind="film"))

    made = planned(*offers, wants=(Want("film", priority=1), Want("small")), allowance=Allowance(left=8 * MB))

    assert {"film": 7 * MB, "small": MB} == {step.id: step.bytes for step in made.steps}


def test_nothing_is_fetched_when_the_budget_is_used_up_but_removals_go_on():
    made = planned(
        holding("old"), offer("wells"), wants=(Want("wells"), Want("old", absent=True)), allowance=Allowance(left=0)
    )

    assert [(Do.REMOVE, "old")] == deeds(made)
    assert "The budget is used up: it waits until more bytes are allowed." == made.left_out[0].why


def test_a_budget_does_not_bind_what_lies_on_a_stick():
    made = planned(
        offer("wells"), wants=(Want("wells"),), allowance=Allowance(left=0), link=Link(is_local=True, is_metered=True)
    )

    assert [(Do.PACK, "wells")] == deeds(made)


def test_what_finds_no_room_is_told_and_smaller_things_still_come():
    offers = (offer("large", size=50 * MB), offer("small", size=10 * MB))

    made = planned(*offers, wants=(Want("large", priority=1), Want("small")), space=Space(30 * MB, 10 * MB))

    assert [(Do.PACK, "small")] == deeds(made)
    assert made.left_out[0].why.startswith("It needs 50.0 MB of the disk, and 20.0 MB are left for it")


def test_previous_versions_and_what_is_removed_give_room():
    here = (holding("old", base=30 * MB), holding("wells", previous=15 * MB))
    offers = (offer("large", size=50 * MB),)
    space = Space(15 * MB, 10 * MB)

    assert {"large": "space", "wells": "current", "old": "current"} == reasons(
        planned(*here, *offers, wants=(Want("large"),), space=space)
    )
    assert [(Do.REMOVE, "old"), (Do.PACK, "large")] == deeds(
        planned(*here, *offers, wants=(Want("large"), Want("old", absent=True)), space=space)
    )


def test_what_has_arrived_needs_no_room_again():
    new = offer("wells", size=50 * MB)

    made = planned(new, wants=(Want("wells"),), space=Space(11 * MB, MB), arrived={key_of(new): 45 * MB})

    assert [5 * MB] == [step.room for step in made.steps]


def test_hours_hold_back_all_but_trust_data_until_they_begin():
    given = {
        "wants": (Want("wells"),),
        "wishes": {"hours": Hours(22 * 60, 6 * 60)},
        "errands": (Errand(Do.TRUST, "hub", "Hub", 9000),),
    }

    day, night, unknown, now = (
        planned(offer("wells"), window=Window(Hours(22 * 60, 6 * 60), minute, now=now), **given)
        for minute, now in ((720, False), (1, False), (None, False), (720, True))
    )

    assert [(Do.TRUST, "hub")] == deeds(day)
    assert "It waits for the hours that box.yml allows: 22:00-06:00." == day.left_out[0].why
    assert [(Do.TRUST, "hub"), (Do.PACK, "wells")] == deeds(night) == deeds(unknown) == deeds(now)
    assert ("The box does not know what time it is, so the hours of box.yml are not kept in this run.",) == (
        unknown.notes
    )


@pytest.mark.parametrize(
    ("metered", "fetched"),
    [(Metered.NEVER, []), (Metered.SMALL, ["small"]), (Metered.YES, ["small", "large"])],
)
def test_a_metered_link_carries_what_the_operator_allows(metered: Metered, fetched: list[str]):
    offers = (offer("small", size=MB), offer("large", size=50 * MB))

    made = planned(*offers, wants=(Want("*"),), wishes={"metered": metered}, link=Link(is_metered=True))

    assert fetched == [step.id for step in made.steps]


def test_large_things_wait_while_many_read():
    offers = (offer("small", size=MB), offer("large", size=50 * MB))

    made = planned(*offers, wants=(Want("*"),), wishes={"readers": 5}, window=Window(readers=6))

    assert ["small"] == [step.id for step in made.steps]
    assert "6 people read, more than 5: it goes on when there are fewer." == made.left_out[0].why


def test_files_on_their_way_are_kept_also_while_they_wait():
    new = offer("wells", size=50 * MB)

    made = planned(new, wants=(Want("wells"),), allowance=Allowance(left=0), arrived={key_of(new): MB})

    assert {key_of(new)} == made.keys


def test_a_file_that_calls_itself_otherwise_than_its_catalogue_does_is_not_fetched_again():
    uuid = "9676f10a-55ab-4848-8bdc-46a1f81c7f51"

    made = planned(holding("wells", uuid=uuid), offer("file-7", uuid=uuid, catalogue="web"), wants=(Want("*"),))

    assert [] == deeds(made)
    assert {"wells": "current"} == reasons(made)


def test_what_was_withdrawn_and_is_wanted_all_the_same_is_told_with_the_reason():
    rulings = Rulings(withdrawn=(Withdrawal("hub", "wells", reason="A wrong dose"),))

    (out,) = planned(wants=(Want("wells", line=3),), rulings=rulings).left_out

    assert "hub has withdrawn it (“A wrong dose”). Take it out of box.yml, line 3." == out.why
