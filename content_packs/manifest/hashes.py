"""SHA-256 sums of a pack's file, whole and by the MiB: made in one pass, and compared. Slow: every byte is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

from content_packs.errors import BrokenPack
from content_packs.manifest.model import Hashes, Manifest
from content_packs.zim.parts import PartedFile, part_paths

PIECE = 1024 * 1024  # bytes

Progress = Callable[[int, int], None]


def hash_file(path: Path, progress: Progress = lambda done, total: None) -> tuple[int, Hashes]:
    """The size in bytes and the sums of the file at `path`; of all parts if it is the first one of a split ZIM.

    `progress` gets bytes done and in all. Raises BrokenPack where the file cannot be read.
    """
    file = PartedFile(part_paths(path))
    try:
        whole, pieces = hashlib.sha256(), []
        for piece in _pieces(file, progress):
            whole.update(piece)
            pieces.append(hashlib.sha256(piece).hexdigest())
        return file.size, Hashes(sha256=whole.hexdigest(), pieces=tuple(pieces))
    finally:
        file.close()


def damaged_pieces(path: Path, expected: Hashes, progress: Progress = lambda done, total: None) -> list[int]:
    """The numbers, from 0, of the pieces that are not as `expected`, missing and surplus ones too.

    Where only the sum of the whole differs, so that nobody knows where, it is all of them. Raises as `hash_file`.
    """
    if _whole_sum(path, progress) == expected.sha256:
        return []
    _, found = hash_file(path, progress)
    pairs = zip_longest(found.pieces, expected.pieces)
    wrong = [number for number, (here, there) in enumerate(pairs) if here != there] if expected.pieces else []
    return wrong or list(range(max(1, len(found.pieces))))


def _whole_sum(path: Path, progress: Progress) -> str:
    """Without those of the pieces, which only a damaged file needs: half the work."""
    file = PartedFile(part_paths(path))
    try:
        whole = hashlib.sha256()
        for piece in _pieces(file, progress):
            whole.update(piece)
        return whole.hexdigest()
    finally:
        file.close()


def verify_file(path: Path, manifest: Manifest, progress: Progress = lambda done, total: None) -> None:
    """Whether the file is the one that `manifest` (of a catalogue) describes, by its size and sums, where it says them.

    Raises BrokenPack where it is not, and as `hash_file`.
    """
    size = file_size(path)
    if manifest.size and size != manifest.size:
        raise BrokenPack(
            f"{path.name} has {size} bytes, and its manifest says {manifest.size}: copy or download it again."
        )
    if manifest.hashes is not None and (damaged := damaged_pieces(path, manifest.hashes, progress)):
        count = max(1, -(-size // PIECE))
        raise BrokenPack(
            f"{path.name} is not what its manifest says: {len(damaged)} of {count} MiB differ. "
            "Copy or download it again."
        )


def file_size(path: Path) -> int:
    """Bytes, of all parts together. Raises BrokenPack where the file cannot be opened."""
    file = PartedFile(part_paths(path))
    file.close()
    return file.size


def _pieces(file: PartedFile, progress: Progress) -> Iterator[bytes]:
    for start in range(0, file.size, PIECE):
        piece = file.read_at(start, min(PIECE, file.size - start))
        yield piece
        progress(start + len(piece), file.size)
