"""What files on their way are called, below `packs/.arriving`: the same from run to run, and from mirror to mirror."""

from __future__ import annotations

import hashlib

from content_packs.manifest import Manifest
from content_packs.store.records import folder_name
from provisioning.offers import DeltaOffer, Offer

_READABLE = 60  # characters


def key_of(offer: Offer) -> str:
    """Of a whole pack: what does not change when sums become known, or another catalogue offers the same file."""
    manifest = offer.manifest
    known = plain_uuid(manifest) or offer.sha256 or f"{manifest.version} {manifest.date} {offer.size}"
    return _key(manifest.id, known)


def plain_uuid(manifest: Manifest) -> str:
    """The ZIM's UUID as 32 small hexadecimal digits, however a catalogue writes it."""
    return manifest.zim.uuid.replace("-", "").lower()


def delta_key(offer: Offer, delta: DeltaOffer) -> str:
    return _key(offer.manifest.id, delta.sha256)


def _key(pack_id: str, known: str) -> str:
    digest = hashlib.sha256(f"{pack_id} {known}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{folder_name(pack_id)[:_READABLE]}.{digest}"
