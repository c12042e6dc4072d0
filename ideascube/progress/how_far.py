"""How far somebody is in one thing: as a share and in words. Pure."""

from __future__ import annotations

from typing import NamedTuple

from content_packs.items import Item
from ideascube.progress.places import Place
from ideascube.web.digits import number_text
from ideascube.web.i18n import translations
from ideascube.web.wording import moment_text


class HowFar(NamedTuple):
    """`done` of `of`, which is 0 where nobody knows it, and the same in words."""

    done: float = 0
    of: float = 0
    label: str = ""


def how_far(place: Place, item: Item | None, language: str) -> HowFar:
    """In the film or book that a place is in; nothing to say of other kinds."""
    if place.kind == "film":
        return _in_film(place, language)
    if place.kind == "book":
        return _in_book(place, language, is_paged=item is not None and item.mimetype.startswith("application/pdf"))
    return HowFar()


def _in_film(place: Place, language: str) -> HowFar:
    _ = translations(language).gettext
    at, of = (moment_text(round(seconds)) for seconds in (place.at, place.of))
    return HowFar(place.at, place.of, _("%(done)s of %(all)s") % {"done": at, "all": of} if place.of else at)


def _in_book(place: Place, language: str, *, is_paged: bool) -> HowFar:
    """Pages are counted from 1, chapters from 0; `of` is the number of the last one."""
    _ = translations(language).gettext
    first = 0 if is_paged else 1
    at, of = round(place.at) + first, round(place.of) + first if place.of else 0
    number, count = number_text(at, language), number_text(of, language)
    if is_paged:
        label = (_("Page %(num)s of %(all)s") if of else _("Page %(num)s")) % {"num": number, "all": count}
    else:  # in the words that stand above the chapter itself: it may be a cover, or one picture
        label = _("Part %(number)s of %(count)s") % {"number": number, "count": count} if of else ""
    return HowFar(at, of, label)
