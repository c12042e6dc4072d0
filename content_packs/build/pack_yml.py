"""`pack.yml`: what a pack is, as its maker wrote it. The fields and limits are in `docs/formats/pack-source.md`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from content_packs.build.names import meant_name
from content_packs.build.yaml_fields import SIZE_LIMIT, Fields
from content_packs.check.metadata_rules import LENGTHS
from content_packs.errors import BadInput
from content_packs.languages import is_bcp47, to_bcp47
from content_packs.manifest import KINDS, Provenance
from content_packs.pack_id import is_build_id

FILE_NAME = "pack.yml"
TITLE_LIMIT, DESCRIPTION_LIMIT, LONG_DESCRIPTION_LIMIT = (
    LENGTHS[name] for name in ("Title", "Description", "LongDescription")
)
VERSION_LIMIT = 100
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class PackSpec:
    """A pack as it is to be. Texts by language hold the main one always; `content` is the folder of its files."""

    id: str
    title: dict[str, str]
    description: dict[str, str]
    languages: tuple[str, ...]
    creator: str
    publisher: str
    date: datetime.date
    licence: str
    kind: str
    illustration: Path
    main: str
    source: str
    tags: tuple[str, ...]
    long_description: dict[str, str]
    version: str
    aliases: tuple[str, ...]
    audience: tuple[str, ...]
    provenance: Provenance
    content: Path

    @property
    def language(self) -> str:
        """The main one."""
        return self.languages[0]

    @property
    def main_is_html(self) -> bool:
        """Whether the first page is named with its ending, as a site names it."""
        return self.main.endswith((".html", ".htm"))

    def title_in(self, language: str) -> str:
        return self.title.get(language, self.title[self.language])


def read_pack_yml(folder: Path) -> PackSpec:
    """The `pack.yml` of `folder`. Raises BadInput with the field and its line."""
    text = _read_text(folder / FILE_NAME)
    fields = Fields(FILE_NAME, text)
    spec = _read_fields(fields, folder)
    fields.finish()
    return spec


def _read_text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise BadInput(f"{path} is no file: write one there, which says what the pack is.")
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1).decode("utf-8-sig")
    except FileNotFoundError:
        raise _missing(path) from None
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 text: save it as UTF-8.") from error


def _missing(path: Path) -> BadInput:
    other = next((one.name for one in path.parent.iterdir() if meant_name(one.name) == path.name), "")
    cure = f"rename {other} to that" if other else "write one, or use `ideascube pack import`, which guesses"
    return BadInput(f"{path.parent} holds no {path.name}: {cure}.")


def _read_fields(fields: Fields, folder: Path) -> PackSpec:
    languages = _languages(fields)
    return PackSpec(
        id=_id(fields),
        title=fields.texts("title", languages, required=True, limit=TITLE_LIMIT),
        description=fields.texts("description", languages, required=True, limit=DESCRIPTION_LIMIT),
        languages=languages,
        creator=fields.text("creator", required=True),
        publisher=fields.text("publisher", required=True),
        date=_date(fields),
        licence=fields.text("licence", required=True),
        kind=_kind(fields),
        illustration=_existing_file(fields, "illustration", folder),
        main=fields.text("main"),
        source=fields.text("source"),
        tags=_tags(fields),
        long_description=fields.texts("long_description", languages, limit=LONG_DESCRIPTION_LIMIT),
        version=fields.text("version", limit=VERSION_LIMIT) or fields.text("date"),
        aliases=_aliases(fields),
        audience=fields.words("audience"),
        provenance=_provenance(fields),
        content=_content(fields, folder),
    )


def _id(fields: Fields) -> str:
    return _checked_id(fields, "id", fields.text("id", required=True))


def _aliases(fields: Fields) -> tuple[str, ...]:
    return tuple(_checked_id(fields, "aliases", alias) for alias in fields.words("aliases"))


def _checked_id(fields: Fields, field: str, value: str) -> str:
    if not is_build_id(value):
        raise fields.wrong(field, "may hold small letters a to z, digits, “-”, “_” and “.”, at most 100 in all.")
    return value


def _languages(fields: Fields) -> tuple[str, ...]:
    codes = fields.words("languages", required=True)
    for code in codes:
        if not is_bcp47(code):
            better = to_bcp47(code)
            cure = f"write “{better}”" if is_bcp47(better) else "write a BCP 47 code such as fr or sw"
            raise fields.wrong("languages", f"has “{code}”, which is no language code as used here: {cure}.")
    if len(set(codes)) < len(codes):
        raise fields.wrong("languages", "names a language twice: remove one.")
    return codes


def _date(fields: Fields) -> datetime.date:
    value = fields.text("date", required=True)
    try:
        if _DATE.fullmatch(value):
            return datetime.date.fromisoformat(value)
    except ValueError:
        pass  # the same sentence serves for a day that no calendar has
    raise fields.wrong("date", f"must be a day written YYYY-MM-DD, not “{value}”.")


def _kind(fields: Fields) -> str:
    kind = fields.text("kind") or "collection"
    if kind not in KINDS:
        raise fields.wrong("kind", f"must be one of {', '.join(KINDS)}, not “{kind}”.")
    return kind


def _tags(fields: Fields) -> tuple[str, ...]:
    tags = fields.words("tags")
    for tag in tags:
        if ";" in tag or tag.startswith("_"):
            raise fields.wrong("tags", f"has “{tag}”: a tag holds no “;” and does not begin with “_”.")
    return tags


def _provenance(fields: Fields) -> Provenance:
    given = fields.mapping("provenance")
    if given is None:
        return Provenance()
    found = Provenance(
        box=given.text("box", limit=200),
        collection=given.text("collection", limit=100),
        edition=given.number("edition") or 0,
    )
    given.finish()
    return found


def _existing_file(fields: Fields, field: str, folder: Path) -> Path:
    name = fields.text(field, required=True)
    path = folder / name
    if not _is_there(path.is_file):
        raise fields.wrong(field, f"names {name}, and there is no such file: correct the name or add the file.")
    return path


def _content(fields: Fields, folder: Path) -> Path:
    name = fields.text("content")
    path = folder / name
    if not _is_there(path.is_dir):
        raise fields.wrong("content", f"names {name}, and there is no such folder: correct the name.")
    return path


def _is_there(look: Callable[[], bool]) -> bool:
    """A name that no disk can hold is no file's."""
    try:
        return look()
    except OSError:
        return False
