"""What is written about pages and files: the YAML at a page's head, the `.yml` beside a film, `media.yml`."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from content_packs.build import file_types
from content_packs.build.source import SourceFile
from content_packs.build.yaml_fields import SIZE_LIMIT, Fields
from content_packs.errors import BadInput
from content_packs.languages import is_bcp47

FENCE = "---"
MEDIA_YML = "media.yml"


@dataclass(frozen=True, slots=True)
class ItemFields:
    """What is written about one file; texts by language, `language` that which is spoken or written in it.

    `part_of` is the series or album that it belongs to.
    """

    title: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    language: str = ""
    licence: str = ""
    creator: str = ""
    part_of: str = ""
    order: int | None = None


@dataclass(frozen=True, slots=True)
class PageFields:
    """What the head of a Markdown page says, and the Markdown that follows."""

    title: str
    summary: str
    order: int | None
    body: str


def read_item_fields(name: str, file: Path, languages: tuple[str, ...]) -> ItemFields:
    """The `.yml` beside one file."""
    return _item_fields(Fields(name, read_text(name, file, SIZE_LIMIT)), languages)


def read_media_yml(path: str, files: Mapping[str, SourceFile], languages: tuple[str, ...]) -> dict[str, ItemFields]:
    """What a `media.yml` at `path` says of files in its folder and below, by their paths."""
    fields = Fields(path, read_text(path, files[path].file, SIZE_LIMIT))
    found = {}
    for name in fields:
        described = posixpath.normpath(posixpath.join(posixpath.dirname(path), unicodedata.normalize("NFC", name)))
        if file_types.ending(described) not in (*file_types.ITEM_ENDINGS, *file_types.PICTURE_ENDINGS):
            raise fields.wrong(name, "is no film, sound, document or picture: correct or remove it.")
        if described not in files:
            raise fields.wrong(name, f"is not in the folder of {path}: correct the name or add the file.")
        mapping = fields.mapping(name)
        found[described] = _item_fields(mapping, languages) if mapping else ItemFields()
    return found


def _item_fields(fields: Fields, languages: tuple[str, ...]) -> ItemFields:
    language = fields.text("language")
    if language and not is_bcp47(language):
        raise fields.wrong("language", f"is “{language}”, which is no BCP 47 code: write one such as fr or sw.")
    found = ItemFields(
        title=fields.texts("title", languages),
        description=fields.texts("description", languages),
        language=language,
        licence=fields.text("licence"),
        creator=fields.text("creator"),
        part_of=fields.text("part_of"),
        order=fields.number("order"),
    )
    fields.finish()
    return found


def split_head(name: str, text: str) -> PageFields:
    """The fields at the head of a Markdown page called `name` in errors, and its body."""
    head, body = _head_and_body(name, text)
    fields = Fields(f"{name}, its head", head, first_line=2)
    found = PageFields(fields.text("title"), fields.text("summary"), fields.number("order"), body)
    fields.finish()
    return found


def _head_and_body(name: str, text: str) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != FENCE:
        return "", text
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "".join(lines[1:number]), "".join(lines[number + 1 :])
    raise BadInput(f"{name} begins with {FENCE} and the block of YAML does not end: add a line {FENCE} after it.")


def read_text(name: str, file: Path, limit: int) -> str:
    """The text of a file of at most `limit` bytes, called `name` in errors."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(limit + 1)
    except OSError as error:
        raise BadInput(f"{name} cannot be read: {error.strerror}.") from error
    if len(raw) > limit:
        raise BadInput(f"{name} is larger than {limit // 1024} KiB: split it.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{name} is not UTF-8 text: save it as UTF-8.") from None
