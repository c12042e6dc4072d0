"""Kinds and licences of what was made here, as a page words them in the language of the interface. Pure."""

from __future__ import annotations

from functools import lru_cache

from ideascube.creations.model import Kind
from ideascube.web.i18n import translations

ICONS: dict[Kind, str] = {
    "article": "file-text",
    "notice": "info",
    "story": "book-open",
    "sheet": "list",
    "film": "film",
    "audio": "headphones",
    "picture": "image",
    "document": "file-text",
}


@lru_cache
def kind_words(language: str) -> dict[Kind, str]:
    """What one creation of each kind is called."""
    _ = translations(language).gettext
    return {
        "article": _("Article"),
        "notice": _("Notice"),
        "story": _("Story"),
        "sheet": _("Practice sheet"),
        "film": _("Film"),
        "audio": _("Listen"),
        "picture": _("Picture"),
        "document": _("Document"),
    }
