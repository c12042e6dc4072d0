"""Whether files may be shown to people: what stands before every installation.

Only what would make a pack useless or a liar refuses it: it doesn't open, its checksum is wrong. What a careful author
would mend (a missing description, a dangling link) is for `content_packs.check`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from content_packs.errors import BadInput, BrokenPack
from content_packs.store.durable import COPY_PIECE
from content_packs.store.found import FoundPack
from content_packs.store.library import PackRecord
from content_packs.store.scan import describe_found
from content_packs.zim.archive import ZimArchive


def verify_pack(pack: FoundPack) -> PackRecord:
    """Read the uppermost file once against its own checksum; what lies below was read when it came. Slow.

    Gives the pack's record. Raises BrokenPack with what is wrong.
    """
    record = described(pack)
    top = pack.layer_paths[-1] if pack.layers else pack.paths[0]
    if not ZimArchive(top).checksum_holds():
        raise BrokenPack(f"{top.name} is damaged: its checksum is wrong. Copy or download it again.")
    return record


def described(pack: FoundPack) -> PackRecord:
    """The record of a pack that can be opened. Raises BrokenPack."""
    record = describe_found(pack)
    if record.problem is not None:
        raise BrokenPack(record.problem)
    return record


def verify_sha256(paths: Iterable[Path], expected: str) -> None:
    """Compare the bytes of all `paths`, joined, with their hash as hexadecimal digits. Slow. Raises BrokenPack."""
    total = hashlib.sha256()
    names = []
    for path in paths:
        names.append(path.name)
        with path.open("rb", buffering=0) as file:
            while piece := file.read(COPY_PIECE):
                total.update(piece)
    if total.hexdigest() != expected:
        raise BrokenPack(
            f"{names[0]} is not the file that was announced: its SHA-256 is {total.hexdigest()} and not {expected}. "
            "Download it again, or ask where it came from for the right number."
        )


def clean_sha256(given: str) -> str:
    """A hash as people paste it. Raises BadInput."""
    digits = given.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise BadInput(f"“{given[:80]}” is no SHA-256: give 64 hexadecimal digits.")
    return digits
