"""A creation as lists show it, in the visitor's language: for the macro `line_card` of `parts.html`."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from ideascube.box_db.creation_lists import Listing
from ideascube.creations.addresses import item_address
from ideascube.creations.model import Creation
from ideascube.creations.wording import ICONS, kind_words
from ideascube.items.wording import in_language
from ideascube.web.i18n import interface_language, visitor_languages


@dataclass(frozen=True, slots=True)
class CreationCard:
    """`label` is its kind, in words; `summary` may be empty, as may `picture`, the address of a small one."""

    address: str
    title: str
    lang: str
    icon: str
    picture: str
    label: str
    summary: str
    done: float = 0
    of: float = 0


def creation_card(request: web.Request, creation: Creation | Listing) -> CreationCard:
    """The card, with title and summary in the language that the visitor likes best."""
    titles = {code: words.title for code, words in creation.texts.items() if words.title}
    own_first = {code: titles[code] for code in sorted(titles, key=lambda code: code != creation.language)}
    title, lang = in_language(own_first, visitor_languages(request))
    words = creation.texts.get(lang)
    return CreationCard(
        address=item_address(creation.id),
        title=title or creation.id,
        lang=lang,
        icon=ICONS[creation.kind],
        picture=creation.small if isinstance(creation, Listing) else "",
        label=kind_words(interface_language(request))[creation.kind],
        summary=words.summary if words else "",
    )
