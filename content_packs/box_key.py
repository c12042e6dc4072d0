"""The box's own key pair (Ed25519, RFC 8032): what others know the box by, and what it signs with what it sends.

`keys/box.key`, 32 bytes, for this user alone, is made when it is first asked for. Server and command may ask at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from content_packs.disk import refusals_told
from content_packs.errors import BadInput
from content_packs.store.durable import flush_folder, make_folder

FILE = "box.key"
ID_LENGTH = 16  # hexadecimal digits of a box's id

_LENGTH = 32  # bytes: RFC 8032, section 5.1.5


@dataclass(frozen=True, slots=True)
class BoxKey:
    """`public`: 32 bytes, as RFC 8032 encodes them."""

    private: Ed25519PrivateKey
    public: bytes

    @property
    def id(self) -> str:
        return box_id_of(self.public)

    def sign(self, content: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self.private.sign(content)


def box_key(keys: Path) -> BoxKey:
    """The key of the box whose folder of keys this is, made where there is none.

    Raises NotAllowed, NoSpace, or BadInput where what is there is no key: another one would be another box, so that is
    for a person to decide.
    """
    path = keys / FILE
    with refusals_told(path):
        seed = _read(path) or _made(path)
    if len(seed) != _LENGTH:
        raise BadInput(
            f"The box's key {path} is damaged: put a copy of it in its place, or remove it; then the box gets a new "
            "one, with which it has to be enrolled again."
        )
    private = Ed25519PrivateKey.from_private_bytes(seed)
    return BoxKey(private, private.public_key().public_bytes_raw())


def box_id_of(public: bytes) -> str:
    """The id of the box that has this public key."""
    return hashlib.sha256(public).hexdigest()[:ID_LENGTH]


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LENGTH + 1)
    except FileNotFoundError:
        return b""


def _made(path: Path) -> bytes:
    """Put a whole new key at `path`, unless another process was faster; the key that is there then."""
    make_folder(path.parent)
    new = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, secrets.token_bytes(_LENGTH))
        os.fsync(descriptor)
        with contextlib.suppress(FileExistsError):
            os.link(new, path)
    finally:
        os.close(descriptor)
        new.unlink()
    flush_folder(path.parent)
    return _read(path)
