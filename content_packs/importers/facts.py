"""What is known of a pack before it is made, from whomever; and its `pack.yml` (`docs/formats/pack-source.md`)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from content_packs.build.pack_yml import DESCRIPTION_LIMIT, FILE_NAME, LONG_DESCRIPTION_LIMIT, TITLE_LIMIT
from content_packs.importers.names import shortened

CONTENT = "content"
ILLUSTRATION = "illustration.png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The fields of a `pack.yml`, empty where nobody said them; texts of any length, in the main language."""

    id: str = ""
    title: str = ""
    description: str = ""
    languages: tuple[str, ...] = ()
    creator: str = ""
    publisher: str = ""
    date: str = ""
    version: str = ""
    licence: str = ""
    kind: str = ""
    main: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()

    def over(self, other: Facts) -> Facts:
        """These facts, and the other ones where these are empty."""
        return Facts(**{field.name: getattr(self, field.name) or getattr(other, field.name) for field in fields(Facts)})

    @property
    def is_empty(self) -> bool:
        return self == Facts()


def write_pack_yml(folder: Path, facts: Facts) -> None:
    """Write what `ideascube pack build` reads, for content in the folder CONTENT beside it."""
    document: dict[str, Any] = {
        "id": facts.id,
        "title": shortened(facts.title, TITLE_LIMIT),
        "description": shortened(facts.description, DESCRIPTION_LIMIT),
        "languages": list(facts.languages),
        "creator": facts.creator,
        "publisher": facts.publisher,
        "date": facts.date,
        "version": facts.version,
        "licence": facts.licence,
        "kind": facts.kind,
        "illustration": ILLUSTRATION,
        "content": CONTENT,
        "main": facts.main,
        "source": facts.source,
        "tags": list(facts.tags),
        "long_description": _whole(facts),
    }
    write_yaml(folder / FILE_NAME, {name: value for name, value in document.items() if value})


def _whole(facts: Facts) -> str:
    """What the short fields had to leave out."""
    description, title = (" ".join(text.split()) for text in (facts.description, facts.title))
    left_out = [
        text
        for text, limit in ((title, TITLE_LIMIT), (description, DESCRIPTION_LIMIT))
        if shortened(text, limit) != text
    ]
    return shortened(" — ".join(dict.fromkeys(left_out)), LONG_DESCRIPTION_LIMIT)


def write_yaml(file: Path, document: dict[str, Any]) -> None:
    """A small YAML file for people to read and correct."""
    write_new(file, yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1000))


def write_new(file: Path, text: str) -> None:
    """Write a file that is not there yet: what is there may be a second name of somebody's own file."""
    with file.open("x", encoding="utf-8") as opened:
        opened.write(text)
