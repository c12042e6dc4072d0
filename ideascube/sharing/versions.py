"""Versions of a creation that boxes exchange: what they are called, and which of two is the newer one. Pure.

docs/formats/sharing.md, "Versions of a creation".
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

import msgspec

MOST_ANCESTORS = 50
MOST_PARENTS = 11  # the version here, and each of those that were put together with it

NAME = r"[0-9a-f]{16}\.[a-z0-9]{10}"  # BOX.ID, what all boxes call a creation
VERSION = r"[0-9a-f]{64}"


class Relation(StrEnum):
    """What a version that came is to the one that is here."""

    KNOWN = "known"  # the same, or one on which the one here stands
    NEWER = "newer"  # made of the one here, and of nothing else
    BESIDE = "beside"  # each has something that the other one has not


def name_of(box: str, creation: str) -> str:
    """What all boxes call a creation of the box with this id."""
    return f"{box}.{creation}"


def box_of(name: str) -> str:
    """The id of the box on which a creation of this name was made."""
    return name.partition(".")[0]


def version_of(name: str, state: str, document: str | None, parents: Iterable[str]) -> str:
    """The version: 64 hexadecimal digits. `document`: the SHA-256 of what it says, None where it was withdrawn."""
    said = {"document": document, "name": name, "parents": sorted(parents), "state": state}
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()


def relation(version: str, ancestors: Collection[str], head: str, past: Collection[str], *, changed: bool) -> Relation:
    """Of `version`, which stands on `ancestors`, to `head`, which stands on `past`.

    `changed`: somebody changed it here since `head`, and nobody else has that yet.
    """
    if version == head or version in past:
        return Relation.KNOWN
    return Relation.NEWER if head in ancestors and not changed else Relation.BESIDE


def ancestors_of(parents: Sequence[str], past: Sequence[str]) -> list[str]:
    """The newest on which a version with these parents stands, the nearest first. `past`: likewise."""
    return [*dict.fromkeys([*parents, *past])][:MOST_ANCESTORS]
