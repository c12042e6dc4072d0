"""One package of an old catalogue: what is known of it, and the manifest that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from content_packs.importers.facts import Facts
from content_packs.manifest import Hashes, Manifest
from content_packs.pack_id import is_pack_id

ZIM, ZIPPED_ZIM, ZIPPED_MEDIAS, STATIC_SITE = "zim", "zipped-zim", "zipped-medias", "static-site"
TYPES = (ZIM, ZIPPED_ZIM, ZIPPED_MEDIAS, STATIC_SITE)
_UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """One package. Empty or None is what the catalogue doesn't say, or not so that it can be used.

    `id` as packs have it, `aliases` the one that was written where it is another; `languages` as BCP 47; `size` in
    bytes and `sha256` of the file at `url`, which is a ZIM only for the type `zim`; `date` YYYY-MM-DD; `line` from 1;
    `other` fields that are not known here, as they are written.
    """

    id: str
    title: str
    type: str
    url: str = ""
    description: str = ""
    languages: tuple[str, ...] = ()
    kind: str = "collection"
    version: str = ""
    date: str = ""
    size: int | None = None
    sha256: str = ""
    aliases: tuple[str, ...] = ()
    line: int = 0
    other: Mapping[str, str] = field(default_factory=dict)

    def facts(self) -> Facts:
        """What a pack made of the package can say of itself."""
        return Facts(
            id=self.id,
            title=self.title,
            description=self.description,
            languages=tuple(code for code in self.languages if code != "mul"),
            date=self.date,
            version=self.version,
        )

    def manifest(self) -> Manifest:
        """The manifest of the pack; with size and hash only where the file at `url` is the pack itself."""
        language = self.languages[0] if self.languages else _UNKNOWN_LANGUAGE
        is_pack = self.type == ZIM
        return Manifest(
            id=self.id,
            titles={language: self.title},
            descriptions={language: self.description} if self.description else {},
            languages=self.languages,
            kind=self.kind,
            version=self.version,
            date=self.date,
            aliases=tuple(alias for alias in self.aliases if is_pack_id(alias)),
            size=(self.size or 0) if is_pack else 0,
            hashes=Hashes(sha256=self.sha256) if is_pack and self.sha256 else None,
        )
