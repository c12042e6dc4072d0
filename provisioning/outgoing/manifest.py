"""The manifest that a box signs: the one thing that changes in place, and says which objects are what.

docs/formats/outgoing.md, field by field. Rules only: nothing is read or written here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from content_packs.box_key import BoxKey, box_id_of
from content_packs.errors import BadInput
from provisioning.outgoing.objects import is_object_name

FORMAT = 1
SIZE_LIMIT = 4 * 1024 * 1024  # bytes of a manifest
ROUTES = ("manifest", "carried")  # sent over a link; taken along on a stick

_SIGNED_AS = b"ideascube outgoing 1\n"  # so that no signature for something else is one for a manifest
_BOX = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """`counter` grows with each; `pages`: of each page the names of the objects that hold it, in their order."""

    box: str
    key: bytes
    name: str
    counter: int
    made: str
    pages: tuple[tuple[str, ...], ...]


def manifest_path(box: str, route: str) -> str:
    """Where the manifest lies below a hub's address."""
    return f"inbox/{box}/{route}.json"


def receipt_path(box: str) -> str:
    return f"inbox/{box}/receipt.json"


def is_box_id(text: object) -> bool:
    return isinstance(text, str) and _BOX.fullmatch(text) is not None


def canonical(document: object) -> bytes:
    """JSON of which there is one for each value (RFC 8785, for texts and whole numbers): keys sorted, no spaces."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signed(manifest: Manifest, key: BoxKey) -> bytes:
    """The manifest's file."""
    body = {
        "format": FORMAT,
        "box": manifest.box,
        "key": manifest.key.hex(),
        "name": manifest.name,
        "counter": manifest.counter,
        "made": manifest.made,
        "pages": [list(page) for page in manifest.pages],
    }
    return canonical({"signed": body, "signature": key.sign(_SIGNED_AS + canonical(body)).hex()})


class _Body(msgspec.Struct):
    format: int
    box: str
    key: str
    counter: int
    pages: list[list[str]]
    name: str = ""
    made: str = ""


def read_manifest(raw: bytes, box: str) -> Manifest:
    """The manifest of the box `box`, whose signature holds. Whether its key is enrolled is asked elsewhere.

    Raises BadInput with what is wrong: the sentence names the box.
    """
    try:
        document = msgspec.json.decode(raw[: SIZE_LIMIT + 1], type=dict[str, Any])
        body = msgspec.convert(document.get("signed"), _Body)
        key, signature = bytes.fromhex(body.key), bytes.fromhex(str(document.get("signature")))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BadInput(f"The manifest of the box {box} cannot be read: it has to be sent again.") from error
    if body.format != FORMAT:
        raise BadInput(f"The manifest of the box {box} has the format {body.format}: update Ideascube.")
    _verify(box, key, signature, document["signed"])
    if body.box != box or not _are_pages(body.pages) or not 0 < body.counter < 2**53:
        raise BadInput(f"The manifest of the box {box} says what cannot be: it is refused.")
    pages = tuple(tuple(page) for page in body.pages)
    return Manifest(box, key, body.name[:200], body.counter, body.made[:30], pages)


def _verify(box: str, key: bytes, signature: bytes, body: object) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _SIGNED_AS + canonical(body))
        is_right = box_id_of(key) == box
    except (InvalidSignature, ValueError):
        is_right = False
    if not is_right:
        raise BadInput(f"The manifest of the box {box} is not signed by that box: it is refused.")


def _are_pages(pages: list[list[str]]) -> bool:
    return all(all(is_object_name(name) for name in page) for page in pages)
