"""Small data that unpacks to much; not tests."""

from __future__ import annotations

import zlib


def zip_bomb(megabytes: int) -> bytes:
    """A zlib stream (RFC 1950) of so many megabytes of zeros, made at once: one packed megabyte, repeated."""
    packer = zlib.compressobj(9)
    start = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    megabyte = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + megabyte * megabytes + packer.flush()
