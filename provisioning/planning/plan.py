"""The plan: what a box does next, made of what is wanted, what is here and what may be used. No input, no output.

What is carried out and planned again, with the same offers, is an empty plan. The order in which things are given does
not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from content_packs.commands.text import human_size
from content_packs.new_base import new_base_due
from provisioning.offers import Offer
from provisioning.planning.affording import Means, afford
from provisioning.planning.choosing import Choice, No, choose
from provisioning.planning.known import Known, known_packs
from provisioning.planning.situation import Allowance, Errand, Holding, Link, Rulings, Space, Window
from provisioning.planning.steps import Do, LeftOut, Plan, Step
from provisioning.planning.versions import is_older
from provisioning.planning.ways import Way, shortest_way
from provisioning.planning.wishes import USUAL_PRIORITY, Want, Wishes


def plan(
    wishes: Wishes,
    holdings: Sequence[Holding],
    offers: Iterable[Offer],
    *,
    space: Space,
    rulings: Rulings = Rulings(),  # noqa: B008 - immutable
    errands: Sequence[Errand] = (),
    arrived: Mapping[str, int] | None = None,
    allowance: Allowance = Allowance(),  # noqa: B008 - immutable
    window: Window = Window(),  # noqa: B008 - immutable
    link: Link = Link(),  # noqa: B008 - immutable
) -> Plan:
    """What to do, in its order, and what is left out with the reason.

    `offers` of all catalogues; `arrived`: verified bytes of each file on its way, by key (`keys`). Each wanted thing is
    in a step, or left out with a reason.
    """
    planner = _Planner(wishes, rulings, arrived or {})
    packs = known_packs(holdings, offers, rulings.aliases, wishes.packs)
    found = [each for pack in packs for each in planner.of(pack)]
    wanted = [each for each in found if isinstance(each, Step)] + [_errand(errand) for errand in errands]
    out = [each for each in found if isinstance(each, LeftOut)] + list(_unmet(wishes, packs, rulings))
    steps, unaffordable = afford(wanted, holdings, Means(wishes, space, allowance, window, link))
    return Plan(tuple(steps), tuple(sorted((*unaffordable, *out), key=_by_name)), tuple(_notes(window, link)))


def _by_name(out: LeftOut) -> tuple[str, ...]:
    return (out.id, out.code, out.why)


class _Planner:
    def __init__(self, wishes: Wishes, rulings: Rulings, arrived: Mapping[str, int]) -> None:
        self._wishes, self._rulings, self._arrived = wishes, rulings, arrived

    def of(self, pack: Known) -> Iterator[Step | LeftOut]:
        """What is done about one pack."""
        want, holding = pack.most_particular(self._wishes.packs), pack.holding
        if want and want.absent:
            yield from _absent(pack, want)
            return
        if holding and (withdrawn := self._withdrawal(holding)):
            yield withdrawn
            holding = None
            if not pack.offers:
                return
        if want is None and (holding is None or holding.is_own):
            return
        yield self._fetched(pack, holding, want)
        yield from _flattened(holding)

    def _withdrawal(self, holding: Holding) -> Step | None:
        """The word of a catalogue about what came from it, and about nothing else."""
        for each in self._rulings.withdrawn:
            is_meant = each.catalogue == holding.catalogue and each.id in (holding.id, *holding.aliases)
            if is_meant and not holding.is_own and (not each.date or holding.manifest.date <= each.date):
                return _removal(holding, "withdrawn", each.sentence)
        return None

    def _fetched(self, pack: Known, holding: Holding | None, want: Want | None) -> Step | LeftOut:
        title = pack.manifests[0].title
        if holding and holding.is_own:
            return LeftOut(pack.id, title, "own", "It is made on this box, which has the newest version.")
        if want is None and not self._wishes.updates:
            return LeftOut(pack.id, title, "updates", "No entry names it, and box.yml says “updates: no”.")
        choice = Choice(holding, want, self._wishes, self._rulings, lambda offer: self._way(offer, holding).missing)
        chosen = choose(pack.offers, choice)
        if isinstance(chosen, No):
            return LeftOut(pack.id, title, chosen.code, chosen.why)
        return _fetching(pack.id, chosen, holding, want, self._way(chosen, holding))

    def _way(self, offer: Offer, holding: Holding | None) -> Way:
        return shortest_way(offer, holding, self._arrived)


def _absent(pack: Known, want: Want) -> Iterator[Step | LeftOut]:
    if pack.holding is None:
        return
    if pack.holding.is_own:
        why = "It is made on this box: withdraw its collection in the workspace instead."
        yield LeftOut(pack.id, pack.holding.manifest.title, "own", why)
    else:
        yield _removal(pack.holding, "absent", f"box.yml, line {want.line}, wants it absent.")


def _removal(holding: Holding, code: str, why: str) -> Step:
    return Step(Do.REMOVE, holding.id, holding.manifest.title, code=code, why=why)


def _fetching(pack_id: str, offer: Offer, holding: Holding | None, want: Want | None, way: Way) -> Step:
    return Step(
        Do.DELTA if way.deltas else Do.PACK,
        pack_id,
        offer.manifest.title,
        missing=way.missing,
        room=way.room,
        priority=want.priority if want else USUAL_PRIORITY,
        offer=offer,
        deltas=way.deltas,
        keys=way.keys,
        is_older=holding is not None and is_older(offer, holding),
        code="new" if holding is None else "newer",
        why=_why(offer, holding, want, way),
    )


def _why(offer: Offer, holding: Holding | None, want: Want | None, way: Way) -> str:
    if holding is None:
        return f"It is wanted by box.yml, line {want.line if want else 0}, and not here."
    here, there = (_version(each) for each in (holding, offer))
    begin = f"Version {there} is to come in place of {here}"
    return f"{begin}, by {human_size(way.missing)} of changes." if way.deltas else f"{begin}."


def _version(what: Holding | Offer) -> str:
    return what.manifest.version or what.manifest.date or "one without a name"


def _flattened(holding: Holding | None) -> Iterator[Step]:
    if holding and (why := new_base_due(holding.base, holding.layers)):
        title, why = holding.manifest.title, f"It is slower to read, since {why}: they become one file."
        yield Step(Do.FLATTEN, holding.id, title, room=holding.size, code="layers", why=why)


def _errand(errand: Errand) -> Step:
    size = errand.size
    return Step(errand.do, errand.id, errand.title, missing=size, room=_room(errand), code=str(errand.do), why="")


def _room(errand: Errand) -> int:
    return 0 if errand.do is Do.SEND else errand.size


def _unmet(wishes: Wishes, packs: Sequence[Known], rulings: Rulings) -> Iterator[LeftOut]:
    """Entries that nothing fits: a name that was mistyped has to be told."""
    for want in wishes.packs:
        if not want.absent and not any(pack.is_meant(want) for pack in packs):
            yield LeftOut(want.called, want.called, *_why_unmet(want, rulings))


def _why_unmet(want: Want, rulings: Rulings) -> tuple[str, str]:
    line = f"box.yml, line {want.line}"
    for gone in rulings.withdrawn:
        if gone.id == want.id:
            return "withdrawn", f"{gone.sentence} Take it out of {line}."
    return "unknown", f"{line}: no catalogue offers it. Add the one that does, or correct the entry."


def _notes(window: Window, link: Link) -> Iterator[str]:
    if window.hours and window.minute is None and not link.is_local:
        yield "The box does not know what time it is, so the hours of box.yml are not kept in this run."
