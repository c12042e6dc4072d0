"""Which version of a pack is to be fetched, or why none is. Rules only.

Of what may be taken: signed before unsigned, then the newest, then what takes the fewest bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from provisioning.offers import Offer
from provisioning.planning.keys import key_of
from provisioning.planning.situation import Holding, Rulings
from provisioning.planning.versions import is_news, is_older, is_same, whole_date
from provisioning.planning.wishes import Want, Wishes


@dataclass(frozen=True, slots=True)
class No:
    """Why nothing is fetched: a word for programs, and the sentence about the pack."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What bears on one pack. `is_offered`: whether the catalogue of what is here still offers that very version."""

    holding: Holding | None
    want: Want | None
    wishes: Wishes
    rulings: Rulings
    cost: Callable[[Offer], int]
    is_offered: bool = False


Filter = tuple[Callable[[Offer, Choice], bool], Callable[[Offer, Choice], No]]


def choose(offers: Sequence[Offer], choice: Choice) -> Offer | No:
    """The offer to fetch, or why there is none."""
    if choice.want and choice.holding and pinned_is_here(choice.want, choice.holding):
        return No("current", f"It is here in version {choice.want.version}, the one that box.yml names.")
    if not offers and choice.holding:
        return No("current", "It is here, and no catalogue offers it.")
    if not offers:
        return No("unknown", "No catalogue offers it: add the catalogue that does, or correct its name in box.yml.")
    choice = replace(choice, is_offered=_is_offered(offers, choice.holding))
    kept = _passed(offers, choice, _FILTERS)
    if isinstance(kept, No):
        return kept
    news = _passed(_best(kept), choice, _ASKED_OF_THE_BEST)
    if isinstance(news, No):
        return news
    return min(news, key=lambda offer: (choice.cost(offer), offer.catalogue, key_of(offer)))


def _passed(offers: Sequence[Offer], choice: Choice, filters: Iterable[Filter]) -> list[Offer] | No:
    """The offers that are fit by every filter; or what the first filter says that leaves none."""
    kept = list(offers)
    for is_fit, no in filters:
        before, kept = kept, [offer for offer in kept if is_fit(offer, choice)]
        if not kept:
            return no(before[0], choice)
    return kept


def _is_offered(offers: Sequence[Offer], holding: Holding | None) -> bool:
    return holding is not None and any(
        each.catalogue == holding.catalogue and is_same(each, holding) for each in offers
    )


def _best(offers: Sequence[Offer]) -> list[Offer]:
    best = max(map(_rank, offers))
    return [offer for offer in offers if _rank(offer) == best]


def _rank(offer: Offer) -> tuple[bool, str, int]:
    return offer.is_signed, whole_date(offer.manifest.date), offer.manifest.provenance.edition


# What is asked of each offer, in this order, and what is said when none passes.


def _is_of_catalogue(offer: Offer, choice: Choice) -> bool:
    named = choice.want.catalogue if choice.want else ""
    return offer.catalogue == named if named else not (all_ := choice.wishes.catalogues) or offer.catalogue in all_


def _other_catalogue(offer: Offer, choice: Choice) -> No:
    return No("catalogue", f"Only {offer.catalogue} offers it, which box.yml does not name as its catalogue.")


def _is_fit(offer: Offer, choice: Choice) -> bool:
    return not offer.unfit


def _unfit(offer: Offer, choice: Choice) -> No:
    return No("unfit", offer.unfit)


def _is_not_refused(offer: Offer, choice: Choice) -> bool:
    return (offer.catalogue, offer.id) not in choice.rulings.refused


def _refused(offer: Offer, choice: Choice) -> No:
    return No("refused", f"A person refused it from {offer.catalogue}.")


def _is_not_withdrawn(offer: Offer, choice: Choice) -> bool:
    return not any(
        (each.catalogue, each.id) == (offer.catalogue, offer.id)
        and (not each.date or whole_date(offer.manifest.date) <= each.date)
        for each in choice.rulings.withdrawn
    )


def _withdrawn(offer: Offer, choice: Choice) -> No:
    return No("withdrawn", f"{offer.catalogue} has withdrawn it.")


def _is_pinned(offer: Offer, choice: Choice) -> bool:
    pin = choice.want.version if choice.want else ""
    manifest = offer.manifest
    return not pin or pin == manifest.version or manifest.date.startswith(pin)


def _not_pinned(offer: Offer, choice: Choice) -> No:
    assert choice.want is not None
    pin = choice.want.version
    return No("pinned", f"Version {pin} is not offered, but {_called(offer)}: name another version in box.yml.")


def pinned_is_here(want: Want, holding: Holding) -> bool:
    manifest = holding.manifest
    return bool(want.version) and (manifest.version == want.version or manifest.date.startswith(want.version))


def _is_no_more_held(offer: Offer, choice: Choice) -> bool:
    return (offer.catalogue, offer.id) not in choice.rulings.held_back


def _held_back(offer: Offer, choice: Choice) -> No:
    accept = f"ideascube catalog accept {offer.catalogue} {offer.id}"
    return No("held-back", f"It shrank suspiciously in {offer.catalogue}, and waits for a person: `{accept}`.")


def _is_as_trusted(offer: Offer, choice: Choice) -> bool:
    """What came signed is not replaced by what anyone may have put there, nor by what another organisation calls by
    the same name while the box has the catalogue of the first, unless a person names the other catalogue.
    """
    holding, named = choice.holding, bool(choice.want and choice.want.catalogue)
    if named or holding is None or not holding.is_signed or holding.catalogue == offer.catalogue:
        return True
    return offer.is_signed and holding.catalogue not in choice.rulings.signing


def _less_trusted(offer: Offer, choice: Choice) -> No:
    take = f"to take it all the same, write “catalogue: {offer.catalogue}” to its entry in box.yml."
    if not offer.is_signed:
        return No("unsigned", f"It came signed, and {offer.catalogue} is not: {take}")
    holding = choice.holding
    assert holding is not None
    return No("catalogue", f"It is of {holding.catalogue}, and {offer.catalogue} has another one of this name: {take}")


def _is_not_older(offer: Offer, choice: Choice) -> bool:
    pinned = bool(choice.want and choice.want.version)
    return pinned or choice.holding is None or not is_older(offer, choice.holding)


def _older(offer: Offer, choice: Choice) -> No:
    assert choice.holding is not None
    return No("older", f"{_called(offer)} is older than {choice.holding.manifest.date}, which is here.")


def _is_news(offer: Offer, choice: Choice) -> bool:
    """Asked of the best ones only: what is no news beside them is none at all."""
    if choice.holding is None:
        return True
    pinned = bool(choice.want and choice.want.version)
    return (
        not is_same(offer, choice.holding) if pinned else is_news(offer, choice.holding, is_offered=choice.is_offered)
    )


def _no_news(offer: Offer, choice: Choice) -> No:
    return No("current", "It is here, in the newest version that is offered.")


def _is_not_done(offer: Offer, choice: Choice) -> bool:
    return choice.holding is None or key_of(offer) not in choice.rulings.done


def _done(offer: Offer, choice: Choice) -> No:
    return No("done", f"{_called(offer)} was installed before; what is here now was chosen by a person.")


def _called(offer: Offer) -> str:
    return f"{offer.manifest.version or offer.manifest.date or 'a version without a date'} of {offer.catalogue}"


_FILTERS: tuple[Filter, ...] = (
    (_is_of_catalogue, _other_catalogue),
    (_is_fit, _unfit),
    (_is_not_refused, _refused),
    (_is_not_withdrawn, _withdrawn),
    (_is_pinned, _not_pinned),
    (_is_no_more_held, _held_back),
    (_is_not_older, _older),
    (_is_as_trusted, _less_trusted),
)
_ASKED_OF_THE_BEST: tuple[Filter, ...] = ((_is_news, _no_news), (_is_not_done, _done))
