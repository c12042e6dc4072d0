"""Whether files may be shown to people: what stands before every installation.

Only what would make a pack useless or a liar refuses it: it doesn't open, its checksum is wrong, it is not what was
announced. What a careful author would mend (a missing description, a dangling link) are warnings of the same check,
which `ideascube pack check` shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content_packs.errors import BrokenPack
from content_packs.manifest import Hashes
from content_packs.manifest.hashes import damaged_pieces, file_size
from content_packs.store.found import FoundPack
from content_packs.store.library import PackRecord
from content_packs.store.scan import described
from content_packs.zim.checksum import has_checksum


@dataclass(frozen=True, slots=True)
class Announced:
    """What a file has to be, by a catalogue or by whoever sent it; 0 and None where nobody said it. `size` in bytes.

    `is_proved`: whoever brings the file compared it with the sums as it came. That it lies here as it came is then for
    the file's own checksum to tell, so that not all of it is read and summed twice.
    """

    size: int = 0
    hashes: Hashes | None = None
    is_proved: bool = False


NOT_ANNOUNCED = Announced()


def verify_pack(pack: FoundPack) -> PackRecord:
    """Read the uppermost file once against its own checksum; what lies below was read when it came. Slow.

    Gives the pack's record. Raises BrokenPack with what is wrong.
    """
    record = described(pack)
    if pack.layers:
        _verify_layer(pack.layer_paths[-1])
    else:
        _verify_base(pack.paths[0])
    return record


def _verify_base(first: Path) -> None:
    from content_packs.check import check_pack  # with libzim and more, where something is verified

    for finding in check_pack(first, entries=False):
        if finding.severity == "error":
            raise BrokenPack(f"{first.name} is damaged: {finding.what}. {finding.cure}.")


def _verify_layer(layer: Path) -> None:
    from content_packs.zim.archive import ZimArchive

    if not ZimArchive(layer).checksum_holds():
        raise BrokenPack(f"{layer.name} was written and cannot be read as it was: the disk may be failing.")


def verify_announced(first: Path, announced: Announced) -> None:
    """Compare a file, or all parts of a split one, with what was announced. Slow. Raises BrokenPack."""
    size = file_size(first) if announced.size else 0
    if size != announced.size:
        raise BrokenPack(
            f"{first.name} is not what was announced: it has {size} bytes and not {announced.size}. Download it again."
        )
    if announced.hashes is None or (announced.is_proved and has_checksum(first)):
        return
    if damaged := damaged_pieces(first, announced.hashes):
        where = f", in {len(damaged)} of its pieces of 1 MiB" if announced.hashes.pieces else ""
        raise BrokenPack(f"{first.name} is not what was announced: its SHA-256 differs{where}. Download it again.")
