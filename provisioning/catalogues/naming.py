"""What a pack is called from one catalogue and one month to the next.

Rules only. The id of an offer has no date, so that it stays from version to version; the store knows a file of either
name for the same pack (content_packs.store.matching).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from content_packs.pack_id import id_from_filename
from content_packs.store.matching import Identity, undated
from provisioning.offers import Offer


def id_of_address(address: str) -> str:
    """`https://…/wikipedia_fr_all_maxi_2026-10.zim.meta4` gives `wikipedia_fr_all_maxi_2026-10`; else empty."""
    name = unquote(urlsplit(address).path).rpartition("/")[2].removesuffix(".meta4")
    return id_from_filename(name) if name.lower().endswith(".zim") else ""


def stable_id(pack_id: str) -> str:
    """The id without a date at its end; one that is nothing but a date stays."""
    return undated(pack_id) or pack_id


def names_of(offer: Offer) -> tuple[str, ...]:
    """The id and the aliases, each also without a date at its end."""
    names = (offer.id, *offer.manifest.aliases)
    return tuple(dict.fromkeys((*names, *map(stable_id, names))))


def identity_of(offer: Offer) -> Identity:
    """What tells the offered pack from others, by the rule of the store (`same_pack`)."""
    return Identity(names_of(offer), offer.manifest.zim.name, offer.manifest.zim.flavour)


def offers_called(name: str, offers: Iterable[Offer], aliases: Mapping[str, str]) -> list[Offer]:
    """The offers that `name` in a box.yml means: those with this id, else with this alias, else by what was kept.

    `aliases`: names that packs had, and their ids (`known_aliases`). A ZIM's name without a flavour counts where it
    means one pack only.
    """
    there = list(offers)
    wanted = stable_id(name)
    by_id = [offer for offer in there if offer.id in (name, wanted)]
    by_alias = [offer for offer in there if {name, wanted} & set(names_of(offer))]
    kept = aliases.get(name) or aliases.get(wanted)
    by_kept = [offer for offer in there if kept is not None and offer.id == kept]
    return by_id or by_alias or by_kept or _of_one_flavour(wanted, there)


def _of_one_flavour(name: str, offers: list[Offer]) -> list[Offer]:
    found = [offer for offer in offers if offer.manifest.zim.name == name]
    return found if len({offer.id for offer in found}) == 1 else []
