"""The keys of a hub: files of one Ed25519 key each (PKCS #8, PEM), for their owner alone.

`root.pem` says which other keys are the hub's and may lie on a stick in a drawer; `publish.pem` signs all the rest.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner

from content_packs.disk import refusals_told
from content_packs.errors import BadInput
from content_packs.store.durable import flush_folder, make_folder

ROOT, PUBLISH, NEW_ROOT, NEW_PUBLISH = "root.pem", "publish.pem", "root.new.pem", "publish.new.pem"
_LIMIT = 16 * 1024  # bytes


def load_key(path: Path) -> CryptoSigner:
    """Raises BadInput where there is no key, or another thing."""
    try:
        with path.open("rb") as file:
            key = load_pem_private_key(file.read(_LIMIT), None)
    except OSError as error:
        raise BadInput(f"The key {path} cannot be read: {error.strerror}. Put a copy of it there.") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadInput(f"{path} is no key as `hub init` makes it: put a copy of the right one there.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadInput(f"{path} is a key of another kind than Ed25519: put a copy of the right one there.")
    return CryptoSigner(key)


def made_key(path: Path) -> CryptoSigner:
    """The key at the path, made where there is none. Raises NotAllowed, NoSpace or BadInput."""
    if not path.exists():
        _write(path, CryptoSigner.generate_ed25519().private_bytes)
    return load_key(path)


def key_of(paths: Iterable[Path], key_ids: Iterable[str]) -> CryptoSigner:
    """The first of the keys at these paths that is among those with these ids. Raises BadInput where none is."""
    found = {path: load_key(path) for path in paths if path.exists()}
    wanted = set(key_ids)
    for signer in found.values():
        if signer.public_key.keyid in wanted:
            return signer
    names = ", ".join(str(path) for path in found) or "keys/hub"
    raise BadInput(f"None of the hub's keys is here ({names}): put a copy of the right publish.pem into keys/hub.")


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, for this user alone."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    with refusals_told(path):
        make_folder(path.parent)
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        new.replace(path)
        flush_folder(path.parent)
