"""What a collection is, and the editions of it that were published. No input or output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

MOST = 300  # collections of one box
MOST_MEMBERS = 500
MOST_LANGUAGES = 20
PUBLISH, WITHDRAW = "publish-collection", "withdraw-collection"  # kinds of jobs, about a collection
MOST_EDITIONS = 50  # of a collection that are remembered

State = Literal["open", "withdrawn"]
Kind = Literal["creation", "course"]
EditionState = Literal["building", "published", "failed", "withdrawn"]


class About(NamedTuple):
    """What a collection is called, and what it is, in one language."""

    title: str
    description: str


class Member(NamedTuple):
    """One thing that was made here, by its kind and id."""

    kind: Kind
    id: str


class Held(NamedTuple):
    """What an edition holds: a member in the version that went into it."""

    kind: Kind
    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Collection:
    """`pack` is the id of the pack that is made of it. `texts` by language (BCP 47), the main one `language`.

    `cover` is the id of a picture in the box's media, or empty. `version` grows with each change.
    """

    id: str
    pack: str
    state: State
    language: str
    texts: Mapping[str, About]
    licence: str
    cover: str
    version: int
    members: tuple[Member, ...]

    @property
    def about(self) -> About:
        """In the main language."""
        return self.texts.get(self.language) or next(iter(self.texts.values()), About("", ""))

    @property
    def languages(self) -> tuple[str, ...]:
        """The main one first."""
        return (self.language, *(code for code in self.texts if code != self.language))


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication. `day`: YYYY-MM-DD. `notes`: what its makers should know, or why it failed. `size` in bytes."""

    collection: str
    number: int
    state: EditionState
    day: str
    holds: tuple[Held, ...]
    notes: tuple[str, ...]
    size: int
    sha256: str

    @property
    def version(self) -> str:
        """What the pack calls this version of itself."""
        return f"{self.day}.{self.number}"
