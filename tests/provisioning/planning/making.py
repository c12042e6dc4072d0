"""Packs that are here and packs that are offered, by the few facts that a plan looks at."""

from __future__ import annotations

from typing import Any

from content_packs.manifest import Manifest
from content_packs.manifest.model import Provenance, ZimFacts
from content_packs.zim.identity import Identity
from provisioning.offers import DeltaOffer, Offer
from provisioning.planning import Holding, Space

ROOMY = Space(free=10**12, reserve=10**6)
MB = 1_000_000


def manifest(pack: str, date: str = "2026-10-01", *, name: str = "", edition: int = 0, **fields: Any) -> Manifest:
    facts = ZimFacts(uuid=fields.pop("uuid", ""), name=name)
    made = Provenance(box="Box", collection="1", edition=edition) if edition else Provenance()
    given = {"titles": {"fr": pack.capitalize()}, "languages": ("fr",), "version": date, **fields}
    return Manifest(id=pack, date=date, zim=facts, provenance=made, **given)


def offer(pack: str, date: str = "2026-10-01", size: int = MB, **fields: Any) -> Offer:
    """From the signed catalogue `hub`, unless another one is named."""
    catalogue = fields.pop("catalogue", "hub")
    is_signed, deltas = fields.pop("is_signed", catalogue == "hub"), fields.pop("deltas", ())
    described = manifest(pack, date, **fields)
    return Offer(catalogue, described, ("https://example.org/pack.zim",), size, is_signed=is_signed, deltas=deltas)


def holding(pack: str, date: str = "2026-09-01", base: int = MB, **fields: Any) -> Holding:
    """Brought by hand, unless a catalogue is named."""
    own = {"aliases", "layers", "identities", "sha256", "catalogue", "is_signed", "previous", "is_own"}
    given = {field: fields.pop(field) for field in own & fields.keys()}
    return Holding(manifest(pack, date, **fields), base=base, **given)


def identity(number: int) -> Identity:
    return Identity(f"{number:032x}", number, number, "")


def delta(base: int, size: int, result: int | None = None) -> DeltaOffer:
    """From the version with the number `base` to the offered one, or to the one with the number `result`."""
    leads_to = None if result is None else identity(result)
    return DeltaOffer(identity(base), ("https://example.org/pack.delta",), size, f"{base:064x}", result=leads_to)
