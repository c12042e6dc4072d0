"""A pass: what lets a mediator open, on the packs' origin, a pack that is kept for mediators. Pure.

It names the pack and when it ends, and is signed by a key that only this box has. Why it is not the session:
docs/decisions/0041-what-is-hidden.md
"""

from __future__ import annotations

import hashlib
import hmac

LASTS = 2 * 3600  # seconds: a long film, seen to its end

_SIGNATURE = 32  # characters


def new_pass(key: bytes, pack_id: str, now: int) -> str:
    """The pass for a pack, good from now on: `UNTIL.SIGNATURE`."""
    until = now + LASTS
    return f"{until}.{_signature(key, pack_id, until)}"


def is_good(key: bytes, pack_id: str, given: str, now: int) -> bool:
    """Whether it was made for this pack, with this key, and has not ended; nor can it end later than one made now."""
    written, _, signature = given.partition(".")
    if not (written.isascii() and written.isdecimal() and len(written) < 16):
        return False
    until = int(written)
    is_signed = hmac.compare_digest(signature.encode(), _signature(key, pack_id, until).encode())
    return is_signed and now < until <= now + LASTS


def cookie_name(pack_id: str) -> str:
    """Of the pass of a pack: on a port that packs share, each has its own."""
    return f"pass-{hashlib.sha256(pack_id.encode()).hexdigest()[:16]}"


def _signature(key: bytes, pack_id: str, until: int) -> str:
    return hmac.new(key, f"pass\0{pack_id}\0{until}".encode(), hashlib.sha256).hexdigest()[:_SIGNATURE]
