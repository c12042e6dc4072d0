"""A pack as Kiwix's catalogue describes it: the same facts as its record, in the words that Kiwix's programs look for.

No XML and no web here: see `opds` and `catalog`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from content_packs.languages import to_iso639_3
from content_packs.manifest import Manifest
from content_packs.store.library import PackRecord
from ideascube.offering.metalinks import is_offered

_CATEGORY = "_category:"

# Tags of old packs, and what they are called since. A pack that says nothing of one of these has its default.
_NEW_NAMES = {"nopic": "_pictures:no", "novid": "_videos:no", "nodet": "_details:no", "_ftindex": "_ftindex:yes"}
_DEFAULTS = {"_ftindex": "no", "_pictures": "yes", "_videos": "yes", "_details": "yes"}


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """One pack in the catalogue. `languages` as ISO 639-3, `issued` as YYYY-MM-DD or empty, `size` in bytes.

    `is_one_file`: whether it can be fetched as it is; a pack with layers cannot, only its base can.
    """

    pack_id: str
    uuid: str
    title: str
    summary: str
    languages: tuple[str, ...]
    name: str
    flavour: str
    category: str
    tags: tuple[str, ...]
    articles: int
    media: int
    illustrations: tuple[int, ...]
    author: str
    publisher: str
    issued: str
    size: int
    is_one_file: bool


def catalog_entries(records: Iterable[PackRecord]) -> list[CatalogEntry]:
    """The entries for `records` in their order, those of broken packs left out.

    Two files of one build share a UUID and are both listed: one may be damaged, and must not hide the other.
    """
    return [_entry(record, record.manifest) for record in records if record.manifest is not None]


def _entry(record: PackRecord, manifest: Manifest) -> CatalogEntry:
    zim = manifest.zim
    tags = catalog_tags(zim.tags)
    return CatalogEntry(
        pack_id=record.id,
        uuid=zim.uuid,
        title=manifest.title,
        summary=manifest.description,
        languages=_languages(manifest),
        name=zim.name,
        flavour=zim.flavour,
        category=next((tag.removeprefix(_CATEGORY) for tag in tags if tag.startswith(_CATEGORY)), ""),
        tags=tags,
        articles=zim.articles,
        media=zim.media,
        illustrations=record.illustrations,
        author=manifest.creator,
        publisher=manifest.publisher,
        issued=manifest.date if _is_date(manifest.date) else "",
        size=record.size,
        is_one_file=is_offered(record),
    )


def _languages(manifest: Manifest) -> tuple[str, ...]:
    """The codes that the ZIM gives, where they are ISO 639-3 as they should be; any other one translated."""
    codes = manifest.zim.languages or manifest.languages
    return tuple(dict.fromkeys(code if re.fullmatch("[a-z]{3}", code) else to_iso639_3(code) for code in codes))


def catalog_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """The tags with their new names, and with the defaults that Kiwix's programs filter by."""
    renamed = [_NEW_NAMES.get(tag, tag) for tag in tags]
    told = {tag.partition(":")[0] for tag in renamed}
    return (*renamed, *(f"{name}:{value}" for name, value in _DEFAULTS.items() if name not in told))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
