"""What a browser keeps for somebody without a card: their places, compact, in one cookie. Pure.

    cookie = "1" BASE64URL(DEFLATE(MessagePack([[kind, pack, path, at, of, title, day], …])))     oldest first

`kind` is the number of the kind in `KINDS`. Whatever is not like this is somebody's trial, and is left out.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence

import msgspec

from ideascube.progress.places import KINDS, Place, checked, without_oldest

NAME = "progress"
CARD = "card"  # the cookie of a phone that has a card open: 128 random bits, known to the box by their hash alone
MOST_BYTES = 2048  # of the cookie's value: browsers keep 4 KiB, and send it with each request
_MOST_UNPACKED = 32 * 1024  # bytes
_MOST_PLACES = 120
_VERSION = "1"
_RAW = -zlib.MAX_WBITS

_Row = tuple[int, str, str, float, float, str, str]


def write_cookie(places: Sequence[Place]) -> str:
    """The cookie's value; what does not fit is dropped, oldest first."""
    kept = list(places)
    while len(text := _packed(kept)) > MOST_BYTES or len(kept) > _MOST_PLACES:
        kept = without_oldest(kept)
    return text


def _packed(places: Sequence[Place]) -> str:
    rows = [(KINDS.index(p.kind), p.pack, p.path, round(p.at), round(p.of), p.title, p.day) for p in places]
    packing = zlib.compressobj(9, wbits=_RAW)
    packed = packing.compress(msgspec.msgpack.encode(rows)) + packing.flush()
    return _VERSION + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cookie(text: str) -> list[Place]:
    """The places in a cookie's value, oldest first; none of a damaged one."""
    if not text.startswith(_VERSION) or len(text) > MOST_BYTES:
        return []
    try:
        packed = base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), altchars=b"-_", validate=True)
        unpacked = zlib.decompressobj(wbits=_RAW).decompress(packed, _MOST_UNPACKED)
        rows = msgspec.msgpack.decode(unpacked, type=list[msgspec.Raw])
    except (ValueError, binascii.Error, zlib.error, msgspec.MsgspecError, RecursionError):
        return []
    return [place for row in rows[:_MOST_PLACES] if (place := _place(row)) is not None]


def _place(row: msgspec.Raw) -> Place | None:
    try:
        kind, pack, path, at, of, title, day = msgspec.msgpack.decode(row, type=_Row)
    except (msgspec.MsgspecError, ValueError):
        return None
    return checked(Place(KINDS[kind], pack, path, at, of, title, day)) if 0 <= kind < len(KINDS) else None
