"""What a new practice sheet or story begins with: headings in the language that it is written in. Pure."""

from __future__ import annotations

from html import escape

from content_packs.languages import closest
from ideascube.creations.cleaning import clean_body
from ideascube.creations.model import Kind
from ideascube.web.i18n import LANGUAGES, translations


def skeleton(kind: Kind, language: str) -> str:
    """The body to begin with; empty for other kinds, and where the interface does not speak the language."""
    spoken = closest(language, LANGUAGES)
    if spoken is None:
        return ""
    return clean_body("".join(f"<h2>{escape(words)}</h2>" for words in _headings(kind, spoken)))


def _headings(kind: Kind, language: str) -> tuple[str, ...]:
    _ = translations(language).gettext
    if kind == "sheet":
        return _("What it is for"), _("What you need"), _("Step by step"), _("What to watch out for")
    if kind == "story":
        return _("How it began"), _("What happened then"), _("How it ended")
    return ()
