"""The addresses of what can be put on the home page, taken apart. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from ideascube.box_db.random_ids import is_id

_OF_PACKS = ("content", "watch", "read", "save", "raw", "take")
_ENDS = re.compile(r"[?#]")


class Target(NamedTuple):
    """`area` is the first part of the address; `name` a pack, creation or category; `path` what follows, unescaped."""

    area: str
    name: str = ""
    path: str = ""


def target_of(address: str) -> Target:
    parts = _ENDS.split(address, maxsplit=1)[0].split("/", 3)[1:]
    area, name, path = (*map(unquote, parts), "", "", "")[:3]
    return Target(area, name, path)


def pack_in(address: str) -> str:
    """The pack that a page belongs to, or empty."""
    target = target_of(address)
    return target.name if target.area in (*_OF_PACKS, "packs", "courses") else ""


def lies_in_pack(target: Target) -> bool:
    """Whether it is a page or file of a pack."""
    return target.area in _OF_PACKS and bool(target.path)


def creation_in(address: str) -> str:
    """The id of the creation at `/items/ID`, or empty."""
    target = target_of(address)
    return target.name if target.area == "items" and is_id(target.name) else ""


def category_address(category_id: str) -> str:
    return f"/categories/{category_id}"
