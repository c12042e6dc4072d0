"""The list of a pack's items for programs, `_pack/items.json`: what their pages say, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from content_packs.build import file_types
from content_packs.build.item import MediaItem
from content_packs.build.planned import PlannedEntry
from content_packs.items import PATH, Item, Kind, Texts, write_items

_KINDS: dict[str, Kind] = {"video": "film", "audio": "audio", "img": "picture"}


def item_list(items: Iterable[MediaItem], main: str) -> PlannedEntry:
    """The entry, with the items in the order of the pack's contents; `main` is the pack's main language."""
    ordered = sorted(items, key=lambda item: item.place)
    return PlannedEntry(PATH, "application/json", partial(write_items, [listed(item, main) for item in ordered]))


def listed(item: MediaItem, main: str) -> Item:
    """One item as the list has it."""
    described = item.described
    return Item(
        path=item.path,
        page=item.page,
        kind=_kind(item),
        title=_titles(item, main),
        description=_descriptions(item, main),
        language=item.language,
        duration=described.duration,
        size=item.size,
        mimetype=file_types.mimetype_of(item.path),
        poster=item.poster or "",
        thumbnail=item.thumbnail or "",
        subtitles=dict(item.subtitles),
        transcripts=dict(item.written),
        creators=(item.fields.creator,) if item.fields.creator else described.creators,
        date=described.date,
        licence=item.fields.licence or described.licence,
        part_of=item.fields.part_of or described.part_of,
        pages=described.pages,
    )


def _kind(item: MediaItem) -> Kind:
    """What cannot be played or shown because it is damaged is a document, to be taken away as it is."""
    if item.element in _KINDS:
        return _KINDS[item.element]
    return "book" if file_types.ending(item.path) == ".epub" else "document"


def _titles(item: MediaItem, main: str) -> Texts:
    return dict(item.fields.title) or {item.language or main: item.title_in(main, main)}


def _descriptions(item: MediaItem, main: str) -> Texts:
    if item.fields.description or not item.described.description:
        return dict(item.fields.description)
    return {item.language or main: item.described.description}
