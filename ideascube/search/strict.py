"""Phrases and excluded words, which libzim's indexes know nothing of: decided by the text of the pages found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ideascube.indexing.side_index import entry_path
from ideascube.search.asked import Asked
from ideascube.search.page_body import Body
from ideascube.search.page_text import SEAM, PageText
from ideascube.search.protocol import Hit, PackHits

OVER_FETCH = 100  # pages of one pack that are read at most
_AT_ONCE = 12  # pages that are begun before it is seen whether there are enough
_LENGTH = 512 * 1024  # bytes of a page

Verdicts = Callable[[Callable[[PageText], bool | None], Iterable[PageText]], Iterator[bool | None]]


def only_allowed(
    found: PackHits,
    asked: Asked,
    wanted: int,
    page: Callable[[str], PageText],
    is_late: Callable[[], bool],
    verdicts: Verdicts = map,
) -> PackHits:
    """The first `wanted` hits whose pages have the phrases and nothing excluded, as far as there is time to read them.

    Of pages that could not be read nothing is known, so they are left out. `total` is about as many as the share of
    those read tells. `verdicts` reads the pages, as `map` does.
    """

    def verdict(read: PageText) -> bool | None:
        return None if is_late() else asked.allows(whole_text(read.read()))

    kept: list[Hit] = []
    known = 0
    for hits in _portions(found.hits[:OVER_FETCH]):
        if len(kept) >= wanted or is_late():
            break
        told = list(verdicts(verdict, [page(entry_of(hit)) for hit in hits]))
        kept += [hit for hit, allowed in zip(hits, told, strict=True) if allowed]
        known += sum(allowed is not None for allowed in told)
    is_all = known == len(found.hits) and not found.more
    total = len(kept) if is_all or not known else max(len(kept), found.total * len(kept) // known)
    return replace(found, hits=tuple(kept), total=total, more=not is_all and len(kept) >= wanted)


def _portions(hits: Sequence[Hit]) -> Iterator[Sequence[Hit]]:
    return (hits[start : start + _AT_ONCE] for start in range(0, len(hits), _AT_ONCE))


def entry_of(hit: Hit) -> str:
    """Where the words of a hit are: those that are said in a film have a place of their own."""
    return entry_path(hit.path, hit.at) if hit.at >= 0 else hit.path


def whole_text(page: PageText) -> str:
    """All words of a page that was read with its title, without its menus and programs, and of its document."""
    body = Body(page.html[:_LENGTH])
    text = body.text(body.start, len(body.html)) if page.html else page.text
    further = page.further() if page.further else ""
    return f"{page.title}\n{text.replace(SEAM, ' ')}\n{further}"
