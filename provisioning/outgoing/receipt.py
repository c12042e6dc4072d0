"""What a hub's editor collected of a box: `inbox/BOX/receipt.json`, written by `ideascube hub collect`.

It is not signed: who can write there can also throw away what a box sends. All that it can do is to have things sent
again, or not; what counts for readers is the signed catalogue.
"""

from __future__ import annotations

import msgspec

FORMAT = 1
LIMIT = 1024 * 1024  # bytes
MISSING_LIMIT = 10_000


class Receipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """`seen`: by route the counters of the manifests that were read, the newest last. `incomplete`: by a parcel's key
    what keeps it, a sentence. `missing`: objects that a manifest names and that are not there, or something else.
    """

    format: int = FORMAT
    seen: dict[str, list[int]] = {}
    missing: list[str] = []
    incomplete: dict[str, str] = {}


def read_receipt(raw: bytes) -> Receipt:
    """An empty one where it cannot be read."""
    try:
        receipt = msgspec.json.decode(raw, type=Receipt)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Receipt()
    return receipt if receipt.format == FORMAT else Receipt()


def write_receipt(receipt: Receipt) -> bytes:
    return msgspec.json.encode(receipt, order="sorted")
