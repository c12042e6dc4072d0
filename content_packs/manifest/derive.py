"""The manifest of a ZIM that brings none, derived from its metadata. Nothing is read here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from content_packs.manifest.licence import read_licence
from content_packs.manifest.model import KINDS, Manifest
from content_packs.manifest.values import UNKNOWN_LANGUAGE, language

_DIGITS = 12  # of a count that is believed

# Kiwix's categories, as its catalogue lists them, and what a person opens there.
_KIND_OF_CATEGORY = {
    "gutenberg": "book",
    "mooc": "course",
    "phet": "software",
    "ted": "film",
    "vikidia": "encyclopedia",
    "wikibooks": "book",
    "wikihow": "encyclopedia",
    "wikipedia": "encyclopedia",
    "wikiquote": "encyclopedia",
    "wikisource": "book",
    "wikispecies": "encyclopedia",
    "wikiversity": "course",
    "wikivoyage": "encyclopedia",
    "wiktionary": "encyclopedia",
}

# The metadata that a manifest is derived from; anything else in a ZIM is read when it is asked for.
METADATA = (
    "Title", "Description", "LongDescription", "Language", "Creator", "Publisher", "Date", "License", "Source",
    "Tags", "Name", "Flavour", "Counter",
)  # fmt: skip


def derive_manifest(
    pack_id: str, metadata: Mapping[str, str], *, uuid: str = "", articles: int = 0, media: int = 0
) -> Manifest:
    """The manifest of a ZIM that brings none, from its metadata (names as in the ZIM specification).

    What is wrong in them is left out. `pack_id` must be one (`content_packs.pack_id`). Source:
    https://wiki.openzim.org/wiki/Metadata
    """
    tags = [tag.strip() for tag in metadata.get("Tags", "").split(";")]
    facts = {
        "uuid": uuid,
        "name": metadata.get("Name"),
        "flavour": metadata.get("Flavour"),
        "languages": _codes(metadata.get("Language", "")),
        "tags": tags,
        "articles": articles,
        "media": media,
    }
    return Manifest.from_json({"id": pack_id, "zim": facts, **_fields(metadata, tags)})


def _fields(metadata: Mapping[str, str], tags: list[str]) -> dict[str, Any]:
    languages = _codes(metadata.get("Language", ""))
    main = next(filter(None, map(language, languages)), UNKNOWN_LANGUAGE)
    return {
        "title": {main: metadata.get("Title")},
        "description": {main: metadata.get("Description")},
        "long_description": {main: metadata.get("LongDescription")},
        "languages": languages,
        "kind": kind_of(tags, metadata.get("Counter", "")),
        "version": metadata.get("Date"),
        "date": metadata.get("Date"),
        "licence": read_licence(metadata.get("License", "")).to_json(),
        "creators": [metadata.get("Creator")],
        "publisher": metadata.get("Publisher"),
        "source": metadata.get("Source"),
        "tags": [tag for tag in tags if not tag.startswith("_")],
        "requirements": {"browser": ["scripts", "service-worker"]} if "_sw:yes" in tags else {},
    }


def _codes(names: str) -> list[str]:
    return [code.strip() for code in names.split(",")]


def kind_of(tags: list[str], counter: str = "") -> str:
    """The kind that a `_category:` tag names, else what most of the content is by the counter of MIME types."""
    for tag in tags:
        category = tag.removeprefix("_category:")
        if category in KINDS and category != tag:
            return category
        if category in _KIND_OF_CATEGORY:
            return _KIND_OF_CATEGORY[category]
    return _kind_by_content(_parse_counter(counter))


def _kind_by_content(counts: Mapping[str, int]) -> str:
    pages = sum(number for mimetype, number in counts.items() if mimetype.startswith("text/html"))
    for family, kind in (("video/", "film"), ("audio/", "audio")):
        number = sum(number for mimetype, number in counts.items() if mimetype.startswith(family))
        if number and number * 2 >= pages:
            return kind
    return "website"


def _parse_counter(counter: str) -> dict[str, int]:
    """`text/html=5;image/png=2` as numbers by MIME type; parameters such as `text/html;raw=true=1` are left out."""
    pairs = (part.rpartition("=") for part in counter.split(";"))
    return {
        mimetype: int(number)
        for mimetype, _, number in pairs
        if "/" in mimetype and number.isdecimal() and len(number) < _DIGITS
    }
