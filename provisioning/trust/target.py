"""Fetching the one thing that the metadata sign, the catalogue: no more than was signed, on from where it was cut."""

from __future__ import annotations

from content_packs.errors import Refused, Unfinished
from provisioning.storage import Storage
from provisioning.trust.catalogue import PACKED_LIMIT
from provisioning.trust.kept import Kept, is_it
from provisioning.trust.metadata import SignedFile, TrustedMetadata


async def fetch_catalogue(trusted: TrustedMetadata, storage: Storage, kept: Kept) -> bytes:
    """The catalogue that the metadata name, kept as soon as it is whole and right.

    Raises Refused where it is not what was signed, Unfinished where the line is gone, and as a Storage.
    """
    expected = trusted.catalogue
    if expected.size > PACKED_LIMIT:
        raise Refused(f"The catalogue {trusted.name} has {expected.size} bytes, more than it may: it was refused.")
    if len(kept.arrived(expected)) < expected.size:
        await _fetch(expected, storage, kept)
    content = kept.arrived(expected)
    if len(content) < expected.size:
        raise Unfinished(f"The line ended before all of the catalogue {trusted.name} was here; what came is kept.")
    if not is_it(content, expected):
        kept.drop_arrived(expected)
        raise Refused(f"The catalogue {trusted.name} is not the one that was signed: it was refused.")
    kept.keep_catalogue(content)
    return content


async def _fetch(expected: SignedFile, storage: Storage, kept: Kept) -> None:
    """No more than is expected, whatever the other side would send."""
    count = len(kept.arrived(expected))
    async with storage.read(expected.path, count) as answer:
        if answer.size not in (None, expected.size):
            kept.drop_arrived(expected)
            raise Refused(f"{expected.path} of {storage.shown} has another length than was signed: it was refused.")
        count = answer.start
        with kept.arriving(expected, anew=count == 0) as take:
            async for piece in answer.pieces:
                take(piece[: expected.size - count])
                count += len(piece)
                if count >= expected.size:
                    return
