"""Which item lies at a path of a pack: by the list that a built pack brings, else by what the entry itself says.

What is found is remembered for each open file, in bounded memory.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from content_packs.bounded_cache import BoundedCache
from content_packs.errors import BadInput, BrokenEntry
from content_packs.items import PATH, SIZE_LIMIT, Item, Kind, read_items
from content_packs.languages import is_bcp47, to_bcp47
from content_packs.zim.finding import shown_title
from content_packs.zim.reader import PackReader, ZimEntry, ZimRedirect
from ideascube.items.beside import subtitles_beside

_KEPT = 5 * 1024 * 1024  # bytes of lists as they lie in packs, of all packs; read they take three times that
_KINDS: Mapping[str, Kind] = {"application/epub+zip": "book", "application/pdf": "document"}


@dataclass(frozen=True, slots=True)
class _Listed:
    """The items of one pack, in the order of its contents, and where each is by the paths of its file and page."""

    items: tuple[Item, ...]
    by_path: Mapping[str, Item]
    by_page: Mapping[str, Item]


_NONE = _Listed((), {}, {})
_cache: BoundedCache[str, _Listed] = BoundedCache(_KEPT)


def items_of(reader: PackReader) -> tuple[Item, ...]:
    """All items that the pack lists, in the order of its contents; none where it has no list that can be read."""
    return _listed(reader).items


def find_item(reader: PackReader, path: str) -> Item | None:
    """The item whose file or page lies at `path`, or None. Raises BrokenEntry where the entry there is damaged.

    In a pack without a list, films, sounds, EPUB and PDF files are items by their MIME type.
    """
    found = _in_list(_listed(reader), path)
    if found is not None:
        return found
    entry = reader.find(path)
    if isinstance(entry, ZimRedirect):
        return _in_list(_listed(reader), entry.target) or _derived(reader, reader.find(entry.target))
    return _derived(reader, entry)


def item_with_page(reader: PackReader, path: str) -> Item | None:
    """The listed item that the pack's own page at `path` shows, or None."""
    return _listed(reader).by_page.get(path)


def _in_list(listed: _Listed, path: str) -> Item | None:
    return listed.by_path.get(path) or listed.by_page.get(path)


def _listed(reader: PackReader) -> _Listed:
    key = f"{reader.path}:{reader.fingerprint}"
    listed = _cache.get(key)
    if listed is None:
        listed, size = _read(reader)
        _cache.put(key, listed, size + 200)
    return listed


def _read(reader: PackReader) -> tuple[_Listed, int]:
    """The list and its size in bytes. One that cannot be read costs itself only: its items are found as in any pack."""
    try:
        entry = reader.find(PATH)
        if not isinstance(entry, ZimEntry):
            return _NONE, 0
        raw = reader.read(entry, keep=False, limit=SIZE_LIMIT)
        items = read_items(raw, PATH)
    except (BadInput, BrokenEntry):
        return _NONE, 0
    return _Listed(items, {item.path: item for item in items}, _by_page(items)), len(raw)


def _by_page(items: tuple[Item, ...]) -> dict[str, Item]:
    return {item.page: item for item in reversed(items) if item.page}


def _derived(reader: PackReader, entry: ZimEntry | ZimRedirect | None) -> Item | None:
    """What an entry says of itself."""
    kind = _kind(entry.mimetype) if isinstance(entry, ZimEntry) else None
    if kind is None or not isinstance(entry, ZimEntry):
        return None
    language = _language(reader)
    stored = reader.stored(entry)
    return Item(
        path=entry.path,
        kind=kind,
        title={language: _title(entry)},
        language=language,
        size=stored.range.length if stored is not None else 0,
        mimetype=entry.mimetype,
        subtitles=subtitles_beside(reader, entry.path, language) if kind in ("film", "audio") else {},
    )


def _kind(mimetype: str) -> Kind | None:
    area = mimetype.partition("/")[0]
    if area == "video":
        return "film"
    return "audio" if area == "audio" else _KINDS.get(mimetype.partition(";")[0].strip())


def _title(entry: ZimEntry) -> str:
    """The entry's, unless it is but its path; then its file's name without the ending."""
    title = shown_title(entry.title, entry.path)
    name = posixpath.splitext(entry.path.rpartition("/")[2])[0]
    return title if title and title != entry.path else name.replace("_", " ") or entry.path


def _language(reader: PackReader) -> str:
    """The pack's, where it has one alone; else empty, for nobody knows."""
    written = (reader.metadata("Language") or b"").decode("utf-8", "replace")
    tag = to_bcp47(written) if written else ""
    return tag if is_bcp47(tag) else ""
