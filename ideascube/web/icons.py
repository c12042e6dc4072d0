"""Which icon of the sprite stands beside a kind of pack. Pure; the sprite itself is made by tools/make_icons.py."""

from __future__ import annotations

from ideascube.web.wording import known_kind

_OF_KINDS = {
    "film": "film",
    "audio": "headphones",
    "book": "book-open",
    "course": "graduation-cap",
    "collection": "layout-grid",
    "encyclopedia": "globe",
    "website": "app-window",
    "software": "puzzle",
}


def kind_icon(kind: str) -> str:
    """The icon's name; a kind that this version does not know gets that of websites, as it is shown with them."""
    return _OF_KINDS[known_kind(kind)]
