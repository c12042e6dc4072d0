"""Records and their data on the way into chunks, which are closed when they are large enough; counted as they go by."""

from __future__ import annotations

import json
from collections.abc import Iterable

from content_packs.delta.container import DeltaWriter
from content_packs.delta.records import PATH_LIMIT, Made, Record, Redirect, Removed
from content_packs.errors import BadInput
from content_packs.zim.creator import is_compressible

_CHUNK = 4 * 1024 * 1024  # bytes of records and data after which a chunk is closed


class Packer:
    """`count` of records, bytes of contents `stored` and `text`: what the description declares.

    `name`: the new file's, for messages.
    """

    def __init__(self, chunks: DeltaWriter, name: str) -> None:
        self._chunks, self._name = chunks, name
        self._records: list[bytes] = []
        self._data: list[bytes] = []
        self._size, self._media = 0, 0
        self.count, self.stored, self.text = 0, 0, 0

    def add(self, record: Record, data: bytes = b"") -> None:
        """Raises BadInput for a path or title that no reader of deltas takes."""
        self._refuse_long(_texts(record))
        text = json.dumps(record.to_json(), ensure_ascii=False, separators=(",", ":")).encode()
        self._records.append(text)
        self._data.append(data)
        self.count += 1
        self._size += len(text) + len(data)
        if isinstance(record, Made):
            self._count_content(record, data)
        if self._size >= _CHUNK:
            self.close()

    def add_pieces(self, record: Made, batches: Iterable[bytes]) -> None:
        """A chunk with the record alone, then chunks with nothing but pieces of its content."""
        self.close()
        self.add(record)
        self.close()
        for batch in batches:
            self._chunks.add([], batch, quick=not is_compressible(record.type))

    def close(self) -> None:
        """Write the chunk at work, if there is any."""
        if self._records:
            self._chunks.add(self._records, b"".join(self._data), quick=2 * self._media > self._size)
        self._records, self._data, self._size, self._media = [], [], 0, 0

    def _refuse_long(self, texts: Iterable[str]) -> None:
        for text in texts:
            if len(text.encode()) > PATH_LIMIT:
                raise BadInput(f"{self._name} has a path or title of more than {PATH_LIMIT} bytes: “{text[:60]}…”.")

    def _count_content(self, record: Made, data: bytes) -> None:
        if record.is_pointed_at:
            return
        if is_compressible(record.type):
            self.text += record.content.size
        else:
            self.stored += record.content.size
            self._media += len(data)


def _texts(record: Record) -> tuple[str, ...]:
    if isinstance(record, Removed):
        return record.paths
    if isinstance(record, Redirect):
        return record.path, record.title, record.target
    return record.path, record.title
