"""What a signed catalogue offers, with addresses in place of paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from provisioning.addresses import below
from provisioning.offers import DeltaOffer, Offer
from provisioning.trust.catalogue import Catalogue, SignedDelta, SignedPack


def offers(name: str, catalogue: Catalogue, address: Callable[[str], str]) -> tuple[Offer, ...]:
    """The packs of the catalogue that the box calls `name`. `address`: `Storage.address` of where it was read."""
    places: tuple[Callable[[str], str], ...] = (address, *(partial(below, mirror) for mirror in catalogue.mirrors))
    return tuple(_offer(name, pack, places) for pack in catalogue.packs)


def _offer(name: str, pack: SignedPack, places: tuple[Callable[[str], str], ...]) -> Offer:
    return Offer(
        catalogue=name,
        manifest=pack.manifest,
        addresses=(*_all(pack.path, places), *pack.mirrors),
        size=pack.manifest.size,
        sha256=pack.sha256,
        pieces=places[0](pack.pieces.path) if pack.pieces else "",
        pieces_sha256=pack.pieces.sha256 if pack.pieces else "",
        is_signed=True,
        deltas=tuple(_delta(delta, places) for delta in pack.deltas),
    )


def _delta(delta: SignedDelta, places: tuple[Callable[[str], str], ...]) -> DeltaOffer:
    addresses = tuple(_all(delta.path, places))
    return DeltaOffer(delta.base, addresses, delta.size, delta.sha256, delta.stored, delta.text)


def _all(path: str, places: tuple[Callable[[str], str], ...]) -> Iterator[str]:
    return (place(path) for place in places)
