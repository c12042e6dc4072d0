"""The signed catalogue as a value, and its bytes. Format: docs/formats/hub.md.

Whether it is the organisation's is known before it is read: see `refresh`.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from content_packs.errors import BadInput, Refused
from content_packs.manifest import Manifest, values
from content_packs.manifest.record import Record, known, read_record, reader_of
from content_packs.manifest.values import Reader
from content_packs.zim.identity import Identity

FORMAT = 1
PACKED_LIMIT = 2 * 1024 * 1024  # bytes of catalogue.json.gz
UNPACKED_LIMIT = 8 * 1024 * 1024  # bytes: a box has 64 MB for a sync
CREATION_LIMIT = 64 * 1024  # bytes, as docs/formats/sharing.md has it
VALUES_LIMIT = 500_000  # of its JSON, which take up to 25 times their length
PACKS, CREATIONS, BOXES, DELTAS, MIRRORS = 5_000, 20_000, 5_000, 20, 20

_HEX = re.compile(r"[0-9a-f]+")
_ADDRESS = re.compile(r"(https?|s3|gs|az)://[^\s\x00-\x1f\x7f\ud800-\udfff]{1,2000}")
_PATH = re.compile(r"(?!.*(^|/)\.{0,2}(/|$))[^\x00-\x1f\x7f\\:*?\"<>|\ud800-\udfff]{1,1000}")

Value = TypeVar("Value")


def _digits(length: int) -> Reader[str]:
    return lambda value: value if isinstance(value, str) and len(value) == length and _HEX.fullmatch(value) else None


def _matching(pattern: re.Pattern[str]) -> Reader[str]:
    return lambda value: value if isinstance(value, str) and pattern.fullmatch(value) else None


def _each(read: Reader[Value], limit: int) -> Reader[tuple[Value, ...]]:
    """Those of a list that can be read; `lost` counts the others."""

    def read_all(value: object) -> tuple[Value, ...] | None:
        if not isinstance(value, list | tuple):
            return None
        return tuple(item for each in value[:limit] if (item := read(each)) is not None)

    return read_all


def _identity(value: object) -> Identity | None:
    try:
        return value if isinstance(value, Identity) else Identity.from_json(value)
    except (ValueError, TypeError, LookupError):
        return None


def _manifest(value: object) -> Manifest | None:
    if isinstance(value, Manifest):
        return value
    try:
        return Manifest.from_json(value)
    except BadInput:
        return None


def _parcel(value: object) -> Mapping[str, Any] | None:
    """A parcel of docs/formats/sharing.md: what is in it is for those who take it in to check."""
    fits = isinstance(value, Mapping) and len(json.dumps(value, ensure_ascii=False).encode()) <= CREATION_LIMIT
    return value if fits and isinstance(value, Mapping) and isinstance(value.get("id"), str) else None


def _aliases(value: object) -> dict[str, str] | None:
    if not isinstance(value, Mapping):
        return None
    pairs = [(values.pack_id(old), values.pack_id(new)) for old, new in value.items()]
    return {old: new for old, new in pairs[:PACKS] if old and new}


_path, _address = _matching(_PATH), _matching(_ADDRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceSums(Record):
    """A file of the SHA-256 sums of each MiB of a pack, 32 bytes each; `sha256` of this file itself."""

    path: str = known(_path)
    sha256: str = known(values.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedDelta(Record):
    """A delta on the hub. `base`: which version it is for; the rest as `provisioning.offers.DeltaOffer`."""

    path: str = known(_path)
    size: int = known(values.number)
    sha256: str = known(values.sha256)
    base: Identity = known(_identity)
    stored: int = known(values.number, default=0)
    text: int = known(values.number, default=0)

    def to_json(self) -> dict[str, Any]:
        base = {name: getattr(self.base, name) for name in ("uuid", "size", "entries", "checksum")}
        return {**Record.to_json(self), "base": base}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPack(Record):
    """One version of a pack. Its size and sum are those of the manifest; `mirrors`: whole addresses of the file."""

    manifest: Manifest = known(_manifest)
    path: str = known(_path)
    pieces: PieceSums | None = known(reader_of(PieceSums), default=None)
    mirrors: tuple[str, ...] = known(_each(_address, MIRRORS), default=())
    deltas: tuple[SignedDelta, ...] = known(_each(reader_of(SignedDelta), DELTAS), default=())

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def sha256(self) -> str:
        assert self.manifest.hashes is not None  # by `_pack`
        return self.manifest.hashes.sha256


def _pack(value: object) -> SignedPack | None:
    """None too where the manifest lacks what binds the file to the signature."""
    pack = value if isinstance(value, SignedPack) else read_record(SignedPack, value)
    return pack if pack and pack.manifest.hashes is not None and pack.manifest.size else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Record):
    """Boxes remove the pack where its date is not after `date` (YYYY-MM-DD), or where it has none."""

    id: str = known(values.pack_id)
    date: str = known(values.day)
    reason: str = known(values.text(500), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledBox(Record):
    """A box whose creations the organisation takes. `key`: its public key (Ed25519), `id`: what it is known by."""

    id: str = known(_digits(16))
    key: str = known(_digits(64))
    name: str = known(values.text(200), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue(Record):
    """All that an organisation says. `name` of it; `mirrors`: addresses that have all of the hub's files.

    `aliases`: from an id that a pack had to the one that it has. `creations`: parcels (docs/formats/sharing.md).
    """

    name: str = known(values.text(200), default="")
    packs: tuple[SignedPack, ...] = known(_each(_pack, PACKS), default=())
    creations: tuple[Mapping[str, Any], ...] = known(_each(_parcel, CREATIONS), default=())
    withdrawn: tuple[Withdrawn, ...] = known(_each(reader_of(Withdrawn), PACKS), default=())
    aliases: Mapping[str, str] = known(_aliases, default={})
    boxes: tuple[EnrolledBox, ...] = known(_each(reader_of(EnrolledBox), BOXES), default=())
    mirrors: tuple[str, ...] = known(_each(_address, MIRRORS), default=())

    def pack(self, pack_id: str) -> SignedPack | None:
        return next((each for each in self.packs if each.id == pack_id), None)

    def to_bytes(self) -> bytes:
        """`catalogue.json.gz`, the same bytes for the same catalogue. Raises BadInput where it is too large."""
        document = {**self.to_json(), "format": FORMAT}
        plain = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        packed = gzip.compress(plain, 9, mtime=0)
        if len(plain) > UNPACKED_LIMIT or len(packed) > PACKED_LIMIT or plain.count(b",") > VALUES_LIMIT:
            raise BadInput(
                f"The catalogue would have {len(plain)} bytes, and boxes read no more than {UNPACKED_LIMIT}: "
                "make a second hub for some of the packs."
            )
        return packed

    @classmethod
    def from_bytes(cls, packed: bytes) -> tuple[Catalogue, int]:
        """The catalogue, and how many entries of it could not be read, because a later Ideascube wrote them.

        Raises Refused for what is none, BadInput for a later format.
        """
        document = _document(packed)
        if not isinstance(document, Mapping):
            raise Refused("The signed catalogue is no JSON object: whoever publishes it has to do so again.")
        number = document.get("format")
        if not isinstance(number, int) or number > FORMAT:
            raise BadInput(f"The signed catalogue is of format {number} and only {FORMAT} is known: update Ideascube.")
        found = read_record(cls, {name: value for name, value in document.items() if name != "format"})
        assert found is not None
        return found, _lost(document, found)


def address_list(given: Iterable[str]) -> tuple[str, ...]:
    """Mirrors that a person gave. Raises BadInput for what is no address that a catalogue can have."""
    addresses = tuple(given)
    wrong = next((each for each in addresses if not _ADDRESS.fullmatch(each)), None)
    if wrong is not None or len(addresses) > MIRRORS:
        raise BadInput(
            f"“{wrong or addresses[-1]}” is no mirror: give up to {MIRRORS} addresses such as https://example.org/hub."
        )
    return addresses


def _lost(document: Mapping[str, Any], found: Catalogue) -> int:
    lists = ("packs", "creations", "withdrawn", "aliases", "boxes", "mirrors")
    return sum(len(document.get(name) or ()) - len(getattr(found, name)) for name in lists)


def _document(packed: bytes) -> object:
    unpacking = zlib.decompressobj(wbits=31)
    try:
        plain = unpacking.decompress(packed, UNPACKED_LIMIT + 1)
        if len(plain) > UNPACKED_LIMIT or not unpacking.eof:
            raise Refused(f"The signed catalogue has more than {UNPACKED_LIMIT} bytes, or is cut off: it was not read.")
        if plain.count(b",") > VALUES_LIMIT:
            raise Refused(f"The signed catalogue has more than {VALUES_LIMIT} values: it was not read.")
        return json.loads(plain)
    except (zlib.error, ValueError, RecursionError) as error:
        raise Refused("The signed catalogue is no JSON that can be read: it has to be published again.") from error
