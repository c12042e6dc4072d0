"""Making the plan of a run: gathers what is wanted, here, offered and allowed, and has `planning` decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from provisioning import catalogues, trust
from provisioning.addresses import is_here
from provisioning.decisions import read_decisions
from provisioning.offers import Offer
from provisioning.planning import Errand, Link, Plan, Rulings, Window, Withdrawal, plan
from provisioning.planning.holdings import held, read_space
from provisioning.storage import Storage
from provisioning.syncing.believing import Believed, open_place
from provisioning.syncing.done import read_done
from provisioning.syncing.setting import Setting
from provisioning.transfers import arrived


async def decide(setting: Setting, believed: Iterable[Believed], errands: Iterable[Errand] = ()) -> Plan:
    """The plan of this run. Reads the store; asks nothing of the network. Raises OSError, BadInput."""
    known, data = list(believed), setting.data
    names = [source.name for source in setting.sources]
    offers = await _at_place(setting, known) if setting.place else catalogues.offers(data, names)
    return plan(
        setting.wishes,
        held(data),
        offers,
        space=read_space(data, setting.wishes.reserve),
        rulings=rulings(setting, known),
        errands=tuple(errands),
        arrived=arrived(data.arriving),
        allowance=setting.allowance,
        window=Window(setting.wishes.hours, setting.minute, setting.asked.now, setting.pace.readers()),
        link=link_of(setting),
    )


def rulings(setting: Setting, believed: Iterable[Believed]) -> Rulings:
    """What was decided by persons, and by those who publish."""
    held = read_decisions(setting.data.sync).held_back
    aliases = catalogues.known_aliases(setting.data.sync)
    withdrawn: list[Withdrawal] = []
    for each in believed:
        aliases = {**aliases, **each.catalogue.aliases}
        name, gone = each.source.name, each.catalogue.withdrawn
        withdrawn += [Withdrawal(name, pack.id, pack.date, pack.reason) for pack in gone]
    waiting = frozenset((each.catalogue, each.id) for each in held if not each.decision)
    signing = frozenset(source.name for source in catalogues.sources(setting.data) if source.is_signed)
    return Rulings(aliases, tuple(withdrawn), waiting, done=read_done(setting.data.sync), signing=signing)


def link_of(setting: Setting) -> Link:
    state = setting.board.state.link
    metered = {"yes": True, "no": False}.get(state.metered)
    return Link(metered, state.rate or None, setting.is_local)


async def _at_place(setting: Setting, believed: list[Believed]) -> list[Offer]:
    """What of a signed catalogue lies at the place that was given, and is asked for nowhere else."""
    found = []
    for each in believed:
        async with open_place(setting, each.source, setting.pace.count_in) as storage:
            offers = trust.offers(each.source.name, each.catalogue, storage.address)
            for pack, offer in zip(each.catalogue.packs, offers, strict=True):
                found.append(await _lying_there(pack, offer, storage, is_here(setting.place)))
    return [offer for offer in found if offer.addresses or offer.deltas]


async def _lying_there(pack: trust.SignedPack, offer: Offer, storage: Storage, is_near: bool) -> Offer:
    """The offer with that place as its only address. `is_near`: to look what is there costs nothing."""
    is_here = not is_near or await storage.size(pack.path) == offer.size
    deltas = [
        replace(delta, addresses=delta.addresses[:1])
        for signed, delta in zip(pack.deltas, offer.deltas, strict=True)
        if not is_near or await storage.exists(signed.path)
    ]
    return replace(offer, addresses=offer.addresses[:1] if is_here else (), deltas=tuple(deltas))
