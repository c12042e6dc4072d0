"""Which icon stands beside a kind of pack, and in which sprite it is. The sprites are made by tools/make_icons.py."""

from __future__ import annotations

from functools import cache

from ideascube.web.looks import icon_names
from ideascube.web.static import static_text
from ideascube.web.wording import known_kind

FOR_ALL, FOR_STAFF = "icons.svg", "staff-icons.svg"

_OF_KINDS = {
    "made": "users",
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


def sprite_of(icon: str) -> str:
    """The name of the file that has the icon: learners' pages load the small one alone."""
    return FOR_STAFF if icon in _staff_icons() else FOR_ALL


@cache
def _staff_icons() -> frozenset[str]:
    return frozenset(icon_names(static_text(FOR_STAFF)))
