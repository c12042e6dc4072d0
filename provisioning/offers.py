"""What a catalogue offers: one version of a pack, where it can be had, and how it is known to be the right one."""

from __future__ import annotations

from dataclasses import dataclass, field

from content_packs.manifest import Manifest
from content_packs.pieces import Pieces
from content_packs.zim.identity import Identity

__all__ = ["DeltaOffer", "Offer", "Pieces"]


@dataclass(frozen=True, slots=True)
class DeltaOffer:
    """A delta (docs/formats/delta.md) of the pack with the identity `base`.

    It makes the offered version, or a version between that has the identity `result`, from which another one leads on.
    `size` in bytes; `sha256` hexadecimal; `addresses` like those of an offer. `stored` and `text`: bytes that a layer
    made of it holds, as the delta's description says them.
    """

    base: Identity
    addresses: tuple[str, ...]
    size: int
    sha256: str
    stored: int = 0
    text: int = 0
    result: Identity | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One version of a pack. Everything that is known of it before it is here.

    `manifest`: what the pack is; its `size` and `hashes` where they are known. `addresses`: mirrors, the best first.
    `size` in bytes, rounded by the catalogue where `is_exact` is False. `metalink`: address of a `.meta4` file that
    says size, sums and mirrors, empty where there is none. `pieces`: address of the file of piece sums, whose own
    SHA-256 is `pieces_sha256`; `piece_sums` what is in it, or in the `.meta4` file, once that was fetched
    (catalogues.resolve). `is_signed`: whether the catalogue is signed and was verified. `unfit`: a sentence that says
    why a sync cannot install it as it is, empty where it can.
    """

    catalogue: str
    manifest: Manifest
    addresses: tuple[str, ...]
    size: int
    is_exact: bool = True
    sha256: str = ""
    metalink: str = ""
    pieces: str = ""
    pieces_sha256: str = ""
    is_signed: bool = False
    deltas: tuple[DeltaOffer, ...] = field(default=())
    piece_sums: Pieces | None = None
    unfit: str = ""

    @property
    def id(self) -> str:
        return self.manifest.id
