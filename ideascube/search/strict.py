"""Phrases and excluded words, which libzim's indexes know nothing of: decided by the text of the pages found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ideascube.search.asked import Asked
from ideascube.search.page_body import Body
from ideascube.search.page_text import PageText
from ideascube.search.protocol import Hit, PackHits

OVER_FETCH = 100  # pages of one pack that are read at most
_LENGTH = 512 * 1024  # bytes of a page


def only_allowed(
    found: PackHits, asked: Asked, page: Callable[[str], PageText], is_late: Callable[[], bool]
) -> PackHits:
    """The hits whose pages have the phrases and nothing excluded, of those that can be read before it is late.

    Of hits that could not be read nothing is known, so they are left out; `total` is then about as many as the share
    of those read tells.
    """
    kept: list[Hit] = []
    read = 0
    for hit in found.hits[:OVER_FETCH]:
        if is_late():
            break
        read += 1
        if asked.allows(f"{hit.title}\n{whole_text(page(hit.path).read())}"):
            kept.append(hit)
    is_all = read == len(found.hits) and not found.more
    total = len(kept) if is_all or not read else max(len(kept), found.total * len(kept) // read)
    return replace(found, hits=tuple(kept), total=total, more=not is_all and bool(kept) and read >= OVER_FETCH)


def whole_text(page: PageText) -> str:
    """All words of a page that was read, without its menus and programs, and those of the document it leads to."""
    text = page.text
    if page.html:
        body = Body(page.html[:_LENGTH])
        text = body.text(body.start, len(body.html))
    return f"{text}\n{page.further()}" if page.further else text
