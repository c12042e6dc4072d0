"""The box's own key pair (Ed25519, RFC 8032): what others know the box by, and what it signs with what it sends.

`keys/box.key`, 32 bytes, for this user alone, is made when it is first asked for. Server and command may ask at once.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from content_packs.disk import refusals_told
from content_packs.errors import BadInput
from content_packs.private_file import make_private, read_private

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
        if not (seed := read_private(path, _LENGTH + 1)):
            make_private(path, secrets.token_bytes(_LENGTH))
            seed = read_private(path, _LENGTH + 1)
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
