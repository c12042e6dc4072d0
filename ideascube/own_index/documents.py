"""What can be found in the box's own index. No input or output."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import NamedTuple

MAX_TEXT = 1_000_000  # characters of one document in one language; a long book has as many


class Said(NamedTuple):
    """A title and a text in one language (BCP 47, or empty where nobody said which)."""

    lang: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """One item that can be found.

    id: `FAMILY:NAME`, for example `pack:khan_fr`; who brings a family knows all of its members. pack: the pack that it
    belongs to, or empty. path: what leads to it; empty for a pack itself. lang: BCP 47, or empty, to be found out.
    kind, licence: as filters name them. at: the second of a film at which the text is said, or -1. also: title and
    text in further languages; a title alone does not make it one that is written in that language. same: what
    translations of each other have in common, of which a search shows one; or empty.
    """

    id: str
    pack: str
    path: str
    lang: str
    kind: str
    licence: str
    title: str
    text: str
    at: int = -1
    also: tuple[Said, ...] = ()
    same: str = ""

    @property
    def said(self) -> Iterator[Said]:
        """Title and text in each language, the main one first; texts no longer than MAX_TEXT."""
        yield Said(self.lang, self.title, self.text[:MAX_TEXT])
        yield from (said._replace(text=said.text[:MAX_TEXT]) for said in self.also)

    @property
    def digest(self) -> str:
        """Another one for each content."""
        return hashlib.sha256(json.dumps(astuple(self)).encode()).hexdigest()[:24]


def place_of(pack: str, path: str) -> str:
    """What says of a found page which document it is."""
    return f"{pack}\n{path}"


def family_of(document_id: str) -> str:
    return document_id.partition(":")[0]
