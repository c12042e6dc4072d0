"""A pack without some of its pages: nothing of it says that they are there, be it an address, its list of items or a
search. What its other pages say of them, and its file, stay as they are.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Any, cast

from content_packs.errors import BadInput, BrokenEntry
from content_packs.items import PATH, SIZE_LIMIT, read_items
from content_packs.zim.reader import FoundPage, PackReader, StoredPlace, ZimEntry, ZimRedirect

_DRAWS = 50  # of a random page that is not left out


def without_pages(pack: PackReader, left_out: frozenset[str]) -> PackReader:
    """`pack` without the pages at these paths; an item leaves with both its file and its page, whichever is named."""
    return cast("PackReader", _Without(pack, left_out)) if left_out else pack


class _Without:
    """Whatever does not concern single pages is the pack's own."""

    def __init__(self, pack: PackReader, left_out: frozenset[str]) -> None:
        self._pack = pack
        self._left_out = left_out | _of_items(pack, left_out)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pack, name)

    @cached_property
    def fingerprint(self) -> str:
        left_out = "\n".join(sorted(self._left_out))
        return f"{self._pack.fingerprint}{hashlib.sha256(left_out.encode()).hexdigest()[:8]}"

    def find(self, path: str) -> ZimEntry | ZimRedirect | None:
        found = None if path in self._left_out else self._pack.find(path)
        return None if isinstance(found, ZimRedirect) and found.target in self._left_out else found

    def read(self, entry: ZimEntry, **options: Any) -> bytes:
        body = self._pack.read(entry, **options)
        return self._shorter_list(body) if entry.path == PATH else body

    def stored(self, entry: ZimEntry) -> StoredPlace | None:
        return None if entry.path == PATH else self._pack.stored(entry)

    def _shorter_list(self, body: bytes) -> bytes:
        """The list of items without those that are left out; one that cannot be read is read by nobody."""
        try:
            document = json.loads(body)
            items = [item for item in document["items"] if item["path"] not in self._left_out]
        except (ValueError, LookupError, TypeError, RecursionError):
            return body
        return json.dumps({**document, "items": items}, ensure_ascii=False).encode()

    def main_path(self) -> str | None:
        path = self._pack.main_path()
        return None if path in self._left_out else path

    def random_path(self) -> str | None:
        drawn = (self._pack.random_path() for _ in range(_DRAWS))
        return next((path for path in drawn if path not in self._left_out), None)

    def fulltext(self, query: str, start: int, count: int) -> tuple[list[str], int]:
        paths, total = self._pack.fulltext(query, start, count)
        left = [path for path in paths if path not in self._left_out]
        return left, total - len(paths) + len(left)

    def titles(self, text: str, count: int) -> list[str]:
        return [path for path in self._pack.titles(text, count) if path not in self._left_out]

    def page_at(self, path: str) -> FoundPage | None:
        page = None if path in self._left_out else self._pack.page_at(path)
        return None if page is not None and page.path in self._left_out else page

    def page_bytes(self, path: str) -> bytes:
        return b"" if path in self._left_out else self._pack.page_bytes(path)


def _of_items(pack: PackReader, paths: frozenset[str]) -> set[str]:
    """The other paths of the items that these are of."""
    try:
        entry = pack.find(PATH)
        raw = pack.read(entry, keep=False, limit=SIZE_LIMIT) if isinstance(entry, ZimEntry) else b""
        items = read_items(raw, PATH) if raw else ()
    except (BadInput, BrokenEntry):
        return set()
    named = ({item.path, item.page} - {""} for item in items if {item.path, item.page} & paths)
    return set().union(*named)
