"""What a sender says of a file in tus's metadata, beside its name. Pure."""

from __future__ import annotations

import base64
import re

from ideascube.box_db.random_ids import is_id
from ideascube.box_db.uploads import Upload
from ideascube.receiving.tus_headers import BadHeader, metadata

_SHA256 = re.compile(r"[0-9a-f]{64}")

NAME, SENDER, SHA256, TARGET = "filename", "sender", "sha256", "target"


def said(written: str, key: str, most: int = 10_000) -> str:
    """The value of a key, as text; empty where it is not there."""
    try:
        return metadata(written).get(key, b"")[:most].decode("utf-8", "replace")
    except BadHeader:
        return ""


def written(key: str, value: str) -> str:
    """One pair, as tus writes it."""
    return f"{key} {base64.b64encode(value.encode()).decode()}"


def sender_of(upload: Upload) -> str:
    """By what the sender's browser recognises the file."""
    return said(upload.metadata, SENDER, 100)


def sha256_of(upload: Upload) -> str:
    found = said(upload.metadata, SHA256, 100).lower()
    return found if _SHA256.fullmatch(found) else ""


def target_of(upload: Upload) -> str:
    """The creation that the file is for; empty for none."""
    found = said(upload.metadata, TARGET, 100)
    return found if is_id(found) else ""
