"""What is known of a pack: its title, languages, kind and so on, as the library, catalogues and commands show it.

A ZIM without a manifest of its own gets one derived from its metadata; how that is done is here, without any reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from content_packs.languages import is_bcp47, to_bcp47
from content_packs.translations import METADATA_NAME as TRANSLATIONS
from content_packs.translations import Translation, read_translations

_DIGITS = 12  # of a count that is believed

KINDS = ("encyclopedia", "course", "film", "audio", "book", "website", "collection", "software")

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


@dataclass(frozen=True, slots=True)
class Manifest:
    """One pack's description. `languages` as BCP 47, main one first; `date` as YYYY-MM-DD or empty.

    `zim_languages`: the codes in the ZIM itself, for programs that know these only.
    """

    id: str
    title: str
    description: str = ""
    long_description: str = ""
    languages: tuple[str, ...] = ()
    kind: str = "website"
    creator: str = ""
    publisher: str = ""
    date: str = ""
    licence: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    name: str = ""
    flavour: str = ""
    uuid: str = ""
    articles: int = 0
    media: int = 0
    zim_languages: tuple[str, ...] = ()
    translations: Mapping[str, Translation] = field(default_factory=dict)

    def title_in(self, language: str) -> str:
        """The title in a language, or the only one there is."""
        translation = self.translations.get(language)
        return translation.title if translation and translation.title else self.title

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Manifest:
        """The manifest in a document that `to_json` made; fields of other versions are passed over."""
        known = {each.name: document[each.name] for each in fields(cls) if each.name in document}
        for name in ("languages", "tags", "zim_languages"):
            known[name] = tuple(known.get(name, ()))
        texts = known.get("translations", {})
        known["translations"] = {code: Translation(**translation) for code, translation in texts.items()}
        return cls(**known)


def derive_manifest(
    pack_id: str, metadata: Mapping[str, str], *, uuid: str = "", articles: int = 0, media: int = 0
) -> Manifest:
    """The manifest of a ZIM that brings none, from its metadata (names as in the ZIM specification)."""
    tags = tuple(tag for tag in metadata.get("Tags", "").split(";") if tag)
    return Manifest(
        id=pack_id,
        title=metadata.get("Title", "").strip() or pack_id,
        description=metadata.get("Description", "").strip(),
        long_description=metadata.get("LongDescription", "").strip(),
        languages=_languages(metadata.get("Language", "")),
        kind=kind_of(tags, metadata.get("Counter", "")),
        creator=metadata.get("Creator", ""),
        publisher=metadata.get("Publisher", ""),
        date=metadata.get("Date", ""),
        licence=metadata.get("License", ""),
        source=metadata.get("Source", ""),
        tags=tags,
        name=metadata.get("Name", ""),
        flavour=metadata.get("Flavour", ""),
        uuid=uuid,
        articles=articles,
        media=media,
        zim_languages=_codes(metadata.get("Language", "")),
        translations=read_translations(metadata.get(TRANSLATIONS, "")),
    )


def _languages(names: str) -> tuple[str, ...]:
    """What isn't formed as a code is left out: it would only show as a language that nobody can choose."""
    tags = (to_bcp47(code) for code in _codes(names))
    return tuple(dict.fromkeys(tag for tag in tags if is_bcp47(tag)))


def _codes(names: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in names.split(",") if code.strip())


def kind_of(tags: tuple[str, ...], counter: str = "") -> str:
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
