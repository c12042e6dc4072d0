"""What a book or document is called where it is read."""

from __future__ import annotations

from aiohttp import web

from content_packs.zim.reader import PackReader, ZimEntry
from ideascube.items.cards import item_title
from ideascube.items.finding import find_item
from ideascube.items.wording import Worded, best_of
from ideascube.web.cards import liked_languages
from ideascube.web.i18n import visitor_languages

UNTITLED = Worded("", "")


def title_of(request: web.Request, reader: PackReader, entry: ZimEntry, own: Worded = UNTITLED) -> Worded:
    """As the pack calls it in a language of the visitor, else as it calls itself (`own`), else as the pack does.

    A pack that does not list it knows but its file's name.
    """
    item = find_item(reader, entry.path)
    if item is None:
        return own if own.text else Worded(entry.path, "")
    is_titled = bool(item.page) and bool(best_of(item.title, visitor_languages(request)))
    if own.text and not is_titled:
        return own
    return item_title(item, liked_languages(request, request.match_info["id"]))
