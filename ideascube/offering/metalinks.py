"""A pack's Metalink file (RFC 5854): its size, its sums once they are known, and where this box has it.

The sums are in `cache/sums/STAMP.meta4`, a Metalink file with a place for the address; docs/formats/data-folder.md.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from content_packs.manifest import Hashes
from content_packs.manifest.hashes import PIECE
from content_packs.metalink import MEDIA_TYPE, Metalink, Mirror, write_metalink
from content_packs.pieces import Pieces
from content_packs.store.data_folder import DataFolder
from content_packs.store.library import PackRecord

__all__ = ["ENDING", "MEDIA_TYPE", "file_name", "is_offered", "metalink_for", "sums_file", "with_sums"]

ENDING = ".meta4"

_PLACE = "http://the.address.of.the.file.invalid/"
_NOT_XML = re.compile("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_offered(record: PackRecord) -> bool:
    """Whether others can fetch the pack as it is: one with layers is no one file, and its base is an older version."""
    return record.manifest is not None and not record.layers


def file_name(record: PackRecord) -> str:
    """The name to save the pack under: that of its file in the store, as if it had never been split."""
    name = record.files[0].rpartition("/")[2]
    return name.removesuffix(".zimaa").removesuffix(".zim") + ".zim"


def sums_file(data: DataFolder, stamp: str) -> Path:
    """Where the sums of the pack with this stamp are, once they are made."""
    return data.cache / "sums" / f"{stamp}{ENDING}"


def with_sums(record: PackRecord, size: int, hashes: Hashes) -> bytes:
    """What that file holds. `size` in bytes."""
    pieces = Pieces("sha256", PIECE, tuple(bytes.fromhex(digest) for digest in hashes.pieces))
    return write_metalink(Metalink(_name(record), size, hashes.sha256, pieces, (Mirror(_PLACE, 1),)))


def metalink_for(record: PackRecord, data: DataFolder, address: str) -> bytes:
    """The Metalink file of a pack that `is_offered` at `address`. Without sums where nobody made them yet. Slow."""
    try:
        written = sums_file(data, record.stamp).read_bytes()
    except OSError:
        written = write_metalink(Metalink(_name(record), record.size, record.sha256, None, (Mirror(_PLACE, 1),)))
    return written.replace(_PLACE.encode(), escape(address).encode())


def _name(record: PackRecord) -> str:
    return _NOT_XML.sub("_", file_name(record))
