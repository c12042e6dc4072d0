"""A file cut into pieces of one length, each with its sum: so that a part can count before the whole is there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from content_packs.errors import BadInput

ALGORITHMS = {"sha256": 32, "sha1": 20}  # as hashlib calls them, and the bytes of a digest


@dataclass(frozen=True, slots=True)
class Pieces:
    """Sums of a file's pieces in their order, each `length` bytes long, the last one perhaps shorter.

    `algorithm` as hashlib calls it: "sha256", "sha1" (Metalink files of Kiwix).
    """

    algorithm: str
    length: int
    digests: tuple[bytes, ...]

    def __len__(self) -> int:
        return len(self.digests)

    def fit(self, size: int) -> bool:
        """Whether they can be the pieces of a file of `size` bytes."""
        return self.length > 0 and len(self.digests) == -(-size // self.length)

    def is_right(self, number: int, content: bytes | bytearray | memoryview) -> bool:
        """Whether this is the content of the piece of that number, counted from 0."""
        return hashlib.new(self.algorithm, content, usedforsecurity=False).digest() == self.digests[number]


def pieces_from_bytes(content: bytes, length: int, algorithm: str = "sha256") -> Pieces:
    """The sums in a file that is nothing but digests one after the other (docs/formats/hub.md, `NAME.pieces`).

    Raises BadInput where it does not hold whole digests.
    """
    size = ALGORITHMS[algorithm]
    if not content or len(content) % size:
        raise BadInput(f"A list of sums has {len(content)} bytes, which is no multiple of {size}: fetch it again.")
    return Pieces(algorithm, length, tuple(content[start : start + size] for start in range(0, len(content), size)))
