"""Where readers find what was made here. Pure."""

from __future__ import annotations

from urllib.parse import urlencode

AREA = "items"


def item_path(creation: str) -> str:
    """The path of a creation's page, as searches and places have it: without a slash before it."""
    return f"{AREA}/{creation}"


def item_address(creation: str) -> str:
    return f"/{item_path(creation)}"


def creation_at(path: str) -> str:
    """The id of the creation whose page lies at a path; empty for any other path."""
    area, _, creation = path.partition("/")
    return creation if area == AREA and "/" not in creation else ""


def list_address(tag: str = "", kind: str = "", lang: str = "", page: int = 1) -> str:
    """The list of what was made here, with these choices."""
    given = {"tag": tag, "kind": kind, "lang": lang, "page": str(page) if page > 1 else ""}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"/{AREA}?{query}" if query else f"/{AREA}"
