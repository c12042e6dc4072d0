"""The key of keyed hashes in the box's database: random, made once, in a private file apart from the database."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from content_packs.errors import NoSpace, NotAllowed, is_disk_full
from content_packs.store.durable import flush_folder, make_folder

_LENGTH = 32  # bytes


def box_secret(path: Path) -> bytes:
    """The key at `path`, made where there is none. Raises NotAllowed or NoSpace where that cannot be.

    One that is lost or damaged is made anew: what was hashed by the old one is then recognised no more.
    """
    try:
        while len(key := _read(path)) != _LENGTH:
            _make(path, damaged=bool(key))
    except OSError as error:
        if is_disk_full(error):
            raise NoSpace(f"The disk has no room for the file {path}: make some.") from error
        raise NotAllowed(f"The file {path} cannot be used: {error.strerror}. Give this user the right to.") from error
    return key


def mac(key: bytes, *parts: str) -> bytes:
    """The keyed hash of these parts (HMAC-SHA-256, RFC 2104, its first 16 bytes)."""
    return hmac.digest(key, "\0".join(parts).encode("utf-8", "replace"), hashlib.sha256)[:16]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LENGTH)
    except FileNotFoundError:
        return b""


def _make(path: Path, *, damaged: bool) -> None:
    """Put a whole key at `path` unless another process was faster."""
    make_folder(path.parent)
    made = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, secrets.token_bytes(_LENGTH))
        os.fsync(descriptor)
        if damaged:
            path.unlink(missing_ok=True)
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        os.close(descriptor)
        made.unlink()
    flush_folder(path.parent)
