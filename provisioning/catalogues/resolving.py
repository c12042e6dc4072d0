"""Asking for all that has to be known of an offer before its file is fetched: exact size, sums, mirrors.

It is asked only for what is wanted: for one pack the sums of its pieces may take more bytes than a page of a catalogue.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from content_packs.errors import BadInput, NotThere, Refused
from content_packs.pieces import pieces_from_bytes
from content_packs.store.data_folder import DataFolder
from provisioning.addresses import parted
from provisioning.catalogues.safe_addresses import believed
from provisioning.catalogues.sources import Source
from provisioning.catalogues.web import Web
from provisioning.offers import Offer
from provisioning.storage import open_storage

if TYPE_CHECKING:
    from content_packs.metalink import Metalink

PIECE = 1024 * 1024  # bytes: docs/formats/hub.md
_DIGEST = 32  # bytes of a SHA-256


async def resolve(offer: Offer, source: Source, data: DataFolder, web: Web) -> Offer:
    """The offer with exact size, SHA-256, mirrors and `piece_sums`, as far as its catalogue has them.

    Raises Refused where what came is not what was signed, BadInput where it is no description of a file, NotThere where
    it is gone, Unfinished where the line is.
    """
    if offer.metalink and offer.piece_sums is None:
        return await _of_metalink(offer, source, web)
    if offer.pieces and offer.piece_sums is None:
        return await _with_pieces(offer, data, web)
    return offer


async def _of_metalink(offer: Offer, source: Source, web: Web) -> Offer:
    from content_packs.metalink import SIZE_LIMIT, read_metalink  # with lxml

    raw = await web.read(offer.metalink, limit=SIZE_LIMIT, plain_http=source.plain_http)
    try:
        found = read_metalink(raw)
    except BadInput as error:
        raise BadInput(f"{offer.metalink}: {error}") from error
    return resolved_by(offer, found)


def resolved_by(offer: Offer, found: Metalink) -> Offer:
    """The offer with what its Metalink file says. Raises BadInput where that says of no address that may be used."""
    has_sum = bool(found.sha256)
    addresses = [address for each in found.addresses if (address := believed(each, offer.metalink, has_sum=has_sum))]
    mirrors = tuple(dict.fromkeys((*addresses, *offer.addresses)))
    if not mirrors:
        raise BadInput(f"{offer.metalink} says no address that may be used: the pack “{offer.id}” cannot be fetched.")
    fits = found.pieces is not None and found.size > 0 and found.pieces.fit(found.size)
    return replace(
        offer,
        addresses=mirrors,
        size=found.size or offer.size,
        is_exact=found.size > 0,
        sha256=found.sha256,
        piece_sums=found.pieces if fits else None,
    )


async def _with_pieces(offer: Offer, data: DataFolder, web: Web) -> Offer:
    """The sums of a signed pack's pieces; from any mirror, since they are signed for. Without them it goes, too."""
    limit = -(-offer.size // PIECE) * _DIGEST
    folder, name = parted(offer.pieces)
    try:
        async with open_storage(folder, data.keys, web.on_bytes) as storage:
            raw = await storage.get(name, limit)
    except NotThere:
        return offer
    if hashlib.sha256(raw).hexdigest() != offer.pieces_sha256 or len(raw) != limit:
        raise Refused(
            f"The sums at {offer.pieces} are not those that were signed: the pack “{offer.id}” is not fetched."
        )
    return replace(offer, piece_sums=pieces_from_bytes(raw, PIECE))
