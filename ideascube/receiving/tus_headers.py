"""The headers of tus 1.0.0, read and written. Pure.

Source: https://tus.io/protocols/resumable-upload

Not here: `Upload-Defer-Length`, partial uploads (concatenation) and checksums in trailers, which this server does not
offer.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import NamedTuple

from ideascube.receiving.bounds import BOUNDS

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
ALGORITHMS = {"sha1": 20, "sha256": 32}  # bytes of a digest
PIECE_TYPE = "application/offset+octet-stream"

RESUMABLE = "Tus-Resumable"
LENGTH = "Upload-Length"
DEFERRED = "Upload-Defer-Length"
OFFSET = "Upload-Offset"
METADATA = "Upload-Metadata"
CHECKSUM = "Upload-Checksum"
EXPIRES = "Upload-Expires"
CONCAT = "Upload-Concat"
OVERRIDE = "X-HTTP-Method-Override"

_NUMBER = re.compile(r"[0-9]{1,18}")
_KEY = re.compile(r"[^\s,]+")
_MOST_METADATA = 50  # pairs
_LONGEST_METADATA = 4096  # letters


class BadHeader(Exception):
    """What a client sent is not tus. `status`: of the answer; the text is for who writes the client."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class Checksum(NamedTuple):
    """Of the body of one request: the name of the hash as Python and tus have it, and the digest."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Creation:
    """What a POST announces. `metadata`: as it was written, which HEAD gives back; `metadata()` reads it."""

    length: int
    metadata: str


def check_version(headers: Mapping[str, str]) -> None:
    """Every request but OPTIONS names the version of the protocol. Raises BadHeader."""
    if headers.get(RESUMABLE) != VERSION:
        raise BadHeader(412, f"This server speaks tus {VERSION}: send the header {RESUMABLE}: {VERSION}.")


def asked_method(method: str, headers: Mapping[str, str]) -> str:
    """What the request is about: for clients that cannot send PATCH or DELETE.

    Of POST alone, since this is what is looked at before anything changes: see `web.security`.
    """
    return headers.get(OVERRIDE, method).upper() if method == "POST" else method


def creation(headers: Mapping[str, str]) -> Creation:
    """Raises BadHeader."""
    if DEFERRED in headers or CONCAT in headers:
        raise BadHeader(400, f"Uploads of unknown length, or made of others, are not offered: send {LENGTH}.")
    written = headers.get(METADATA, "")
    if len(written) > _LONGEST_METADATA:
        raise BadHeader(431, f"{METADATA} may have {_LONGEST_METADATA} letters.")
    metadata(written)
    return Creation(_number(headers, LENGTH), written)


def offset(headers: Mapping[str, str]) -> int:
    """Where the bytes of a PATCH belong. Raises BadHeader."""
    return _number(headers, OFFSET)


def check_piece_type(headers: Mapping[str, str]) -> None:
    """Raises BadHeader."""
    if headers.get("Content-Type", "").partition(";")[0].strip().lower() != PIECE_TYPE:
        raise BadHeader(415, f"The body of a piece has the type {PIECE_TYPE}.")


def checksum(headers: Mapping[str, str]) -> Checksum | None:
    """Of the request's body, where the client sent one. Raises BadHeader."""
    sent = headers.get(CHECKSUM)
    if sent is None:
        return None
    name, _, encoded = sent.strip().partition(" ")
    try:
        digest = base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if ALGORITHMS.get(name) != len(digest):
        raise BadHeader(400, f"{CHECKSUM} is one of {', '.join(ALGORITHMS)}, a space, and the hash in Base64.")
    return Checksum(name, digest)


def _number(headers: Mapping[str, str], name: str) -> int:
    sent = headers.get(name, "")
    if not _NUMBER.fullmatch(sent):
        raise BadHeader(400, f"{name} has to be there, and a number from 0.")
    return int(sent)


def metadata(sent: str) -> dict[str, bytes]:
    """Pairs with commas between: a key, a space, and the value in Base64, which may be left out. Raises BadHeader."""
    if not sent.strip():
        return {}
    pairs = [pair.strip().partition(" ") for pair in sent.split(",")]
    if len(pairs) > _MOST_METADATA or len({key for key, _, _ in pairs}) < len(pairs):
        raise BadHeader(400, f"{METADATA} has a key twice, or too many of them.")
    return {key: _value(key, encoded.strip()) for key, _, encoded in pairs}


def _value(key: str, encoded: str) -> bytes:
    try:
        if _KEY.fullmatch(key):
            return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        pass
    raise BadHeader(400, f"{METADATA} is keys with values in Base64, with commas between.")


def capabilities() -> dict[str, str]:
    """What OPTIONS says."""
    return {
        RESUMABLE: VERSION,
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(BOUNDS.file),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }


def expires(days: int, now: float) -> dict[str, str]:
    """When an upload is thrown away if nothing more comes; `now`: seconds since 1970.

    An estimate: the box counts days on which it runs, since its clock may be wrong.
    """
    at = datetime.fromtimestamp(now, UTC) + timedelta(days=days)
    return {EXPIRES: format_datetime(at.replace(tzinfo=UTC), usegmt=True)}
