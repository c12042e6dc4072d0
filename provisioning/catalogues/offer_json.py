"""An offer as a line of JSON, as a catalogue's cache holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from content_packs.errors import BadInput
from content_packs.manifest import Manifest
from content_packs.zim.identity import Identity
from provisioning.offers import DeltaOffer, Offer

_KNOWN = ("size", "is_exact", "sha256", "metalink", "pieces", "pieces_sha256", "unfit")


def offer_text(offer: Offer) -> str:
    """Everything but the catalogue's name and whether that is signed, which who keeps the text knows."""
    document = {name: value for name in _KNOWN if (value := getattr(offer, name)) != ""}
    document |= {"manifest": offer.manifest.to_json(), "addresses": offer.addresses}
    if offer.deltas:
        document["deltas"] = [_delta(each) for each in offer.deltas]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def read_offer(text: str, catalogue: str, *, is_signed: bool) -> Offer:
    """The offer in a text that `offer_text` made. Raises ValueError for anything else."""
    try:
        document = json.loads(text)
        known = {name: document[name] for name in _KNOWN if name in document}
        return Offer(
            catalogue=catalogue,
            manifest=Manifest.from_json(document["manifest"]),
            addresses=tuple(document["addresses"]),
            is_signed=is_signed,
            deltas=tuple(_read_delta(each) for each in document.get("deltas", ())),
            **known,
        )
    except (LookupError, TypeError, BadInput) as error:
        raise ValueError(f"no offer: {error}") from error


def _delta(delta: DeltaOffer) -> dict[str, Any]:
    return {name: getattr(delta, name) for name in DeltaOffer.__slots__} | {"base": asdict(delta.base)}


def _read_delta(document: Mapping[str, Any]) -> DeltaOffer:
    return DeltaOffer(**{**document, "base": Identity(**document["base"]), "addresses": tuple(document["addresses"])})
