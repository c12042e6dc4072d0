"""A pack's manifest as a value: what a pack is, in the fields of docs/formats/pack.md.

How values that anyone may have written are read is in `values`; how a ZIM without a manifest gets one, in `derive`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from content_packs.errors import BadInput
from content_packs.manifest import values
from content_packs.manifest.record import Record, known, read_record, reader_of

FORMAT = 1
METADATA_NAME = "Manifest"
SIZE_LIMIT = 1024 * 1024  # bytes of a manifest in a ZIM
KINDS = ("encyclopedia", "course", "film", "audio", "book", "website", "collection", "software")
PIECES_LIMIT = 16 * 1024 * 1024  # 16 TiB


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence(Record):
    """`spdx`: an SPDX expression (https://spdx.org/licenses/), where there is one; else a name, an address or both."""

    spdx: str = known(values.text(200), default="")
    name: str = known(values.text(500), default="")
    url: str = known(values.text(2000), default="")

    def __str__(self) -> str:
        return self.spdx or self.name or self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class Hashes(Record):
    """SHA-256 sums in hexadecimal: of the whole file (all parts of a split one), and of each MiB of it in turn."""

    sha256: str = known(values.sha256)
    pieces: tuple[str, ...] = known(values.all_items(values.sha256, PIECES_LIMIT), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements(Record):
    """What a reader must have: `browser` in the words of the format page, `ideascube` as the lowest version."""

    browser: tuple[str, ...] = known(values.items(values.text(50), 50), default=())
    ideascube: str = known(values.text(50), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer(Record):
    """One file of a pack that is a stack, by its name; `size` in bytes."""

    file: str = known(values.file_name)
    size: int = known(values.number)
    sha256: str = known(values.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZimFacts(Record):
    """What the ZIM itself says in words of its own, for programs that know these only: Kiwix's catalogue and apps.

    `languages` and `tags` as its metadata have them, `uuid` of this one build, numbers of pages and media.
    """

    uuid: str = known(values.text(100), default="")
    name: str = known(values.text(500), default="")
    flavour: str = known(values.text(100), default="")
    languages: tuple[str, ...] = known(values.items(values.text(50), 1000), default=())
    tags: tuple[str, ...] = known(values.items(values.text(200), 500), default=())
    articles: int = known(values.number, default=0)
    media: int = known(values.number, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance(Record):
    """Where a pack that was made on a box comes from: the box's name, its collection, the number of the edition."""

    box: str = known(values.text(200), default="")
    collection: str = known(values.text(100), default="")
    edition: int = known(values.number, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest(Record):
    """One pack's description. Texts by language (BCP 47; `und` where it is not known); `languages`: the main one first.

    `mains`: the path of the first page, by language. `date`: YYYY-MM-DD. `size` in bytes.
    """

    id: str = known(values.pack_id)
    titles: Mapping[str, str] = known(values.texts(500), name="title")
    descriptions: Mapping[str, str] = known(values.texts(2000), name="description", default={})
    long_descriptions: Mapping[str, str] = known(values.texts(20_000, 200), name="long_description", default={})
    languages: tuple[str, ...] = known(values.items(values.language, 1000), default=())
    mains: Mapping[str, str] = known(values.paths, name="main", default={})
    kind: str = known(values.one_of(*KINDS), default="website")
    version: str = known(values.text(100), default="")
    date: str = known(values.day, default="")
    licence: Licence = known(reader_of(Licence), default=Licence())
    creators: tuple[str, ...] = known(values.items(values.text(500), 100), default=())
    publisher: str = known(values.text(500), default="")
    source: str = known(values.text(2000), default="")
    audience: tuple[str, ...] = known(values.items(values.text(50), 20), default=())
    tags: tuple[str, ...] = known(values.items(values.text(200), 500), default=())
    aliases: tuple[str, ...] = known(values.items(values.pack_id, 100), default=())
    requirements: Requirements = known(reader_of(Requirements), default=Requirements())
    provenance: Provenance = known(reader_of(Provenance), default=Provenance())
    zim: ZimFacts = known(reader_of(ZimFacts), default=ZimFacts())
    size: int = known(values.number, default=0)
    hashes: Hashes | None = known(reader_of(Hashes), default=None)
    layers: tuple[Layer, ...] = known(values.all_items(reader_of(Layer), 100), default=())

    @property
    def title(self) -> str:
        """In the main language, else in any, else the id."""
        return self._main_text(self.titles) or self.id

    @property
    def description(self) -> str:
        return self._main_text(self.descriptions)

    @property
    def long_description(self) -> str:
        return self._main_text(self.long_descriptions)

    @property
    def creator(self) -> str:
        return ", ".join(self.creators)

    @property
    def language(self) -> str:
        """The main one, or empty."""
        return self.languages[0] if self.languages else ""

    def _main_text(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.language) or next(iter(texts.values()), "")

    def title_in(self, *wanted: str) -> str:
        """The title in the first of the wanted languages that there is, else in the main one."""
        return self.titles.get(best_language(self.titles, wanted)) or self.title

    def description_in(self, *wanted: str) -> str:
        """The description likewise."""
        return self.descriptions.get(best_language(self.descriptions, wanted)) or self.description

    def long_description_in(self, *wanted: str) -> str:
        return self.long_descriptions.get(best_language(self.long_descriptions, wanted)) or self.long_description

    def main_in(self, *wanted: str) -> str:
        """The path of the first page in the first of the wanted languages that has one, else empty."""
        return self.mains.get(best_language(self.mains, wanted), "")

    def to_json(self) -> dict[str, Any]:
        return {"format": FORMAT, **Record.to_json(self)}

    @classmethod
    def from_json(cls, document: object, base: Manifest | None = None) -> Manifest:
        """The manifest in a JSON document; a field that is missing or wrong is as in `base`, else empty.

        Raises BadInput for what is no manifest at all, or of a later format than FORMAT (docs/formats/pack.md).
        """
        if not isinstance(document, Mapping):
            raise BadInput("A manifest must be a JSON object with the fields of docs/formats/pack.md: correct it.")
        _refuse_later_format(document.get("format"))
        given = {name: value for name, value in document.items() if name != "format"}
        manifest = read_record(cls, given, base or _nearly_empty(given))
        assert manifest is not None
        return manifest


def _refuse_later_format(number: object) -> None:
    if isinstance(number, int) and number > FORMAT:
        raise BadInput(f"The manifest is of format {number} and only {FORMAT} is known here: update Ideascube.")


def _nearly_empty(document: Mapping[str, Any]) -> Manifest:
    """A manifest that has what none can be without."""
    pack_id = values.pack_id(document.get("id"))
    if pack_id is None:
        raise BadInput("The manifest’s “id” is missing or no pack id: give small letters, digits, “-”, “_” and “.”.")
    return Manifest(id=pack_id, titles={values.UNKNOWN_LANGUAGE: pack_id})


def best_language(texts: Mapping[str, Any], wanted: Iterable[str]) -> str:
    """The first of the `wanted` languages that `texts` has, or empty."""
    return next((code for code in wanted if code in texts), "")


def parse_manifest(raw: bytes | str, base: Manifest) -> Manifest:
    """The manifest that a ZIM brings, over what its metadata say (`base`). Raises BadInput as `Manifest.from_json`."""
    return Manifest.from_json(load_document(raw), base)


def load_document(raw: bytes | str) -> object:
    """The JSON document in a manifest's text. Raises BadInput where it is none."""
    try:
        if len(raw) > SIZE_LIMIT:
            raise BadInput(f"The manifest is larger than {SIZE_LIMIT // 1024} KiB: shorten it.")
        return json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"The manifest is not JSON that can be read ({_short(error)}): write it anew.") from error


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no number of JSON")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def manifest_text(manifest: Manifest) -> str:
    """The text of the metadata entry, which is the same for the same manifest."""
    return json.dumps(manifest.to_json(), ensure_ascii=False, sort_keys=True)
