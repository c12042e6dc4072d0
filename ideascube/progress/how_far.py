"""How far somebody is in one thing, in words and as a rule. Pure."""

from __future__ import annotations

from content_packs.items import Item
from ideascube.progress.places import Place
from ideascube.web.digits import number_text
from ideascube.web.i18n import translations
from ideascube.web.wording import moment_text

_LAST_SECONDS = 15  # of a film are its names and thanks


def is_finished(place: Place) -> bool:
    """Whether there is nothing left to go on with. Chapters count from 0, but then the last one is still being read."""
    if place.kind == "film":
        return 0 < place.of <= place.at + _LAST_SECONDS
    return place.kind != "book"


def how_far(place: Place, item: Item | None, language: str) -> str:
    """How far one is, in words."""
    _ = translations(language).gettext
    if place.kind == "film":
        if not place.of:
            return moment_text(round(place.at))
        return _("%(done)s of %(all)s") % {"done": moment_text(round(place.at)), "all": moment_text(round(place.of))}
    if place.kind != "book":
        return ""
    is_paged = item is not None and item.mimetype.startswith("application/pdf")
    number = round(place.at) if is_paged else round(place.at) + 1
    named = {"num": number_text(number, language), "all": number_text(round(place.of), language)}
    if is_paged:
        return (_("Page %(num)s of %(all)s") if place.of else _("Page %(num)s")) % named
    return (_("Chapter %(num)s of %(all)s") if place.of else _("Chapter %(num)s")) % named
