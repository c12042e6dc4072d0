"""Where readers find what was made here."""

from __future__ import annotations

AREA = "items"


def item_path(creation: str) -> str:
    """The path of a creation's page, as searches and places have it: without a slash before it."""
    return f"{AREA}/{creation}"


def item_address(creation: str) -> str:
    return f"/{item_path(creation)}"
