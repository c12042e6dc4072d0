"""The addresses of collections in the workspace."""

from __future__ import annotations

LIST = "/staff/collections"
NEW = f"{LIST}/new"


def collection_address(collection_id: str, page: str = "") -> str:
    """The collection's own page, or one of `about`, `add`, `withdraw`."""
    return f"{LIST}/{collection_id}/{page}" if page else f"{LIST}/{collection_id}"
