"""The bytes of an entry, read piece by piece where they lie uncompressed in the pack, else from memory."""

from __future__ import annotations

from dataclasses import dataclass

from content_packs.errors import BadInput, BrokenPack
from content_packs.zim.reader import LARGEST, PackReader, StoredPlace, ZimEntry


@dataclass(frozen=True, slots=True)
class Source:
    """`place` or `body` is set. `name` is what messages call it."""

    name: str
    size: int
    place: StoredPlace | None = None
    body: bytes = b""

    def read(self, offset: int, length: int) -> bytes:
        """Exactly so many bytes; may wait for the disk. Raises BadInput where it ends before, or BrokenPack."""
        if offset < 0 or offset + length > self.size:
            raise BadInput(f"{self.name} is cut off: copy it again.")
        if self.place is None:
            return self.body[offset : offset + length]
        file = self.place.file
        piece = file.read_at(self.place.range.offset + offset, length)
        if not file.is_intact():
            raise BrokenPack(f"{file.paths[0].name} changed while it was read: ask for it again.")
        return piece


def source_of(reader: PackReader, entry: ZimEntry) -> Source:
    """Where to read the entry. Raises BrokenEntry for one that is damaged, or too large to be held in memory."""
    name = entry.path.rpartition("/")[2]
    stored = reader.stored(entry)
    if stored is not None:
        return Source(name, stored.range.length, stored)
    body = reader.read(entry, limit=LARGEST)
    return Source(name, len(body), None, body)
