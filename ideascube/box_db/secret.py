"""The key of keyed hashes in the box's database: random, made once, in a private file apart from the database."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from content_packs.disk import refusals_told
from content_packs.private_file import make_private, read_private

_LENGTH = 32  # bytes


def box_secret(path: Path) -> bytes:
    """The key at `path`, made where there is none. Raises NotAllowed or NoSpace where that cannot be.

    One that is lost or damaged is made anew: what was hashed by the old one is then recognised no more.
    """
    with refusals_told(path):
        while len(key := read_private(path, _LENGTH)) != _LENGTH:
            if key:
                path.unlink(missing_ok=True)
            make_private(path, secrets.token_bytes(_LENGTH))
    return key


def mac(key: bytes, *parts: str) -> bytes:
    """The keyed hash of these parts (HMAC-SHA-256, RFC 2104, its first 16 bytes)."""
    return hmac.digest(key, "\0".join(parts).encode("utf-8", "replace"), hashlib.sha256)[:16]
