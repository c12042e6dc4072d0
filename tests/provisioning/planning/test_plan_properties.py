"""What holds of every plan, whatever is wanted, here and offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from provisioning.offers import Offer
from provisioning.planning import Allowance, Do, Holding, Plan, Rulings, Space, Step, Want, Wishes, Withdrawal, plan
from provisioning.planning.keys import key_of
from tests.provisioning.planning.making import ROOMY, delta, holding, identity, offer

IDS = ("atlas", "books", "course", "film")
DATES = ("2026-08-01", "2026-09-01", "2026-10-01", "2026-10", "")
packs, dates, sizes = st.sampled_from(IDS), st.sampled_from(DATES), st.integers(0, 50)
wants = st.builds(
    Want,
    id=st.sampled_from((*IDS, "*", "*o*", "nothing")),
    priority=st.integers(1, 9),
    version=st.sampled_from(("", "", "", "2026-09", "2026-08-01")),
    catalogue=st.sampled_from(("", "", "", "hub", "web")),
    absent=st.booleans(),
    line=st.integers(1, 99),
)
holdings = st.lists(
    st.builds(
        lambda pack, date, size, previous, layers, source, own: holding(
            pack, date, size, previous=previous, layers=(1,) * layers, identities=(identity(size),), catalogue=source,
            is_signed=source == "hub", is_own=own,
        ),
        packs, dates, sizes, sizes, st.integers(0, 6), st.sampled_from(("", "hub", "web")), st.booleans(),
    ),
    unique_by=lambda each: each.id,
)  # fmt: skip
offers = st.lists(
    st.builds(
        lambda pack, date, size, source, bases, kind: offer(
            pack, date, size, catalogue=source, kind=kind, deltas=tuple(delta(base, size // 2) for base in bases)
        ),
        packs, dates, sizes, st.sampled_from(("hub", "web", "near")), st.sets(sizes, max_size=2),
        st.sampled_from(("book", "film")),
    ),
    max_size=8,
)  # fmt: skip
rulings = st.builds(
    Rulings,
    withdrawn=st.lists(st.builds(Withdrawal, st.sampled_from(("hub", "web")), packs, dates), max_size=2).map(tuple),
    held_back=st.frozensets(st.tuples(st.sampled_from(("hub", "web")), packs), max_size=1),
)
wishes = st.builds(Wishes, packs=st.lists(wants, max_size=4).map(tuple), updates=st.booleans())


@given(wishes, holdings, offers, rulings, st.integers(0, 200), st.integers(0, 200))
def test_no_plan_goes_beyond_budget_or_room(
    wishes: Wishes, here: list[Holding], there: list[Offer], ruled: Rulings, left: int, free: int
):
    made = plan(wishes, here, there, rulings=ruled, space=Space(free, 20), allowance=Allowance(left))

    removed = {step.id for step in made.steps if step.do is Do.REMOVE}
    given_back = sum(each.size + each.previous if each.id in removed else each.previous for each in here)
    assert made.bytes <= left
    assert all(0 <= step.bytes <= step.missing for step in made.steps)
    assert sum(step.room for step in made.steps) <= max(0, free - 20 + given_back)


@given(wishes, holdings, offers, rulings, st.integers(0, 100), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_does_not_matter(wishes, here, there, ruled, left, chance):
    first = plan(wishes, here, there, rulings=ruled, space=ROOMY, allowance=Allowance(left))
    chance.shuffle(here)
    chance.shuffle(there)
    second = plan(wishes, here, there, rulings=ruled, space=ROOMY, allowance=Allowance(left))

    assert first == second


@given(wishes, holdings, offers, rulings, st.integers(0, 100), st.integers(0, 200))
def test_every_wanted_thing_is_in_a_step_or_has_a_reason(wishes, here, there, ruled, left, free):
    made = plan(wishes, here, there, rulings=ruled, space=Space(free, 20), allowance=Allowance(left))

    told = {each.id for each in (*made.steps, *made.left_out)}
    for want in wishes.packs:
        if not want.absent:
            meant = {each.id for each in (*here, *there) if want.means(frozenset({each.id}), each.manifest)}
            unwanted = {pack for pack in meant for other in wishes.packs if other.absent and _means(other, pack)}
            assert meant - unwanted <= told if meant else want.called in told


def _means(want: Want, pack: str) -> bool:
    return want.means(frozenset({pack}), offer(pack).manifest)


@given(wishes, holdings, offers, rulings)
@settings(max_examples=200)
def test_what_is_carried_out_is_not_planned_again(wishes, here, there, ruled):
    made = plan(wishes, here, there, rulings=ruled, space=ROOMY)
    after = carried_out(made, here)

    again = plan(wishes, after, there, rulings=ruled, space=ROOMY)

    assert () == again.steps


@given(wishes, holdings, offers, st.integers(8, 30))
def test_a_budget_of_some_bytes_a_day_brings_everything_in_the_end(wishes, here, there, a_day):
    """Nothing starves, however large it is beside what comes before it."""
    arrived: dict[str, int] = {}
    for _ in range(100):
        made = plan(wishes, here, there, space=ROOMY, allowance=Allowance(a_day), arrived=arrived)
        if not made.steps:
            break
        whole = [step for step in made.steps if step.is_whole]
        for step in made.steps:
            for key in step.keys[:1]:
                arrived[key] = arrived.get(key, 0) + step.bytes
        here = carried_out(Plan(tuple(whole)), here)

    assert () == made.steps
    assert "budget" not in {each.code for each in made.left_out}


def carried_out(made: Plan, here: Sequence[Holding]) -> list[Holding]:
    """What is here after the steps of a plan."""
    packs = {each.id: each for each in here}
    for step in made.steps:
        if step.do is Do.REMOVE:
            packs.pop(step.id, None)
        elif step.do is Do.FLATTEN and step.id in packs:
            packs[step.id] = replace(packs[step.id], base=packs[step.id].size, layers=())
        elif step.offer:
            packs[step.id] = _installed(step, packs.get(step.id))
    return list(packs.values())


def _installed(step: Step, before: Holding | None) -> Holding:
    assert step.offer is not None
    fetched = step.offer.manifest
    new = Holding(replace(fetched, id=step.id), base=step.offer.size, catalogue=step.offer.catalogue)
    new = replace(new, is_signed=step.offer.is_signed, aliases=(fetched.id,))
    if step.do is Do.DELTA and before:
        new = replace(new, base=before.base, layers=(*before.layers, 0))
    return new


def test_the_key_of_a_file_on_its_way_is_a_name_that_every_disk_takes():
    key = key_of(offer("é/\\" * 80, uuid="1" * 32))

    assert "/" not in key
    assert len(key.encode()) < 200
